import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StorageUsage } from '../../../electron/contract/storage.ts'
import { useReasonText } from '../../components/failure.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { formatBytes, formatNumber, formatRecent } from '../../format.ts'
import { logsAddress } from '../../jobs/job-filter.ts'
import { folderName } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { PhotosLink, usePhotosIn, usePhotosOf } from './photos-link.tsx'
import { Section } from './section.tsx'
import styles from './storage-section.module.css'
import { StorageTotals } from './storage-totals.tsx'

type FolderUse = StorageUsage['folders'][number]
type PersonUse = StorageUsage['accounts'][number]

/** How much room the pictures take, by folder and by account, what Mantel adds of its own, and what the disks have left. */
export function StorageSection() {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('storage.usage', {})
  const counted = data?.countedAt
  return (
    <Section
      id="storage"
      title={t('admin.section.storage')}
      aside={
        counted && (
          <span className={styles.when}>{t('storage.counted', { when: formatRecent(counted) })}</span>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <StorageTotals usage={data} />
          {data && data.folders.length === 0 ? (
            <EmptyState title={t('folders.none')}>{t('folders.noneText')}</EmptyState>
          ) : (
            <FolderTable folders={data?.folders} />
          )}
          <PersonTable people={data?.accounts} />
        </>
      )}
    </Section>
  )
}

function FolderTable({ folders }: { folders: readonly FolderUse[] | undefined }) {
  const { t } = useTranslation()
  const columns = ['folder', 'photos', 'videos', 'files', 'originals', 'failed', 'missing'] as const
  const most = Math.max(1, ...(folders ?? []).map(({ counts }) => counts?.bytes ?? 0))
  const isNested = folders?.some(({ path }) => folders.some((other) => isBelow(other.path, path))) ?? false
  return (
    <>
      <UseTable
        caption={t('storage.byFolder')}
        columns={columns.map((column) => t(`storage.column.${column}`))}
      >
        {folders ? (
          folders.map((folder) => <FolderRow key={folder.id} folder={folder} most={most} />)
        ) : (
          <LoadingRow columns={columns.length} />
        )}
      </UseTable>
      {isNested && <p className={styles.note}>{t('storage.nestedNote')}</p>}
    </>
  )
}

const isBelow = (path: string, above: string) =>
  path !== above && /^[\\/]/.test(path.slice(above.length)) && path.startsWith(above)

function FolderRow({ folder, most }: { folder: FolderUse; most: number }) {
  const { id, path, online, offlineReason, counts } = folder
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const photosIn = usePhotosIn(folder)
  const number = (key: 'videos' | 'files' | 'missing') => (
    <Value label={t(`storage.column.${key}`)}>{counts && formatNumber(counts[key])}</Value>
  )
  return (
    <tr className={styles.row}>
      <th scope="row" className={styles.name} title={path}>
        {folderName(path)}
        {!online && (
          <span className={styles.offline}>
            {t('folders.offline')}
            {offlineReason && `: ${reasonText(offlineReason)}`}
          </span>
        )}
      </th>
      <Value label={t('storage.column.photos')}>
        {counts && (
          <PhotosLink
            href={photosIn}
            count={counts.photos}
            about={t('storage.photosIn', { folder: folderName(path) })}
          >
            {formatNumber(counts.photos)}
          </PhotosLink>
        )}
      </Value>
      {number('videos')}
      {number('files')}
      <Value label={t('storage.column.originals')}>
        {counts && (
          <>
            {formatBytes(counts.bytes)}
            <Bar part={counts.bytes / most} />
          </>
        )}
      </Value>
      <Value label={t('storage.column.failed')}>
        {counts &&
          (counts.failed > 0 ? (
            <Link href={logsAddress({ folderId: id, withFailures: true })} className={styles.bad}>
              {formatNumber(counts.failed)}
              <span className="visually-hidden">: {t('storage.failedIn', { folder: folderName(path) })}</span>
            </Link>
          ) : (
            formatNumber(0)
          ))}
      </Value>
      {number('missing')}
    </tr>
  )
}

function PersonTable({ people }: { people: readonly PersonUse[] | undefined }) {
  const { t } = useTranslation()
  const columns = ['person', 'photos', 'originals', 'only'] as const
  return (
    <>
      <UseTable
        caption={t('storage.byPerson')}
        columns={columns.map((column) => t(`storage.column.${column}`))}
      >
        {people ? (
          people.map((person) => <PersonRow key={person.id} person={person} />)
        ) : (
          <LoadingRow columns={columns.length} />
        )}
      </UseTable>
      <p className={styles.note}>{t('storage.personNote')}</p>
    </>
  )
}

function PersonRow({ person: { id, name, username, counts } }: { person: PersonUse }) {
  const { t } = useTranslation()
  const photosOf = usePhotosOf(id)
  return (
    <tr className={styles.row}>
      <th scope="row" className={styles.name}>
        {name || username}
      </th>
      <Value label={t('storage.column.photos')}>
        {counts && (
          <PhotosLink
            href={photosOf}
            count={counts.photos}
            about={t('storage.photosOf', { name: name || username })}
          >
            {formatNumber(counts.photos)}
          </PhotosLink>
        )}
      </Value>
      <Value label={t('storage.column.originals')}>{counts && formatBytes(counts.bytes)}</Value>
      <Value label={t('storage.column.only')}>
        {counts && (
          <>
            {t('storage.onlyOf', {
              photos: t('common.photos', { count: counts.onlyPhotos }),
              bytes: formatBytes(counts.onlyBytes),
            })}
            <Bar part={counts.bytes === 0 ? 0 : counts.onlyBytes / counts.bytes} />
          </>
        )}
      </Value>
    </tr>
  )
}

interface UseTableProps {
  caption: string
  /** the first is what a row is about, the others are numbers */
  columns: readonly string[]
  children: ReactNode
}

function UseTable({ caption, columns, children }: UseTableProps) {
  const id = useId()
  return (
    // wide tables are moved sideways in here, by keyboard too
    <section className={styles.scroll} aria-labelledby={id}>
      <table className={styles.table}>
        <caption id={id} className={styles.caption}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

/** A cell with a number, or its place while that is being counted. */
const Value = ({ label, children }: { label: string; children: ReactNode }) => (
  <td data-label={label}>{children ?? <Skeleton width={56} height={14} />}</td>
)

/** How large a part is, beside the number that says it. */
const Bar = ({ part }: { part: number }) => (
  <span className={styles.bar} aria-hidden="true">
    <span className={styles.fill} style={{ width: `${Math.round(part * 100)}%` }} />
  </span>
)

const LoadingRow = ({ columns }: { columns: number }) => (
  <tr className={styles.row}>
    <td colSpan={columns}>
      <Skeleton height={20} />
    </td>
  </tr>
)
