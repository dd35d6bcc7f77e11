import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Job } from '../../electron/contract/jobs.ts'
import { ProgressBar } from '../components/progress-bar.tsx'
import { formatDuration, formatNumber } from '../format.ts'
import { useMe } from '../me.ts'
import { folderName } from '../paths.ts'
import { useApi } from '../queries.ts'
import styles from './jobs-line.module.css'

/** What a job is called in the translations, under `jobs` and `jobsLine`. */
export function titleOf({ kind }: Job): 'scan' | 'previews' | 'other' {
  return kind === 'scan' || kind === 'previews' ? kind : 'other'
}

/** What a running job is doing, in one line: “Scanning Family · 3,120 of 8,400 · 34/s · 2 min left”. */
export function useJobText(): (job: Job, extras?: { title?: boolean }) => string {
  const { t } = useTranslation()
  return (job, { title = true } = {}) => {
    const folder = job.folder ? folderName(job.folder) : ''
    const parts = title ? [t(`jobsLine.${titleOf(job)}`, { folder })] : []
    if (job.total !== null) parts.push(t('jobsLine.of', { done: job.done, total: job.total }))
    else if (job.done > 0) parts.push(t('jobsLine.found', { done: job.done }))
    if (job.rate) parts.push(t('jobsLine.rate', { rate: formatNumber(job.rate, job.rate < 10 ? 1 : 0) }))
    if (job.secondsLeft !== null) parts.push(t('jobsLine.left', { time: formatDuration(job.secondsLeft) }))
    return parts.join(' · ')
  }
}

/** The quiet line at the bottom of the library while work is running; leads whoever may to the worker logs. */
export function JobsLine() {
  const { t } = useTranslation()
  const { may } = useMe()
  const text = useJobText()
  const jobs = useApi('jobs.list', { limit: 50 }, { enabled: may.ownJobs || may.administer })
  const running = jobs.data?.jobs.find((job) => job.state === 'running')
  if (!running) return null
  const waiting = jobs.data?.jobs.filter((job) => job.state === 'queued').length ?? 0
  const line = (
    <>
      <span className={styles.text}>
        {text(running)}
        {waiting > 0 && ` · ${t('jobsLine.queued', { count: waiting })}`}
      </span>
      <span className={styles.bar}>
        <ProgressBar label={text(running)} done={running.done} total={running.total} />
      </span>
    </>
  )
  return may.administer ? (
    <Link href="/admin#worker-logs" className={styles.line}>
      {line}
    </Link>
  ) : (
    <div className={styles.line}>{line}</div>
  )
}
