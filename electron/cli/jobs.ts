import { setTimeout as wait } from 'node:timers/promises'
import type { Job } from '../contract/jobs.ts'
import { REASONS } from '../contract/reasons.ts'
import { CommandFailure } from './failure.ts'
import { findFolder } from './folders.ts'
import { type Context, duration, moment, table } from './output.ts'

const POLL_MS = 250

/** `mantel jobs` */
export async function listJobs({ operator, tell }: Context, limit: number): Promise<void> {
  const result = await operator.call('jobs.list', { limit })
  const rows = result.jobs.map((job) => [
    String(job.id),
    job.kind,
    stateOf(job),
    progressOf(job),
    job.startedBy ?? (job.startedByKind === 'operator' ? 'command line' : 'Mantel'),
    moment(job.queuedAt),
    job.startedAt === null ? '–' : duration((job.finishedAt ?? Date.now()) - job.startedAt),
    job.folder ?? '–',
  ])
  tell(
    result,
    rows.length === 0
      ? 'No jobs yet.'
      : table(['ID', 'KIND', 'STATE', 'FILES', 'STARTED BY', 'QUEUED', 'TOOK', 'FOLDER'], rows),
  )
}

function stateOf({ state, error }: Job): string {
  if (error === null) return state
  return `${state}: ${Object.hasOwn(REASONS, error) ? REASONS[error as keyof typeof REASONS] : error}`
}

function progressOf({ done, total, failed }: Job): string {
  const failures = failed > 0 ? `, ${failed} failed` : ''
  return `${total === null || total === done ? done : `${done} of ${total}`}${failures}`
}

/**
 * `mantel scan`: scans the named folders, else all. Waits for the end with `shallWait`, and always where no server runs that
 * would go on with it. Throws {@link CommandFailure} when a scan that was waited for did not end well.
 */
export async function scan(context: Context, typed: string[], shallWait: boolean): Promise<void> {
  const { operator, tell, note } = context
  const folderIds: number[] = []
  for (const path of typed) folderIds.push((await findFolder(context, path)).id)
  const { jobIds } = await operator.call('jobs.scan', typed.length === 0 ? {} : { folderIds })
  if (jobIds.length === 0) return tell({ jobIds, jobs: [] }, 'There is no folder to scan yet.')
  if (operator.serverRuns && !shallWait)
    return tell({ jobIds }, `Started to scan ${folders(jobIds.length)}; "mantel jobs" shows how far it is.`)
  if (!shallWait) note('No server is running, so this command scans by itself and ends when it is done.')
  const jobs = await untilEnded(context, jobIds)
  const lines = jobs.map((job) => `${job.folder ?? 'folder'}: ${stateOf(job)}, ${progressOf(job)} files`)
  tell({ jobIds, jobs }, lines.join('\n'))
  const bad = jobs.filter(({ state }) => state !== 'done').length
  if (bad > 0) throw new CommandFailure(`${bad} of ${jobs.length} scans did not end well`)
}

const folders = (count: number) => (count === 1 ? '1 folder' : `${count} folders`)

async function untilEnded({ operator, note }: Context, jobIds: number[]): Promise<Job[]> {
  let told = ''
  for (;;) {
    const { jobs } = await operator.call('jobs.list', { limit: 500 })
    const mine = jobs.filter(({ id }) => jobIds.includes(id))
    const running = mine.filter(({ state }) => state === 'queued' || state === 'running')
    if (running.length === 0) return mine
    const now = running.map((job) => `${job.folder ?? 'folder'}: ${progressOf(job)}`).join('; ')
    if (now !== told && process.stderr.isTTY) note(now)
    told = now
    await wait(POLL_MS)
  }
}
