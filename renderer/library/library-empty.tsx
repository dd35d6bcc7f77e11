import { FolderPlus, HardDrive, Images } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { View } from '../../electron/contract/photos.ts'
import { ProgressBar } from '../components/progress-bar.tsx'
import { EmptyState } from '../components/state.tsx'
import { useJobText } from '../jobs/job-words.ts'
import { useMe } from '../me.ts'
import { useApi } from '../queries.ts'
import styles from './library-empty.module.css'

interface LibraryEmptyProps {
  /** whose photos are looked at; one's own if left out */
  layer?: View | undefined
}

/** Why there are no photos to see, and what can be done about it. */
export const LibraryEmpty = ({ layer }: LibraryEmptyProps) => (
  <div className={styles.empty}>{layer === undefined ? <Why /> : <NoneOfTheirs />}</div>
)

function NoneOfTheirs() {
  const { t } = useTranslation()
  return (
    <EmptyState icon={<Images />} title={t('library.empty.noPhotos')}>
      {t('library.empty.noneOfTheirs')}
    </EmptyState>
  )
}

function Why() {
  const { t } = useTranslation()
  const { account, may, folderCount } = useMe()
  const jobText = useJobText()
  const jobs = useApi('jobs.list', { limit: 50 }, { enabled: may.ownJobs || may.administer })
  const folders = useApi('folders.list', {}, { enabled: may.administer })
  const scan = jobs.data?.jobs.find(({ state }) => state === 'running' || state === 'queued')
  const offline = folders.data?.folders.find(
    ({ online, accounts }) => !online && accounts.some(({ id }) => id === account.id),
  )

  if (folderCount === 0)
    return may.administer ? (
      <EmptyState
        icon={<FolderPlus />}
        title={t('library.empty.noFolder')}
        action={<Link href="/admin">{t('library.empty.addFolder')}</Link>}
      >
        {t('library.empty.noFolderAdmin')}
      </EmptyState>
    ) : (
      <EmptyState
        icon={<FolderPlus />}
        title={t('library.empty.noFolder')}
        action={<Link href="/preferences">{t('library.empty.toPreferences')}</Link>}
      >
        {t('library.empty.noFolderText')}
      </EmptyState>
    )
  if (scan)
    return (
      <EmptyState icon={<Images />} title={t('library.empty.scanning')}>
        <p>{t('library.empty.scanningText')}</p>
        <div className={styles.scan}>
          <ProgressBar label={jobText(scan)} done={scan.done} total={scan.total} />
          <p className={styles.figures}>{jobText(scan)}</p>
        </div>
      </EmptyState>
    )
  if (offline)
    return (
      <EmptyState
        icon={<HardDrive />}
        title={t('library.empty.offline')}
        action={<Link href="/admin">{t('library.empty.toFolders')}</Link>}
      >
        {t('library.empty.offlineText', { folder: offline.path })}
      </EmptyState>
    )
  return (
    <EmptyState icon={<Images />} title={t('library.empty.noPhotos')}>
      {t('library.empty.noPhotosText')}
    </EmptyState>
  )
}
