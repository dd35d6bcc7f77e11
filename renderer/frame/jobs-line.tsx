import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Job } from '../../electron/contract/jobs.ts'
import { classes } from '../components/classes.ts'
import { ProgressBar } from '../components/progress-bar.tsx'
import { formatDuration, formatNumber } from '../format.ts'
import { useMe } from '../me.ts'
import { folderName } from '../paths.ts'
import { useApi } from '../queries.ts'
import styles from './jobs-line.module.css'
import { PauseButton } from './pause-button.tsx'

/** What a job is called in the translations, under `jobs` and `jobsLine`. */
export function titleOf({ kind }: Job): 'scan' | 'previews' | 'purge' | 'backup' | 'other' {
  return kind === 'scan' || kind === 'previews' || kind === 'purge' || kind === 'backup' ? kind : 'other'
}

/** What a job is doing, in one line: “Scanning Family · 3,120 of 8,400 · 34/s · 2 min left”. */
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

/**
 * The quiet line at the bottom of the library while work is running, or nothing is but some is paused; leads whoever may to
 * the worker logs.
 */
export function JobsLine() {
  const { t } = useTranslation()
  const { may } = useMe()
  const text = useLineText()
  const jobs = useApi('jobs.list', { limit: 50 }, { enabled: may.ownJobs || may.administer }).data?.jobs ?? []
  const job = jobs.find(({ state }) => state === 'running') ?? jobs.find(({ state }) => state === 'paused')
  if (!job) return null
  const folder = job.folder ? folderName(job.folder) : ''
  const still = job.state === 'paused'
  return (
    <div className={styles.line}>
      {may.administer ? (
        <Link href="/admin#worker-logs" className={classes(styles.text, styles.link)}>
          {text(job, jobs)}
        </Link>
      ) : (
        <span className={styles.text}>{text(job, jobs)}</span>
      )}
      {(!still || job.total !== null) && (
        <span className={styles.bar}>
          <ProgressBar label={text(job, [])} done={job.done} total={job.total} still={still} />
        </span>
      )}
      <PauseButton job={job} title={t(`jobs.${titleOf(job)}`, { folder })} />
    </div>
  )
}

/** What stands in the line: the job it shows, and how many others wait as it does. */
function useLineText(): (job: Job, all: readonly Job[]) => string {
  const { t } = useTranslation()
  const text = useJobText()
  return (job, all) => {
    const isPaused = job.state === 'paused'
    const others = all.filter(({ state }) => state === (isPaused ? 'paused' : 'queued')).length
    const count = isPaused ? others - 1 : others
    const more = count > 0 ? [t(isPaused ? 'jobsLine.morePaused' : 'jobsLine.queued', { count })] : []
    if (!isPaused) return [text(job), ...more].join(' · ')
    const folder = job.folder ? folderName(job.folder) : ''
    const stands = text(job, { title: false })
    const title = t(`jobs.${titleOf(job)}`, { folder })
    return [t('jobs.states.paused'), title, ...(stands ? [stands] : []), ...more].join(' · ')
  }
}
