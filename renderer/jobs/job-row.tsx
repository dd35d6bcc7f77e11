import {
  Ban,
  ChevronRight,
  CircleCheck,
  CirclePause,
  CircleX,
  Clock3,
  LoaderCircle,
  TriangleAlert,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../electron/contract/jobs.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import expander from '../components/expander.module.css'
import { useFailureText, useReasonText } from '../components/failure.ts'
import { ProgressBar } from '../components/progress-bar.tsx'
import { useToast } from '../components/toast.tsx'
import { formatDuration, formatMoment, formatRecent } from '../format.ts'
import { PauseButton } from '../frame/pause-button.tsx'
import { useApiAction } from '../queries.ts'
import { JobFailures } from './job-failures.tsx'
import { useJobText, useJobTitle, useResultText } from './job-words.ts'
import styles from './jobs.module.css'

const ICONS: Record<Job['state'], ReactNode> = {
  queued: <Clock3 />,
  running: <LoaderCircle className={styles.turning} />,
  paused: <CirclePause />,
  done: <CircleCheck className={styles.good} />,
  failed: <CircleX className={styles.bad} />,
  cancelled: <Ban />,
  interrupted: <TriangleAlert className={styles.warn} />,
}

/** One piece of work: running with bar, rate, time left; paused with how far it is; finished with its result and failures. */
export function JobRow({ job, opened = false }: { job: Job; opened?: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(opened && job.failed > 0)
  const title = useJobTitle()(job, { whole: true })
  return (
    <li className={styles.job}>
      <span className={styles.icon} title={t(`jobs.states.${job.state}`)}>
        {ICONS[job.state]}
        <span className="visually-hidden">{t(`jobs.states.${job.state}`)}</span>
      </span>
      <div className={styles.what}>
        <div className={styles.title}>{title}</div>
        <div className={styles.facts}>
          <StartedBy job={job} />
          <When job={job} />
        </div>
      </div>
      <div className={styles.progress}>
        <Progress job={job} title={title} open={open} onToggle={() => setOpen(!open)} />
      </div>
      <div className={styles.actions}>
        <PauseButton job={job} title={title} />
        <Actions job={job} />
      </div>
      {open && <JobFailures job={job} title={title} />}
    </li>
  )
}

function StartedBy({ job }: { job: Job }) {
  const { t } = useTranslation()
  if (job.startedByKind === 'account')
    return <span>{job.startedBy ? t('jobs.by', { name: job.startedBy }) : t('jobs.bySomebody')}</span>
  return <span>{t(`jobs.byKind.${job.startedByKind}`)}</span>
}

/** Whoever waited for less did not wait. */
const WAITED_MS = 10_000

function When({ job }: { job: Job }) {
  const { t } = useTranslation()
  if (job.startedAt === null)
    return (
      <span title={formatMoment(job.queuedAt)}>
        {t('jobs.queuedAt', { when: formatRecent(job.queuedAt) })}
      </span>
    )
  return (
    <>
      <span title={formatMoment(job.startedAt)}>
        {t('jobs.startedAt', { when: formatRecent(job.startedAt) })}
      </span>
      {job.startedAt - job.queuedAt >= WAITED_MS && (
        <span title={formatMoment(job.queuedAt)}>
          {t('jobs.waited', { time: formatDuration((job.startedAt - job.queuedAt) / 1000) })}
        </span>
      )}
      {job.finishedAt !== null && (
        <span>{formatDuration((job.finishedAt - job.startedAt) / 1000, { precise: true })}</span>
      )}
    </>
  )
}

interface ProgressProps {
  job: Job
  title: string
  open: boolean
  onToggle: () => void
}

function Progress({ job, title, open, onToggle }: ProgressProps) {
  const text = useJobText()
  const stands = text(job, { title: false })
  if (job.state === 'running')
    return (
      <>
        <ProgressBar label={title} done={job.done} total={job.total} />
        <span className={styles.facts}>{stands}</span>
      </>
    )
  if (job.state === 'paused')
    return (
      <>
        {job.total !== null && <ProgressBar label={title} done={job.done} total={job.total} still />}
        <Outcome job={job} open={open} onToggle={onToggle}>
          <PausedAt stands={stands} />
        </Outcome>
      </>
    )
  return <Outcome job={job} open={open} onToggle={onToggle} />
}

function PausedAt({ stands }: { stands: string }) {
  const { t } = useTranslation()
  return (
    <span className={styles.facts}>
      <span>{t('jobs.states.paused')}</span>
      {stands && <span>{stands}</span>}
    </span>
  )
}

function Outcome({ job, open, onToggle, children }: Omit<ProgressProps, 'title'> & { children?: ReactNode }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const result = useResultText(job)
  return (
    <span className={styles.outcome}>
      {children}
      {job.error !== null && <span className={styles.bad}>{reasonText(job.error)}</span>}
      {result && <span>{result}</span>}
      {job.failed > 0 && (
        <button
          type="button"
          className={classes(expander.expander, styles.expand)}
          aria-expanded={open}
          onClick={onToggle}
        >
          {t('jobs.failed', { count: job.failed })}
          <ChevronRight aria-hidden="true" />
        </button>
      )}
    </span>
  )
}

function Actions({ job }: { job: Job }) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const onError = (error: unknown) => toast(failureText(error), { bad: true })
  const cancel = useApiAction('jobs.cancel', { onError })
  const retry = useApiAction('jobs.retry', { onError })
  if (job.may.cancel)
    return (
      <Button small busy={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate({ id: job.id })}>
        {t('common.cancel')}
      </Button>
    )
  if (job.may.retry)
    return (
      <Button small busy={retry.isPending} onClick={() => retry.mutate({ id: job.id })}>
        {t('jobs.retry')}
      </Button>
    )
  return null
}
