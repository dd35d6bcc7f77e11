import { setTimeout as wait } from 'node:timers/promises'
import type { Job } from '../contract/jobs.ts'
import { REASONS } from '../contract/reasons.ts'
import { CommandFailure } from './failure.ts'
import type { Context } from './output.ts'

const POLL_MS = 250

/** `done`, or `failed:` and why. */
export function stateOf({ state, error }: Job): string {
  if (error === null) return state
  return `${state}: ${Object.hasOwn(REASONS, error) ? REASONS[error as keyof typeof REASONS] : error}`
}

/** `12 of 40, 1 failed` */
export function progressOf({ done, total, failed }: Job): string {
  const failures = failed > 0 ? `, ${failed} failed` : ''
  return `${total === null || total === done ? done : `${done} of ${total}`}${failures}`
}

/** What a scan came to, in a line. */
export const endOf = (job: Job) => `${job.folder ?? 'folder'}: ${stateOf(job)}, ${progressOf(job)} files`

/** Throws {@link CommandFailure} where one of them did not end well. */
export function refuseBadEnds(jobs: readonly Job[]): void {
  const bad = jobs.filter(({ state }) => state !== 'done').length
  if (bad > 0) throw new CommandFailure(`${bad} of ${jobs.length} scans did not end well`)
}

/** Waits for the end of jobs, also of those that somebody pauses and resumes meanwhile; tells people how far they are. */
export async function untilEnded({ operator, note }: Context, jobIds: readonly number[]): Promise<Job[]> {
  let told = ''
  for (;;) {
    const { jobs } = await operator.call('jobs.list', { limit: 500 })
    const mine = jobs.filter(({ id }) => jobIds.includes(id))
    const unfinished = mine.filter(({ state }) => ['queued', 'running', 'paused'].includes(state))
    if (unfinished.length === 0) return mine
    const now = unfinished.map(whereItStands).join('; ')
    if (now !== told && process.stderr.isTTY) note(now)
    told = now
    await wait(POLL_MS)
  }
}

const whereItStands = (job: Job) =>
  `${job.folder ?? 'folder'}: ${progressOf(job)}${job.state === 'paused' ? ', paused' : ''}`
