import { FolderPlus, ScanSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Folder } from '../../../electron/contract/folders.ts'
import { Button } from '../../components/button.tsx'
import { useFailureText, useReasonText } from '../../components/failure.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatList, formatMoment, formatRecent } from '../../format.ts'
import { useMe } from '../../me.ts'
import { folderName } from '../../paths.ts'
import { useApi, useApiAction } from '../../queries.ts'
import { AcceptVanished } from './accept-vanished.tsx'
import styles from './folders-section.module.css'
import { PhotosLink, usePhotosIn } from './photos-link.tsx'
import { Section } from './section.tsx'

/** The household's folders: what they hold, who sees them, whether their drive is there. */
export function FoldersSection() {
  const { t } = useTranslation()
  const { hostWindow } = useMe()
  const folders = useApi('folders.list', {})
  return (
    <Section id="folders" title={t('admin.section.folders')} actions={hostWindow && <AddRoot />}>
      {folders.error && !folders.data ? (
        <ErrorState error={folders.error} onRetry={() => void folders.refetch()} />
      ) : folders.data?.folders.length === 0 ? (
        <EmptyState title={t('folders.none')}>{t('folders.noneText')}</EmptyState>
      ) : (
        <ul className={styles.list}>
          {folders.data ? (
            folders.data.folders.map((folder) => <FolderRow key={folder.id} folder={folder} />)
          ) : (
            <li className={styles.row}>
              <Skeleton height={40} />
            </li>
          )}
        </ul>
      )}
    </Section>
  )
}

/** Enters a root into the household, in Mantel's own window only. */
function AddRoot() {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const tell = (error: unknown) => toast(failureText(error), { bad: true })
  const add = useApiAction('folders.add', {
    onError: tell,
    onSuccess: ({ folder }) => toast(t('folders.added', { folder: folderName(folder.path) })),
  })
  const pick = useApiAction('folders.pick', {
    onError: tell,
    onSuccess: ({ path }) => path !== null && add.mutate({ path }),
  })
  return (
    <Button icon={<FolderPlus />} busy={pick.isPending || add.isPending} onClick={() => pick.mutate({})}>
      {t('folders.add')}
    </Button>
  )
}

function FolderRow({ folder }: { folder: Folder }) {
  const { t } = useTranslation()
  const names = folder.accounts.map(({ name, username }) => name || username)
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <div className={styles.path}>{folder.path}</div>
        <div className={styles.facts}>
          <FolderState folder={folder} />
          <span>
            <PhotosLink
              href={usePhotosIn(folder)}
              count={folder.photoCount}
              about={t('storage.photosIn', { folder: folderName(folder.path) })}
            >
              {t('common.photos', { count: folder.photoCount })}
            </PhotosLink>
          </span>
          <span>
            {names.length > 0 ? t('folders.seenBy', { names: formatList(names) }) : t('folders.seenByNobody')}
          </span>
          <span title={folder.lastScanAt === null ? undefined : formatMoment(folder.lastScanAt)}>
            {folder.lastScanAt === null
              ? t('folders.neverScanned')
              : t('folders.lastScan', { when: formatRecent(folder.lastScanAt) })}
          </span>
        </div>
        <OfflineReason folder={folder} />
        <NotWatched folder={folder} />
      </div>
      <div className={styles.actions}>
        {folder.vanishedCount > 0 && <AcceptVanished folder={folder} />}
        {folder.registered && folder.accounts.length === 0 && <Forget folder={folder} />}
        <ScanNow folder={folder} />
      </div>
    </li>
  )
}

function FolderState({ folder }: { folder: Folder }) {
  const { t } = useTranslation()
  return (
    <span className={folder.online ? styles.online : styles.offline}>
      {t(folder.online ? 'folders.online' : 'folders.offline')}
    </span>
  )
}

function OfflineReason({ folder }: { folder: Folder }) {
  const reasonText = useReasonText()
  if (folder.online || folder.offlineReason === null) return null
  return <p className={styles.reason}>{reasonText(folder.offlineReason)}</p>
}

/** Says quietly why new photos do not appear at once. */
function NotWatched({ folder }: { folder: Folder }) {
  const reasonText = useReasonText()
  if (!folder.online || folder.watchProblem === null) return null
  return <p className={styles.quiet}>{reasonText(folder.watchProblem)}</p>
}

function ScanNow({ folder }: { folder: Folder }) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const name = folderName(folder.path)
  const scan = useApiAction('jobs.scan', {
    onSuccess: () => toast(t('folders.scanQueued', { folder: name })),
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return (
    <Button
      small
      icon={<ScanSearch />}
      busy={scan.isPending}
      onClick={() => scan.mutate({ folderIds: [folder.id] })}
    >
      {t('folders.scan')}
      <span className="visually-hidden">: {name}</span>
    </Button>
  )
}

/** A root nobody has can be taken out of the household; its files stay. */
function Forget({ folder }: { folder: Folder }) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const name = folderName(folder.path)
  const remove = useApiAction('folders.remove', {
    onSuccess: () => toast(t('folders.forgotten', { folder: name })),
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return (
    <Button small look="quiet" busy={remove.isPending} onClick={() => remove.mutate({ id: folder.id })}>
      {t('folders.forget')}
      <span className="visually-hidden">: {name}</span>
    </Button>
  )
}
