import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Job } from '../../electron/contract/jobs.ts'
import { classes } from '../components/classes.ts'
import { ProgressBar } from '../components/progress-bar.tsx'
import { useJobText, useJobTitle } from '../jobs/job-words.ts'
import { useMe } from '../me.ts'
import { useApi } from '../queries.ts'
import styles from './jobs-line.module.css'
import { PauseButton } from './pause-button.tsx'

/**
 * The quiet line at the bottom of the library while work is running, or nothing is but some is paused; leads to
 * the worker logs, or to the jobs of somebody's own folders.
 */
export function JobsLine() {
  const { may } = useMe()
  const text = useLineText()
  const title = useJobTitle()
  const jobs = useApi('jobs.list', { limit: 50 }, { enabled: may.ownJobs || may.administer }).data?.jobs ?? []
  const job = jobs.find(({ state }) => state === 'running') ?? jobs.find(({ state }) => state === 'paused')
  if (!job) return null
  const still = job.state === 'paused'
  return (
    <div className={styles.line}>
      <Link
        href={may.administer ? '/admin#worker-logs' : '/jobs'}
        className={classes(styles.text, styles.link)}
      >
        {text(job, jobs)}
      </Link>
      {(!still || job.total !== null) && (
        <span className={styles.bar}>
          <ProgressBar label={text(job, [])} done={job.done} total={job.total} still={still} />
        </span>
      )}
      <PauseButton job={job} title={title(job)} />
    </div>
  )
}

/** What stands in the line: the job it shows, and how many others wait as it does. */
function useLineText(): (job: Job, all: readonly Job[]) => string {
  const { t } = useTranslation()
  const text = useJobText()
  const title = useJobTitle()
  return (job, all) => {
    const isPaused = job.state === 'paused'
    const others = all.filter(({ state }) => state === (isPaused ? 'paused' : 'queued')).length
    const count = isPaused ? others - 1 : others
    const more = count > 0 ? [t(isPaused ? 'jobsLine.morePaused' : 'jobsLine.queued', { count })] : []
    if (!isPaused) return [text(job), ...more].join(' · ')
    const stands = text(job, { title: false })
    return [t('jobs.states.paused'), title(job), ...(stands ? [stands] : []), ...more].join(' · ')
  }
}
