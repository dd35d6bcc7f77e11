import type { Answer, Asking, PoolFailure, PoolOptions } from './asking.ts'
import { makeRoom } from './memory-budget.ts'
import { takeNext } from './priority.ts'
import type { FromWorker, ToWorker } from './protocol.ts'
import type { WorkerProcess } from './spawn.ts'

/** Loading a worker's native code may take seconds on a cold disk. */
const START_MS = 30_000
/** After so many processes in a row that died before they were ready, waiting requests are given up. */
const MOST_FAILED_STARTS = 3

type Job<Request, Reply, Event> = Asking<Request, Event> & {
  id: number
  /** whether a process has died of it, or just while at it */
  isSuspect: boolean
  settle: (answer: Answer<Reply>) => void
  fail: (error: unknown) => void
}

type Member<Request, Reply, Event> = {
  process: WorkerProcess
  isReady: boolean
  job: Job<Request, Reply, Event> | null
  /** bytes, as last told */
  rss: number
  /** needs so much memory that nothing new is begun beside it */
  isAlone: boolean
  /** has answered a request before, so part of what it holds may be that one's */
  isUsed: boolean
  timer: NodeJS.Timeout | undefined
}

/**
 * Child processes that each work on one request at a time, so that the culprit of a crash is known. A request that
 * kills its process, takes too long or too much memory fails alone; the process is replaced. A process may also be killed from
 * outside (a system short of memory): only a second death tells that it was the request.
 */
