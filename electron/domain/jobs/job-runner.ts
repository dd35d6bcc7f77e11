import type { Database } from '../../db/connect.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Announce } from '../events/hints.ts'
import { findJob, listJobs, readFailures } from './job-list.ts'
import type { Check, JobInfo, Jobs, StartedBy } from './jobs.ts'
import type { PauseAfter } from './keep-trying.ts'
import { Queue } from './queue.ts'
import { insertJob } from './store.ts'
import type { JobWork } from './work.ts'

interface JobNeeds {
  db: Database
  clock: Clock
  log: Log
  announce: Announce
  /** what there is to do, by kind */
  kinds: Readonly<Record<string, JobWork>>
  /** jobs of a kind at a time, 2 where nothing is said */
  atOnce?: Readonly<Record<string, number>>
  /** pauses before what could not be read or written is tried again */
  pauseAfter?: PauseAfter
}

/** {@link Jobs} with the end of its life. */
export interface JobRunner extends Jobs {
  /** Queues work of any kind; see {@link Jobs.scan} for the same work that is there already. */
  enqueue(kind: string, areaId: number | null, by: StartedBy, check?: Check): Promise<number>
  /** Resolves when nothing is running or waiting. */
  idle(): Promise<void>
  /** Stops what is running; it is queued again at the next start. */
  close(): Promise<void>
}

/**
 * The queue of background work, kept in the database. Jobs start in the order they were queued, never two of a kind on one area;
 * nothing starts before `start`.
 */
export function createJobs(needs: JobNeeds): JobRunner {
  const { db, clock, announce } = needs
  const tell = (areaId: number | null) =>
    announce({ topic: 'jobs', ...(areaId !== null && { areas: [areaId] }) })
  const queue = new Queue({ ...needs, tell })

  const enqueue: JobRunner['enqueue'] = async (kind, areaId, by, check) => {
    const id = await db.write(async (tx) => {
      await check?.(tx)
      return insertJob(tx, { kind, areaId, by, now: clock() })
    })
    tell(areaId)
    queue.wake()
    return id
  }
  const need = async (id: number): Promise<JobInfo> => {
    const job = await findJob(db.read, id, queue.progressOf)
    if (!job) throw notFound()
    return job
  }
  /** Does something to a job, tells of it, and answers its state then. */
  const change = async (id: number, act: () => Promise<void>) => {
    const { folderId } = await need(id)
    await act()
    tell(folderId)
    return (await need(id)).state
  }

  return {
    enqueue,
    start: () => queue.start(),
    idle: () => queue.idle(),
    close: () => queue.close(),
    list: (filter) => listJobs(db.read, filter, queue.progressOf),
    find: (id) => findJob(db.read, id, queue.progressOf),
    async failures(id) {
      // what can't be written now is told by a later look
      await queue.flush(id).catch(() => undefined)
      return readFailures(db.read, id)
    },
    scan: (areaId, by, check) => enqueue('scan', areaId, by, check),
    purge: (by, check) => enqueue('purge', null, by, check),
    rebuild: (what, areaId, by, check) => enqueue(what, areaId, by, check),
    clearCache: (by, check) => enqueue('clear-cache', null, by, check),
    pause: (id, check) => change(id, () => queue.pause(id, check)),
    resume: (id, check) => change(id, () => queue.resume(id, check)),
    async cancel(id, check) {
      await change(id, () => queue.cancel(id, check))
    },
    async retry(id, by, check) {
      const { kind, folderId } = await need(id)
      return enqueue(kind, folderId, by, check)
    },
  }
}
