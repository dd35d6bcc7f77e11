import type { Input } from '../../electron/contract/contract.ts'
import { JOB_KINDS, JOB_STATES } from '../../electron/contract/values.ts'

/** How far back is looked. */
export const PERIODS = ['day', 'week', 'month'] as const

/** Which jobs are looked at; what is left out does not matter. */
export interface JobFilter {
  jobId?: number
  kind?: (typeof JOB_KINDS)[number]
  state?: (typeof JOB_STATES)[number]
  folderId?: number
  /** an account's id, or `house` for what nobody asked for */
  startedBy?: number | 'house'
  period?: (typeof PERIODS)[number]
  withFailures?: boolean
}

/** The address that shows these jobs in the worker logs: `/admin#worker-logs?folder=3&failures=1`. */
export function logsAddress(filter: JobFilter): string {
  const { jobId, kind, state, folderId, startedBy, period, withFailures } = filter
  const given = {
    job: jobId,
    kind,
    state,
    folder: folderId,
    by: startedBy,
    period,
    failures: withFailures && 1,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, String(value))
  return query.size === 0 ? '/admin#worker-logs' : `/admin#worker-logs?${query}`
}

/** The filter that an address's hash asks for; what it does not know, or is wrong, does not count. */
export function filterOf(hash: string): JobFilter {
  const query = new URLSearchParams(hash.split('?')[1] ?? '')
  const oneOf = <T extends string>(name: string, known: readonly T[]) =>
    known.find((value) => value === query.get(name))
  const number = (name: string) => {
    const value = Number(query.get(name))
    return Number.isSafeInteger(value) && value > 0 ? value : undefined
  }
  const jobId = number('job')
  const kind = oneOf('kind', JOB_KINDS)
  const state = oneOf('state', JOB_STATES)
  const folderId = number('folder')
  const startedBy = oneOf('by', ['house']) ?? number('by')
  const period = oneOf('period', PERIODS)
  return {
    ...(jobId && { jobId }),
    ...(kind && { kind }),
    ...(state && { state }),
    ...(folderId && { folderId }),
    ...(startedBy && { startedBy }),
    ...(period && { period }),
    ...(query.has('failures') && { withFailures: true }),
  }
}

const HOUR_MS = 3_600_000
const HOURS: Record<(typeof PERIODS)[number], number> = { day: 24, week: 7 * 24, month: 30 * 24 }

/** The same for the server; whole hours, so that the question stays the same while somebody reads. */
export function questionOf(filter: JobFilter, now = Date.now()): Input<'jobs.list'> {
  const { jobId, period, withFailures, ...same } = filter
  const since = period && (Math.floor(now / HOUR_MS) - HOURS[period]) * HOUR_MS
  return {
    ...same,
    ...(jobId && { id: jobId }),
    ...(since && { since }),
    ...(withFailures && { withFailures: true }),
  }
}