export class ProcessPool<Request, Reply, Event = never> {
  readonly #options: PoolOptions
  #size: number
  #memoryBudget: number
  readonly #members = new Set<Member<Request, Reply, Event>>()
  #waiting: Job<Request, Reply, Event>[] = []
  #lastId = 0
  #failedStarts = 0
  #isClosed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#size = options.size
    this.#memoryBudget = options.memoryBudget ?? Number.POSITIVE_INFINITY
  }

  /** Sets how many processes there are at most, and what they may hold together (bytes). Those that are too many end after their work. */
  resize(size: number, memoryBudget: number): void {
    this.#size = size
    this.#memoryBudget = memoryBudget
    for (const member of this.#members) if (this.#isTooMany(member)) this.#retire(member)
    this.#pump()
  }

  #isTooMany({ job }: Member<Request, Reply, Event>): boolean {
    return !job && this.#members.size > this.#size
  }

  /**
   * Has a request worked on as soon as a process is free.
   *
   * @throws the signal's reason when aborted (a worker that is at it finishes unheard), AbortError when the pool is
   * closed, what `onEvent` throws, and Error where no process can be started or the worker's code has a fault
   */
  ask(asking: Asking<Request, Event>): Promise<Answer<Reply>> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(closedError())
      if (asking.signal?.aborted) return reject(asking.signal.reason)
      this.#lastId += 1
      const onAbort = () => this.#abort(job)
      const stopListening = () => asking.signal?.removeEventListener('abort', onAbort)
      const job: Job<Request, Reply, Event> = {
        ...asking,
        id: this.#lastId,
        isSuspect: false,
        settle: (answer) => {
          stopListening()
          resolve(answer)
        },
        fail: (error) => {
          stopListening()
          reject(error)
        },
      }
      asking.signal?.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(job)
      this.#pump()
    })
  }

  /** Ends all processes at once; requests under way and waiting are refused with an AbortError. */
  close(): void {
    this.#isClosed = true
    for (const job of this.#takeWaiting()) job.fail(closedError())
    for (const member of this.#members) {
      member.job?.fail(closedError())
      this.#retire(member)
    }
  }

  #takeWaiting(): Job<Request, Reply, Event>[] {
    const waiting = this.#waiting
    this.#waiting = []
    return waiting
  }

  /** Gives waiting requests to free processes, and starts processes while there are too few. */
  #pump(): void {
    if ([...this.#members].some(({ job, isAlone }) => job && isAlone)) return
    for (const member of this.#members) {
      if (!member.isReady || member.job) continue
      const job = takeNext(this.#waiting)
      if (!job) break
      this.#assign(member, job)
    }
    const starting = [...this.#members].filter((member) => !member.isReady).length
    const wanted = Math.min(this.#waiting.length - starting, this.#size - this.#members.size)
    for (let count = 0; count < wanted; count += 1) this.#start()
  }

  #start(): void {
    const process = this.#options.spawner(this.#options.worker)
    const fresh = { isReady: false, job: null, rss: 0, isAlone: false, isUsed: false, timer: undefined }
    const member: Member<Request, Reply, Event> = { process, ...fresh }
    this.#members.add(member)
    member.timer = setTimeout(() => this.#gone(member, 'did not get ready in time'), START_MS)
    // Both ends of the channel are this program's own, of the same version.
    process.onMessage((message) => this.#hear(member, message as FromWorker<Reply, Event>))
    process.onExit((detail) => this.#gone(member, detail))
  }

  #assign(member: Member<Request, Reply, Event>, job: Job<Request, Reply, Event>): void {
    member.job = job
    member.isAlone = false
    job.onBegin?.()
    this.#await(member, job)
    this.#tell(member, { type: 'request', id: job.id, request: job.request })
  }

  #tell(member: Member<Request, Reply, Event>, message: ToWorker<Request>): void {
    member.process.send(message)
  }

  /** (Re)starts the clock of a request. */
  #await(member: Member<Request, Reply, Event>, job: Job<Request, Reply, Event>): void {
    clearTimeout(member.timer)
    const deadlineMs = job.deadlineMs()
    const giveUp = () => this.#giveUp(member, 'worker_timeout', `nothing within ${deadlineMs} ms`)
    member.timer = setTimeout(giveUp, deadlineMs)
  }

  #hear(member: Member<Request, Reply, Event>, message: FromWorker<Reply, Event>): void {
    if (!this.#members.has(member)) return
    if (message.type === 'ready') {
      this.#failedStarts = 0
      member.isReady = true
      this.#rest(member)
    } else if (message.type === 'beat') {
      member.rss = message.rss
      if (message.rss > this.#options.memoryLimit) this.#tooLarge(member)
      else this.#keepBudget()
    } else if (message.id === member.job?.id) {
      this.#hearOf(member, member.job, message)
    }
  }

  #hearOf(
    member: Member<Request, Reply, Event>,
    job: Job<Request, Reply, Event>,
    message: Extract<FromWorker<Reply, Event>, { id: number }>,
  ): void {
    if (message.type === 'event') {
      void this.#dealWith(member, job, message.event)
      return
    }
    member.job = null
    member.isUsed = true
    if (message.type === 'reply') {
      member.rss = message.rss
      job.settle({ ok: true, reply: message.reply })
      if (message.rss > this.#options.recycleAbove) this.#retire(member)
    } else {
      job.fail(new Error(`a worker's own fault: ${message.message}`))
    }
    this.#rest(member)
  }

  /** Hands an event to whoever asked, and asks for the next one once that is done. */
  async #dealWith(member: Member<Request, Reply, Event>, job: Job<Request, Reply, Event>, event: Event) {
    clearTimeout(member.timer)
    let answer = false
    try {
      if (!job.signal?.aborted) answer = (await job.onEvent?.(event)) ?? false
    } catch (error) {
      job.fail(error)
      this.#tell(member, { type: 'cancel', id: job.id })
    }
    if (member.job !== job || !this.#members.has(member)) return
    this.#await(member, job)
    this.#tell(member, { type: 'ack', id: job.id, answer })
  }

  /** A process without a request: gets the next one, or is ended after a while. */
  #rest(member: Member<Request, Reply, Event>): void {
    clearTimeout(member.timer)
    if (this.#members.has(member) && this.#isTooMany(member)) this.#retire(member)
    if (this.#members.has(member)) {
      member.timer = setTimeout(() => this.#retire(member), this.#options.idleMs)
      member.timer.unref()
    }
    this.#pump()
  }

  /** Too much memory: a fresh process must show that it is the request's and nothing left of those before. */
  #tooLarge(member: Member<Request, Reply, Event>): void {
    if (member.isUsed) this.#takeBack(member)
    this.#giveUp(member, 'worker_memory', `held ${Math.round(member.rss / 2 ** 20)} MiB`)
  }

  #giveUp(member: Member<Request, Reply, Event>, failure: PoolFailure, detail: string): void {
    const { job } = member
    member.job = null
    this.#retire(member)
    job?.settle({ ok: false, failure, detail })
    this.#pump()
  }

  /** Makes room where all processes together hold too much; what an ended one worked on is the next to be begun. */
  #keepBudget(): void {
    const { stays, ended } = makeRoom(this.#members, this.#memoryBudget)
    for (const member of ended) {
      if (member.job && stays) stays.isAlone = true
      this.#takeBack(member)
      this.#retire(member)
    }
  }

  /** Takes a process out of the pool and ends it. */
  #retire(member: Member<Request, Reply, Event>): void {
    clearTimeout(member.timer)
    this.#members.delete(member)
    member.process.kill()
  }

  /** A process that ended by itself, or never got ready. */
  #gone(member: Member<Request, Reply, Event>, detail: string): void {
    if (!this.#members.has(member)) return
    if (!member.isReady) this.#failedStarts += 1
    if (member.job && !member.job.isSuspect) {
      member.job.isSuspect = true
      this.#takeBack(member)
    }
    this.#giveUp(member, 'worker_crashed', detail)
    if (this.#failedStarts < MOST_FAILED_STARTS) return
    this.#failedStarts = 0
    for (const job of this.#takeWaiting()) job.fail(new Error(`no worker process can be started: ${detail}`))
  }

  /** Takes the request from a process that ends, to be begun anew before all others. */
  #takeBack(member: Member<Request, Reply, Event>): void {
    const { job } = member
    if (!job || job.isOnce || job.signal?.aborted) return
    member.job = null
    this.#waiting.unshift(job)
  }

  #abort(job: Job<Request, Reply, Event>): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== job)
    const member = [...this.#members].find((candidate) => candidate.job === job)
    if (member) this.#tell(member, { type: 'cancel', id: job.id })
    job.fail(job.signal?.reason)
  }
}

function closedError(): DOMException {
  return new DOMException('the workers have been closed', 'AbortError')
}
