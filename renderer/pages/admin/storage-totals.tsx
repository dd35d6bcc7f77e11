import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StorageUsage } from '../../../electron/contract/storage.ts'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { formatBytes, formatList, formatNumber } from '../../format.ts'
import { folderName } from '../../paths.ts'
import { EVERYONES_PHOTOS, PhotosLink } from './photos-link.tsx'
import styles from './storage-section.module.css'

/** The household's sums: its pictures, what Mantel made of them, and the room that is left. */
export function StorageTotals({ usage }: { usage: StorageUsage | undefined }) {
  const { t } = useTranslation()
  const sums = usage && sumOf(usage)
  const own = usage?.own
  return (
    <dl className={styles.totals}>
      <Total label={t('storage.originals')}>
        {sums && (
          <Figure value={formatBytes(sums.bytes)}>
            <PhotosLink href={EVERYONES_PHOTOS} count={sums.photos}>
              {t('storage.photosAndFiles', {
                photos: t('common.photos', { count: sums.photos }),
                files: t('storage.files', { count: sums.files }),
              })}
            </PhotosLink>
          </Figure>
        )}
      </Total>
      <Total label={t('storage.own')}>
        {own && (
          <Figure value={formatBytes(own.thumbnails + own.previews + own.database + own.backups)}>
            {(['thumbnails', 'previews', 'database', 'backups'] as const)
              .map((key) => t(`storage.ownPart.${key}`, { bytes: formatBytes(own[key]) }))
              .join(' · ')}
          </Figure>
        )}
      </Total>
      {usage?.disks ? (
        usage.disks.map((disk) => (
          <DiskTotal key={disk.folderIds.join() + disk.holdsData} disk={disk} usage={usage} />
        ))
      ) : (
        <Total label={t('storage.disk')}>{null}</Total>
      )}
    </dl>
  )
}

type Disk = NonNullable<StorageUsage['disks']>[number]

function DiskTotal({ disk, usage }: { disk: Disk; usage: StorageUsage }) {
  const { t } = useTranslation()
  const { freeBytes, totalBytes, holdsData, folderIds } = disk
  const names = usage.folders.filter(({ id }) => folderIds.includes(id)).map(({ path }) => folderName(path))
  const holds = [...(holdsData ? [t('storage.mantelsData')] : []), ...names]
  return (
    <Total label={t('storage.diskOf', { what: formatList(holds) })}>
      <Figure value={t('storage.free', { bytes: formatBytes(freeBytes) })}>
        {t('storage.ofTotal', {
          bytes: formatBytes(totalBytes),
          percent: formatNumber((1 - freeBytes / totalBytes) * 100),
        })}
      </Figure>
      <ProgressBar label={t('storage.used')} done={totalBytes - freeBytes} total={totalBytes} still />
    </Total>
  )
}

const Total = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={styles.total}>
    <dt className={styles.label}>{label}</dt>
    <dd className={styles.figures}>{children || <Skeleton width={120} height={48} />}</dd>
  </div>
)

const Figure = ({ value, children }: { value: string; children: ReactNode }) => (
  <>
    <span className={styles.figure}>{value}</span>
    <span className={styles.facts}>{children}</span>
  </>
)

function sumOf({ folders }: StorageUsage) {
  const sums = { photos: 0, files: 0, bytes: 0 }
  for (const { counts } of folders) {
    if (!counts) return null
    sums.photos += counts.photos
    sums.files += counts.files
    sums.bytes += counts.bytes
  }
  return sums
}
