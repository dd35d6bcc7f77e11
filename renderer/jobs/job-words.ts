import { useTranslation } from 'react-i18next'
import type { Job } from '../../electron/contract/jobs.ts'
import { JOB_KINDS } from '../../electron/contract/values.ts'
import { formatBytes, formatDuration, formatNumber } from '../format.ts'
import { folderName } from '../paths.ts'

/** What a job is called in the translations, under `jobs` and `jobsLine`. */
const titleOf = ({ kind }: Job) => JOB_KINDS.find((known) => known === kind) ?? 'other'

/** What a job is called: “Scan Family”. With `whole`, its folder's path as it is told instead of its name. */
export function useJobTitle(): (job: Job, options?: { whole?: boolean }) => string {
  const { t } = useTranslation()
  return (job, { whole = false } = {}) => {
    const told = job.folder && (whole ? job.folder : folderName(job.folder))
    return t(`jobs.${titleOf(job)}`, { folder: told ?? t('jobs.aFolder') })
  }
}

/** What a job is doing, in one line: “Scanning Family · 3,120 of 8,400 · 34/s · 2 min left”. */
export function useJobText(): (job: Job, extras?: { title?: boolean }) => string {
  const { t } = useTranslation()
  return (job, { title = true } = {}) => {
    const folder = job.folder ? folderName(job.folder) : t('jobs.aFolder')
    const parts = title ? [t(`jobsLine.${titleOf(job)}`, { folder })] : []
    if (job.total !== null) parts.push(t('jobsLine.of', { done: job.done, total: job.total }))
    else if (job.done > 0) parts.push(t('jobsLine.found', { done: job.done }))
    if (job.rate) parts.push(t('jobsLine.rate', { rate: formatNumber(job.rate, job.rate < 10 ? 1 : 0) }))
    if (job.secondsLeft !== null) parts.push(t('jobsLine.left', { time: formatDuration(job.secondsLeft) }))
    return parts.join(' · ')
  }
}

/** What a scan counts that says something happened; how many failed stands beside it. */
const CHANGES = ['added', 'edited', 'moved', 'returned', 'missing', 'dropped'] as const

/** “8,400 files: 12 new, 3 changed”, from the counts a job reports. */
export function useResultText({ kind, state, result }: Job): string {
  const { t } = useTranslation()
  // what a job counts before its end is not all there is to say
  if (!result || state !== 'done') return ''
  const ready = result.ready ?? 0
  switch (kind) {
    case 'previews':
    case 'rebuild-previews':
      return t('jobs.result.previews', { count: ready })
    case 'rebuild-thumbnails':
      return t('jobs.result.thumbnails', { count: ready })
    case 'retry-failed':
      return t('jobs.result.mended', { count: ready })
    case 'clear-cache':
      return t('jobs.result.cleared', { count: result.removed ?? 0, bytes: formatBytes(result.bytes ?? 0) })
    case 'purge':
      return t('jobs.result.purged', { count: result.accounts ?? 0 })
    case 'scan':
      break
    default:
      return ''
  }
  const changes = CHANGES.flatMap((key) => {
    const count = result[key] ?? 0
    return count > 0 ? [t(`jobs.result.${key}`, { count })] : []
  })
  return t('jobs.result.files', {
    count: result.files ?? 0,
    changes: changes.length > 0 ? changes.join(', ') : t('jobs.result.nothing'),
  })
}
