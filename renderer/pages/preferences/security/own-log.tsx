import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OwnAuditEntry } from '../../../../electron/contract/audit.ts'
import { call } from '../../../api.ts'
import { folderEvent, foldersOf, knownAction, useDetailLines, useHeldText } from '../../../audit-words.ts'
import { Button } from '../../../components/button.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { ErrorState } from '../../../components/state.tsx'
import { formatMoment, formatRecent } from '../../../format.ts'
import { queryKey } from '../../../queries.ts'
import styles from './own-log.module.css'

const FIRST_ENTRIES = { limit: 10 }

/** What was done to one's own account, by oneself and by others: that somebody viewed as it, too. */
export function OwnLog() {
  const { t } = useTranslation()
  const log = useInfiniteQuery({
    queryKey: queryKey('audit.own', FIRST_ENTRIES),
    queryFn: ({ pageParam }) =>
      call('audit.own', { ...FIRST_ENTRIES, ...(pageParam && { before: pageParam }) }),
    initialPageParam: 0,
    getNextPageParam: ({ entries, more }) => (more ? entries.at(-1)?.id : undefined),
  })
  const entries = log.data?.pages.flatMap((page) => page.entries)
  if (log.error && !entries) return <ErrorState error={log.error} onRetry={() => void log.refetch()} />
  if (!entries) return <Skeleton height={56} />
  if (entries.length === 0) return <p className={styles.facts}>{t('ownLog.empty')}</p>
  return (
    <>
      <ul className={styles.list}>
        {entries.map((entry) => (
          <OwnEntry key={entry.id} entry={entry} />
        ))}
      </ul>
      {log.hasNextPage && (
        <div>
          <Button small busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('audit.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function OwnEntry({ entry }: { entry: OwnAuditEntry }) {
  const { t } = useTranslation()
  const heldText = useHeldText()
  const detailLines = useDetailLines()
  const action = knownAction(entry.action)
  const folders = foldersOf(entry)
  const lines = folders.length > 0 ? [] : detailLines(entry)
  return (
    <li className={styles.entry}>
      <div>
        {folders.length > 0
          ? folders
              .map((folder) => t(`ownLog.folder.${folderEvent(folder)}`, { folder: heldText(folder) }))
              .join(' ')
          : action
            ? t(`ownLog.actions.${action}`)
            : entry.action}
      </div>
      {lines.map((line) => (
        <div key={line} className={styles.facts}>
          {line}
        </div>
      ))}
      <div className={styles.facts} title={formatMoment(entry.at)}>
        <By by={entry.by} /> · {formatRecent(entry.at)}
      </div>
    </li>
  )
}

function By({ by: { kind, self, name } }: Pick<OwnAuditEntry, 'by'>) {
  const { t } = useTranslation()
  if (self) return t('ownLog.byYou')
  if (kind === 'account') return name === null ? t('ownLog.byAdmin') : t('ownLog.by', { name })
  return t(`ownLog.byKind.${kind}`)
}
