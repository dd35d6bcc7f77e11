import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/contract.ts'
import type { HeldUpload } from '../../../electron/contract/uploads.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { useMe } from '../../me.ts'
import { useApi } from '../../queries.ts'
import { DecidingProgress } from './deciding-progress.tsx'
import { TurnedDown } from './turned-down.tsx'
import { useDeciding } from './use-deciding.ts'
import styles from './waiting-dialog.module.css'
import { WaitingFile } from './waiting-file.tsx'

type Listed = Output<'uploads.list'>

interface WaitingDialogProps {
  /** of this link alone */
  share?: number | undefined
  onClose: () => void
}

/** Files that others sent: they are looked at, taken into a folder, or turned down. */
export function WaitingDialog({ share, onClose }: WaitingDialogProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('uploads.list', share === undefined ? {} : { share })
  return (
    <Dialog open wide onClose={onClose} title={t('waiting.title')} description={t('waiting.about')}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton width="100%" />}
      {data?.uploads.length === 0 && (
        <EmptyState title={t('waiting.none')}>{t('waiting.noneText')}</EmptyState>
      )}
      {data && data.uploads.length > 0 && <Files listed={data} />}
      {data && data.declined > 0 && <TurnedDown count={data.declined} share={share} />}
    </Dialog>
  )
}

function Files({ listed }: { listed: Listed }) {
  const { t } = useTranslation()
  const { uploads, waiting, links } = listed
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const chosen = uploads.filter(({ id }) => !left.has(id))
  const toggle = (id: number) =>
    setLeft((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  return (
    <>
      <ul className={styles.files} aria-label={t('waiting.title')}>
        {uploads.map((upload) => (
          <WaitingFile
            key={upload.id}
            upload={upload}
            link={links.find(({ id }) => id === upload.share)?.name ?? ''}
            isChosen={!left.has(upload.id)}
            onToggle={() => toggle(upload.id)}
          />
        ))}
      </ul>
      {waiting > uploads.length && (
        <p className={styles.more}>{t('waiting.more', { count: waiting - uploads.length })}</p>
      )}
      <Acts listed={listed} chosen={chosen} />
    </>
  )
}

interface ActsProps {
  listed: Listed
  chosen: readonly HeldUpload[]
}

/** What can be done with the chosen files, and how far it is. */
function Acts({ listed: { links, folders }, chosen }: ActsProps) {
  const { t } = useTranslation()
  const { may } = useMe()
  const deciding = useDeciding()
  // where the link names none any more, one has to be chosen
  const needsFolder = chosen.some((upload) => links.find(({ id }) => id === upload.share)?.folderId === null)
  const [folder, setFolder] = useState<string>('')
  const folderId = needsFolder ? Number(folder) || folders[0]?.id : undefined
  const mayTake = may.upload && (!needsFolder || folderId !== undefined)
  const count = chosen.length
  if (deciding.progress)
    return (
      <div className={styles.acts}>
        <DecidingProgress deciding={deciding.progress} />
      </div>
    )
  return (
    <div className={styles.acts}>
      {needsFolder && folders.length > 0 && (
        <Select
          label={t('waiting.folder')}
          value={String(folderId ?? '')}
          options={folders.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={setFolder}
        />
      )}
      {!mayTake && <p className={styles.more}>{t('waiting.noFolder')}</p>}
      <span className={styles.buttons}>
        <Button disabled={count === 0} onClick={() => void deciding.decline(chosen)}>
          {t('waiting.decline', { count })}
        </Button>
        {mayTake && (
          <Button
            look="primary"
            disabled={count === 0}
            onClick={() => void deciding.accept(chosen, folderId)}
          >
            {t('waiting.accept', { count })}
          </Button>
        )}
      </span>
    </div>
  )
}
