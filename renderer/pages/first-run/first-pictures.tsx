import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../electron/contract/jobs.ts'
import type { MonthPayload } from '../../../electron/contract/photos.ts'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { call } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { useReasonText } from '../../components/failure.ts'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { useJobText } from '../../jobs/job-words.ts'
import { queryKey, useApi } from '../../queries.ts'
import styles from './first-run.module.css'
import { type FirstPicture, pickFirst } from './pick-first.ts'

const SHOWN = 9
/** Newest months looked into for the first pictures; more would ask for half the library while it fills. */
const MONTHS = 4

/** The second step's answer: how many pictures were found, the first nine of them, and how far the scan is. */
export function FirstPictures({ onNext }: { onNext: () => void }) {
  const { t } = useTranslation()
  const months = useApi('timeline.months', {})
  const found = months.data?.months.reduce((sum, { count }) => sum + count, 0) ?? 0
  const scan = useScan()
  const finished = scan?.state === 'done'
  const pictures = useFirstPictures(months.data?.months.map(({ month }) => month) ?? [])
  return (
    <div className={styles.form}>
      <h1 className={styles.title} aria-live="polite">
        {found > 0 || finished
          ? t(finished ? 'firstRun.foundAll' : 'firstRun.found', { count: found })
          : t('firstRun.looking')}
      </h1>
      <ul className={styles.pictures} aria-label={t('firstRun.firstPictures')}>
        {Array.from({ length: SHOWN }, (_, place) => {
          const picture = pictures[place]
          // frames stay where they are while pictures come in
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the key stands for
          return <li key={place}>{picture && <Picture {...picture} />}</li>
        })}
      </ul>
      <ScanProgress scan={scan} found={found} />
      <div className={styles.actions}>
        <Button look="primary" onClick={onNext}>
          {t('common.next')}
        </Button>
      </div>
    </div>
  )
}

const Picture = ({ id, version }: FirstPicture) => (
  <img className={styles.picture} src={mediaUrl('thumb', id, version)} alt="" decoding="async" />
)

function useFirstPictures(months: readonly string[]): FirstPicture[] {
  const payloads = useQueries({
    queries: months.slice(0, MONTHS).map((month) => ({
      queryKey: queryKey('timeline.month', { month }),
      queryFn: () => call('timeline.month', { month }),
    })),
    combine: (results) => results.map(({ data }) => data).filter((data): data is MonthPayload => !!data),
  })
  return pickFirst(payloads, SHOWN)
}

/** The scan of the first folder. Once it is done, later ones (watching begins with one) are not told of here. */
function useScan(): Job | undefined {
  const jobs = useApi('jobs.list', { limit: 20 })
  const scans = jobs.data?.jobs.filter(({ kind }) => kind === 'scan')
  return scans?.find(({ state }) => state === 'done') ?? scans?.[0]
}

function ScanProgress({ scan, found }: { scan: Job | undefined; found: number }) {
  const { t } = useTranslation()
  const text = useJobText()
  const reasonText = useReasonText()
  if (!scan) return <div className={styles.progress} />
  const working = scan.state === 'running' || scan.state === 'queued'
  return (
    <div className={styles.progress}>
      {working && <ProgressBar label={text(scan)} done={scan.done} total={scan.total} />}
      <p className={styles.note} role="status">
        {working && text(scan)}
        {scan.state === 'done' && t(found > 0 ? 'firstRun.scanned' : 'firstRun.nothingFound')}
        {!working && scan.error && reasonText(scan.error)}
      </p>
    </div>
  )
}
