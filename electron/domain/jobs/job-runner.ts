import type { Reason } from '../../contract/reasons.ts'
import type { Database } from '../../db/connect.ts'
import { StorageError } from '../../db/errors.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Announce } from '../events/hints.ts'
import { findJob, type JobRow, listJobs, readFailures } from './job-list.ts'
import type { Jobs, StartedBy } from './jobs.ts'
import type { Progress } from './progress.ts'
import { RunningJob } from './running-job.ts'
import { insertJob, pruneJobs, readQueue, requeueInterrupted, setJob } from './store.ts'
import { JobFailedError, type JobWork } from './work.ts'

interface JobNeeds {
  db: Database
  clock: Clock
  log: Log
  announce: Announce
  /** what there is to do, by kind */
  kinds: Readonly<Record<string, JobWork>>
  /** jobs of a kind at a time, 2 where nothing is said: a small folder needs not wait for a large one's first scan */
  atOnce?: Readonly<Record<string, number>>
}

/** {@link Jobs} with the end of its life. */
export interface JobRunner extends Jobs {
  /** Queues work of any kind; the same work queued or running already is answered instead. */
  enqueue(kind: string, areaId: number | null, by: StartedBy): Promise<number>
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
  const runner = new Runner(needs)
  const { db, clock, announce } = needs
  const enqueue = async (kind: string, areaId: number | null, by: StartedBy) => {
    const id = await db.write((tx) => insertJob(tx, { kind, areaId, by, now: clock() }))
    announceJob(announce, areaId)
    runner.wake()
    return id
  }
  return {
    enqueue,
    start: () => runner.start(),
    idle: () => runner.idle(),
    close: () => runner.close(),
    list: (filter) => listJobs(db.read, filter, runner.progressOf),
    find: (id) => findJob(db.read, id, runner.progressOf),
    async failures(id) {
      await runner.flush(id)
      return readFailures(db.read, id)
    },
    scan: (areaId, by) => enqueue('scan', areaId, by),
    async cancel(id) {
      const job = await findJob(db.read, id, runner.progressOf)
      if (!job) throw notFound()
      await runner.cancel(id)
      announceJob(announce, job.folderId)
    },
    async retry(id, by) {
      const job = await findJob(db.read, id, runner.progressOf)
      if (!job) throw notFound()
      return enqueue(job.kind, job.folderId, by)
    },
  }
}

function announceJob(announce: Announce, areaId: number | null): void {
  announce({ topic: 'jobs', ...(areaId !== null && { areas: [areaId] }) })
}

class Runner {
  readonly #needs: JobNeeds
  readonly #running = new Map<number, { job: RunningJob; ended: Promise<void> }>()
  #isStarted = false
  #isClosed = false
  #filling: Promise<void> | undefined
  #isWoken = false

  constructor(needs: JobNeeds) {
    this.#needs = needs
  }

  async start(): Promise<void> {
    await requeueInterrupted(this.#needs.db, this.#needs.clock())
    this.#isStarted = true
    this.wake()
  }

  /** Looks for work; calls that come while it looks make it look once more. */
  wake(): void {
    this.#isWoken = true
    if (this.#filling || !this.#isStarted || this.#isClosed) return
    this.#filling = this.#fill()
      .catch((error: unknown) => void this.#needs.log.error('the queue of jobs could not be read', error))
      .finally(() => {
        this.#filling = undefined
        if (this.#isWoken) this.wake()
      })
  }

  async idle(): Promise<void> {
    for (;;) {
      await this.#filling
      if (this.#running.size === 0 && !this.#filling) return
      await Promise.all([...this.#running.values()].map(({ ended }) => ended))
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#filling
    for (const { job } of this.#running.values()) job.stop('stopping')
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }

  async cancel(id: number): Promise<void> {
    const { db, clock } = this.#needs
    const cancelled = { state: 'cancelled', finishedAt: clock() } as const
    if (await setJob(db, { id, from: 'queued' }, cancelled)) return
    const running = this.#running.get(id)
    running?.job.stop('cancelled')
    await running?.ended
  }

  async flush(id: number): Promise<void> {
    await this.#running.get(id)?.job.flush()
  }

  readonly progressOf = (id: number): Progress | undefined => this.#running.get(id)?.job.progress

  async #fill(): Promise<void> {
    while (this.#isWoken) {
      this.#isWoken = false
      for (const row of await readQueue(this.#needs.db.read)) {
        if (this.#isClosed) return
        const same = [...this.#running.values()].filter(({ job }) => job.kind === row.kind)
        const isBusy = same.length >= (this.#needs.atOnce?.[row.kind] ?? 2)
        if (!isBusy && !same.some(({ job }) => job.areaId === row.areaId)) await this.#begin(row)
      }
    }
  }

  async #begin(row: JobRow): Promise<void> {
    const { db, clock, announce } = this.#needs
    // Somebody may have cancelled it since the queue was read.
    if (!(await setJob(db, { id: row.id, from: 'queued' }, { state: 'running', startedAt: clock() }))) return
    const job = new RunningJob(row, { db, clock, tell: () => announceJob(announce, row.areaId) })
    const ended = this.#run(row, job).finally(() => {
      this.#running.delete(row.id)
      announceJob(announce, row.areaId)
      this.wake()
    })
    this.#running.set(row.id, { job, ended })
    announceJob(announce, row.areaId)
  }

  async #run(row: JobRow, job: RunningJob): Promise<void> {
    const { db, clock, log, kinds } = this.#needs
    const outcome = await this.#work(row, job, kinds[row.kind])
    try {
      await job.flush()
      await setJob(db, { id: row.id, from: 'running' }, { ...outcome, finishedAt: clock() })
      await pruneJobs(db)
    } catch (error) {
      // It stays `running` in the database, and is queued again at the next start.
      log.error(`the end of job ${row.id} could not be written`, error)
    } finally {
      job.end()
    }
  }

  async #work(row: JobRow, job: RunningJob, work: JobWork | undefined): Promise<Partial<JobRow>> {
    try {
      if (!work) throw new Error(`No work of the kind "${row.kind}" is known.`)
      const result = await work({ id: row.id, areaId: row.areaId }, job.context)
      return { state: 'done', result }
    } catch (error) {
      if (job.stopped === 'cancelled') return { state: 'cancelled' }
      if (job.stopped === 'stopping') return { state: 'interrupted', error: 'stopping' }
      return { state: 'failed', error: this.#reasonOf(row, error) }
    }
  }

  #reasonOf(row: JobRow, error: unknown): Reason {
    if (error instanceof JobFailedError) return error.reason
    if (error instanceof StorageError && error.code === 'full') return 'storage_full'
    if (error instanceof StorageError && error.code === 'read_only') return 'storage_read_only'
    if (error instanceof StorageError && error.code === 'busy') return 'storage_busy'
    this.#needs.log.error(`job ${row.id} (${row.kind}) crashed`, error)
    return 'job_crashed'
  }
}
