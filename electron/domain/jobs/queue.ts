import type { Reason } from '../../contract/reasons.ts'
import type { Database } from '../../db/connect.ts'
import { StorageError } from '../../db/errors.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { JobRow } from './job-list.ts'
import type { Check } from './jobs.ts'
import { growingPause, keepTrying, type PauseAfter } from './keep-trying.ts'
import type { Progress } from './progress.ts'
import { RunningJob, type Stop } from './running-job.ts'
import { pruneJobs, readFailedPaths, readQueue, requeueInterrupted, setJob } from './store.ts'
import { JobFailedError, type JobWork } from './work.ts'

interface QueueNeeds {
  db: Database
  clock: Clock
  log: Log
  /** hints that something is to be told of a job on this area */
  tell: (areaId: number | null) => void
  /** what there is to do, by kind */
  kinds: Readonly<Record<string, JobWork>>
  /** jobs of a kind at a time, 2 where nothing is said: a small folder needs not wait for a large one's first scan */
  atOnce?: Readonly<Record<string, number>>
  /** pauses before what could not be read or written is tried again */
  pauseAfter?: PauseAfter
}

interface Running {
  job: RunningJob
  /** when its end was tried to be written for the first time; rejects where that failed and will be tried again */
  stopped: Promise<void>
  /** when all is done and written, or given up as the program ends */
  ended: Promise<void>
}

/** Starts queued jobs, stops them, and writes what came of them. Where the storage refuses it tries again by itself. */
export class Queue {
  readonly #needs: QueueNeeds
  readonly #running = new Map<number, Running>()
  readonly #pauseAfter: PauseAfter
  readonly #closing = new AbortController()
  #isStarted = false
  #isRequeued = false
  #filling: Promise<void> | undefined
  #isWoken = false
  #failures = 0
  #later: NodeJS.Timeout | undefined

  constructor(needs: QueueNeeds) {
    this.#needs = needs
    this.#pauseAfter = needs.pauseAfter ?? growingPause
  }

  /** Never throws for the storage: what can't be written now is tried again. */
  async start(): Promise<void> {
    this.#isStarted = true
    this.wake()
    await this.#filling
  }

  /** Looks for work; calls that come while it looks make it look once more. */
  wake(): void {
    this.#isWoken = true
    if (this.#filling || !this.#isStarted || this.#isClosed) return
    clearTimeout(this.#later)
    this.#filling = this.#fill()
      .then(
        () => {
          this.#failures = 0
        },
        (error: unknown) => this.#tryLater(error),
      )
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
    clearTimeout(this.#later)
    this.#closing.abort()
    await this.#filling
    for (const { job } of this.#running.values()) job.stop('stopping')
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }

  async cancel(id: number, check?: Check): Promise<void> {
    const { db, clock } = this.#needs
    const cancelled = { state: 'cancelled', finishedAt: clock() } as const
    if (await setJob(db, { id, from: ['queued', 'paused'], check }, cancelled)) return
    await this.#stop(id, 'cancelled')
  }

  async pause(id: number, check?: Check): Promise<void> {
    if (await setJob(this.#needs.db, { id, from: ['queued'], check }, { state: 'paused' })) return
    await this.#stop(id, 'paused')
  }

  async resume(id: number, check?: Check): Promise<void> {
    const running = this.#running.get(id)
    if (running?.job.stopped === 'paused') await running.stopped
    if (await setJob(this.#needs.db, { id, from: ['paused'], check }, { state: 'queued' })) this.wake()
  }

  async flush(id: number): Promise<void> {
    await this.#running.get(id)?.job.flush()
  }

  readonly progressOf = (id: number): Progress | undefined => this.#running.get(id)?.job.progress

  get #isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  /** Throws the StorageError of a stop that could not be written. */
  async #stop(id: number, why: Stop): Promise<void> {
    const running = this.#running.get(id)
    running?.job.stop(why)
    await running?.stopped
  }

  #tryLater(error: unknown): void {
    this.#failures += 1
    this.#needs.log.error('the queue of jobs could not be worked on', error)
    if (this.#isClosed) return
    this.#later = setTimeout(() => this.wake(), this.#pauseAfter(this.#failures))
    this.#later.unref()
  }

  async #fill(): Promise<void> {
    while (this.#isWoken) {
      this.#isWoken = false
      if (!this.#isRequeued) await requeueInterrupted(this.#needs.db, this.#needs.clock())
      this.#isRequeued = true
      for (const row of await readQueue(this.#needs.db.read)) {
        if (this.#isClosed) return
        const same = [...this.#running.values()].filter(({ job }) => job.kind === row.kind)
        const isBusy = same.length >= (this.#needs.atOnce?.[row.kind] ?? 2)
        if (!isBusy && !same.some(({ job }) => job.areaId === row.areaId)) await this.#begin(row)
      }
    }
  }

  async #begin(row: JobRow): Promise<void> {
    const { db, clock, tell } = this.#needs
    const listed = row.failed > 0 ? await readFailedPaths(db.read, row.id) : []
    const running = { state: 'running', startedAt: row.startedAt ?? clock() } as const
    // Somebody may have cancelled or paused it since the queue was read.
    if (!(await setJob(db, { id: row.id, from: ['queued'] }, running))) return
    const job = new RunningJob(row, listed, { db, clock, tell: () => tell(row.areaId) })
    const stopped = Promise.withResolvers<void>()
    stopped.promise.catch(() => undefined)
    const ended = this.#run(row, job, stopped).finally(() => {
      this.#running.delete(row.id)
      tell(row.areaId)
      this.wake()
    })
    this.#running.set(row.id, { job, stopped: stopped.promise, ended })
    tell(row.areaId)
  }

  async #run(row: JobRow, job: RunningJob, stopped: PromiseWithResolvers<void>): Promise<void> {
    const { db, log } = this.#needs
    try {
      if (await this.#writeEnd(row, job, await this.#work(row, job), stopped)) await pruneJobs(db)
    } catch (error) {
      log.error(`the end of job ${row.id} could not be written`, error)
    } finally {
      job.end()
      stopped.resolve()
    }
  }

  /** Answers whether it could be written; else the row stays `running`, and the work is queued again at the next start. */
  #writeEnd(row: JobRow, job: RunningJob, outcome: Partial<JobRow>, stopped: PromiseWithResolvers<void>) {
    const { db, clock, log } = this.#needs
    const end = outcome.state === 'paused' ? outcome : { ...outcome, finishedAt: clock() }
    const write = async () => {
      await job.flush()
      await setJob(db, { id: row.id, from: ['running'] }, end)
      stopped.resolve()
    }
    return keepTrying(write, {
      pauseAfter: this.#pauseAfter,
      signal: this.#closing.signal,
      onFailure: (error) => {
        stopped.reject(error)
        log.error(`the end of job ${row.id} could not be written`, error)
      },
    })
  }

  async #work(row: JobRow, job: RunningJob): Promise<Partial<JobRow>> {
    try {
      const work = this.#needs.kinds[row.kind]
      if (!work) throw new Error(`No work of the kind "${row.kind}" is known.`)
      const result = await work(row, job.context)
      return { state: 'done', result }
    } catch (error) {
      if (job.stopped === 'cancelled') return { state: 'cancelled' }
      if (job.stopped === 'paused') return { state: 'paused', ...(job.counts && { result: job.counts }) }
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
