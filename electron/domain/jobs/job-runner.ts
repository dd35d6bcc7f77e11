import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { Reason } from '../../contract/reasons.ts'
import type { Database } from '../../db/connect.ts'
import { jobFailures, jobs } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Announce } from '../events/hints.ts'
import { findJob, type JobRow, listJobs, readFailures } from './job-list.ts'
import type { Jobs, StartedBy } from './jobs.ts'
import { ProgressMeter } from './progress.ts'
import { JobFailedError, type JobTask, type JobWork } from './work.ts'

/** Finished jobs that are kept. */
const HISTORY = 500
/** Progress is written to the database this often; between, it is told from memory. */
const SAVE_EVERY_MS = 5_000
/** Windows are told of progress this often. */
const TELL_EVERY_MS = 1_000

interface RunnerNeeds {
  db: Database
  clock: Clock
  log: Log
  announce: Announce
  /** kind → its work */
  kinds: Readonly<Record<string, JobWork>>
}

interface Running {
  id: number
  abort: AbortController
  progress: ProgressMeter
  failures: { path: string; reason: Reason }[]
  /** set when a person cancelled it; a stop of the program only interrupts */
  cancelled: boolean
  finished: Promise<void>
}

/** The queue: one job at a time, in the order they were asked for; it survives a stop of the program. */
export class JobRunner implements Jobs {
  readonly #needs: RunnerNeeds
  #running: Running | undefined
  #started = false
  #stopping = false
  #picking = false

  constructor(needs: RunnerNeeds) {
    this.#needs = needs
  }

  async start(): Promise<void> {
    const { db } = this.#needs
    await db.write((tx) =>
      tx
        .update(jobs)
        .set({ state: 'queued', startedAt: null })
        .where(inArray(jobs.state, ['running', 'interrupted'])),
    )
    this.#started = true
    this.#wake()
  }

