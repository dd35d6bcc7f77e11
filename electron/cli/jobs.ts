import type { Job } from '../contract/jobs.ts'
import { CommandFailure } from './failure.ts'
import { findFolder } from './folders.ts'
import { type Context, duration, moment, table } from './output.ts'
import { endOf, progressOf, refuseBadEnds, stateOf, untilEnded } from './wait.ts'

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
    tookOf(job),
    job.folder ?? '–',
  ])
  tell(
    result,
    rows.length === 0
      ? 'No jobs yet.'
      : table(['ID', 'KIND', 'STATE', 'FILES', 'STARTED BY', 'QUEUED', 'TOOK', 'FOLDER'], rows),
  )
}

function tookOf({ state, startedAt, finishedAt }: Job): string {
  if (startedAt === null || state === 'paused') return '–'
  return duration((finishedAt ?? Date.now()) - startedAt)
}

/** `mantel jobs pause`. Throws {@link CommandFailure} where the job has ended already. */
export async function pauseJob({ operator, tell }: Context, id: number): Promise<void> {
  const result = await operator.call('jobs.pause', { id })
  if (result.state !== 'paused') throw new CommandFailure(`Job ${id} has ended already: ${result.state}`)
  tell(result, `Paused job ${id}; "mantel jobs resume ${id}" lets it go on.`)
}

/** `mantel jobs resume`. Throws {@link CommandFailure} where the job has ended already. */
export async function resumeJob({ operator, tell }: Context, id: number): Promise<void> {
  const result = await operator.call('jobs.resume', { id })
  if (result.state !== 'queued' && result.state !== 'running')
    throw new CommandFailure(`Job ${id} has ended already: ${result.state}`)
  tell(result, `Job ${id} goes on${operator.serverRuns ? '' : ' as soon as a server runs'}.`)
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
  tell({ jobIds, jobs }, jobs.map(endOf).join('\n'))
  refuseBadEnds(jobs)
}

const folders = (count: number) => (count === 1 ? '1 folder' : `${count} folders`)