  list(filter: Parameters<Jobs['list']>[0]) {
    return listJobs(this.#needs.db.read, filter, this.#progressOf)
  }

  find(id: number) {
    return findJob(this.#needs.db.read, id, this.#progressOf)
  }

  async failures(id: number) {
    const running = this.#running?.id === id ? this.#running.failures : []
    return [...(await readFailures(this.#needs.db.read, id)), ...running]
  }

  async scan(areaId: number, by: StartedBy): Promise<number> {
    return this.#queue('scan', areaId, by)
  }

  async cancel(id: number): Promise<void> {
    const { db, clock, announce } = this.#needs
    if (this.#running?.id === id) {
      this.#running.cancelled = true
      this.#running.abort.abort()
      await this.#running.finished
      return
    }
    await db.write((tx) =>
      tx
        .update(jobs)
        .set({ state: 'cancelled', finishedAt: clock() })
        .where(and(eq(jobs.id, id), eq(jobs.state, 'queued'))),
    )
    announce({ topic: 'jobs' })
  }

  async retry(id: number, by: StartedBy): Promise<number> {
    const job = await this.find(id)
    if (!job || job.folderId === null) throw new Error(`job ${id} cannot be run again`)
    return this.#queue(job.kind, job.folderId, by)
  }

  /** Interrupts what runs (it goes on at the next start) and waits for it. */
  async close(): Promise<void> {
    this.#stopping = true
    this.#running?.abort.abort()
    await this.#running?.finished
  }

  /** The same work on the same area is not queued twice. */
  async #queue(kind: string, areaId: number, by: StartedBy): Promise<number> {
    const { db, clock, announce } = this.#needs
    const startedBy = by.kind === 'account' ? by.accountId : null
    const id = await db.write(async (tx) => {
      const [same] = await tx
        .select({ id: jobs.id })
        .from(jobs)
        .where(and(eq(jobs.kind, kind), eq(jobs.areaId, areaId), inArray(jobs.state, ['queued'])))
      if (same) return same.id
      const row = {
        kind,
        areaId,
        state: 'queued' as const,
        startedBy,
        startedByKind: by.kind,
        queuedAt: clock(),
      }
      const [made] = await tx.insert(jobs).values(row).returning({ id: jobs.id })
      if (!made) throw new Error('an insert answered no row')
      return made.id
    })
    announce({ topic: 'jobs', areas: [areaId] })
    this.#wake()
    return id
  }

  #progressOf = (id: number) => (this.#running?.id === id ? this.#running.progress : undefined)

  #wake(): void {
    if (!this.#started || this.#stopping || this.#running || this.#picking) return
    this.#picking = true
    void this.#runNext().catch((error) => this.#needs.log.error('the job queue stopped', error))
  }

  async #runNext(): Promise<void> {
    const [next] = await this.#needs.db.read
      .select()
      .from(jobs)
      .where(eq(jobs.state, 'queued'))
      .orderBy(asc(jobs.id))
      .limit(1)
    this.#picking = false
    if (!next || this.#stopping) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const progress = new ProgressMeter(this.#needs.clock)
    const abort = new AbortController()
    this.#running = { id: next.id, abort, progress, failures: [], cancelled: false, finished: promise }
    try {
      await this.#run(next, this.#running)
    } finally {
      this.#running = undefined
      resolve()
      this.#wake()
    }
  }

  async #run(job: JobRow, running: Running): Promise<void> {
    const { db, clock, log, announce, kinds } = this.#needs
    const where = eq(jobs.id, job.id)
    const areas = job.areaId === null ? {} : { areas: [job.areaId] }
    await db.write((tx) => tx.update(jobs).set({ state: 'running', startedAt: clock() }).where(where))
    announce({ topic: 'jobs', ...areas })
    const telling = setInterval(() => announce({ topic: 'jobs', ...areas }), TELL_EVERY_MS)
    const saving = setInterval(() => void this.#save(running).catch(() => undefined), SAVE_EVERY_MS)
    const { progress, abort } = running
    let end: Partial<JobRow>
    try {
      const work = kinds[job.kind]
      if (!work) throw new Error(`no work for jobs of kind ${job.kind}`)
      const fail = (path: string, reason: Reason) => {
        progress.failed += 1
        running.failures.push({ path, reason })
      }
      const task: JobTask = { id: job.id, areaId: job.areaId }
      const tell = (done: number, total: number | null) => progress.set(done, total)
      const result = await work(task, { signal: abort.signal, progress: tell, fail })
      end = { state: 'done', result }
    } catch (error) {
      if (running.cancelled) end = { state: 'cancelled' }
      else if (abort.signal.aborted) end = { state: 'interrupted', error: 'job_restarted' }
      else if (error instanceof JobFailedError) end = { state: 'failed', error: error.reason }
      else {
        log.error(`job ${job.id} (${job.kind}) failed`, error)
        end = { state: 'failed', error: 'job_crashed' }
      }
    } finally {
      clearInterval(telling)
      clearInterval(saving)
    }
    await this.#save(running)
    const finishedAt = end.state === 'interrupted' ? null : clock()
    await db.write((tx) =>
      tx
        .update(jobs)
        .set({ ...end, finishedAt })
        .where(where),
    )
    await this.#prune()
    announce({ topic: 'jobs', ...areas })
  }

  async #save({ id, progress, failures }: Running): Promise<void> {
    const { done, total, failed } = progress
    const rows = failures.splice(0, 200).map((failure) => ({ jobId: id, ...failure }))
    await this.#needs.db.write(
      async (tx) => {
        await tx.update(jobs).set({ done, total, failed }).where(eq(jobs.id, id))
        if (rows.length > 0) await tx.insert(jobFailures).values(rows)
      },
      { priority: 'background' },
    )
    if (failures.length > 0) await this.#save({ id, progress, failures } as Running)
  }

  async #prune(): Promise<void> {
    const live = ['queued', 'running', 'interrupted'] as const
    await this.#needs.db.write(
      (tx) =>
        tx
          .delete(jobs)
          .where(
            and(
              notInArray(jobs.state, [...live]),
              sql`${jobs.id} <= (select max(id) from ${jobs}) - ${HISTORY}`,
            ),
          ),
      { priority: 'background' },
    )
  }
}
