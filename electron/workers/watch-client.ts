import type { Log } from '../lib/log.ts'
import type { Spawner, WorkerProcess } from './spawn.ts'
import type { FromWatcher, ToWatcher, WatchProblem, WatchRoot } from './watch-messages.ts'

export interface WatchClientOptions {
  spawner: Spawner
  log: Log
  /** something below a root changed, at these paths or (null) anywhere */
  onChanged: (root: string, paths: readonly string[] | null) => void
  /** a root began or ceased to be watched, or can't be; see `stateOf`. Nobody knows what changed in it before. */
  onState: (root: string) => void
  /** the first pause before a process is started again, milliseconds; it doubles with every crash */
  pauseMs?: number
  /** the same for a root that could not be watched */
  retryMs?: number
}

/** How it stands with a root: `failed` is tried again later, `waiting` is on its way. */
export type WatchState = { state: 'waiting' | 'watched' } | { state: 'failed'; reason: WatchProblem }

/** The parent's side of the process that watches directories for changes. */
export interface WatchClient {
  /** From now on these are watched, and nothing else. None may lie in another, unless that leaves it out. */
  set(roots: readonly WatchRoot[]): void
  /** Undefined for what is no root. */
  stateOf(root: string): WatchState | undefined
  close(): void
}

/** A process that is silent for so long hangs. */
const silenceMs = 60_000
/** Loading its native code may take seconds on a cold disk. */
const startMs = 30_000
/** To crawl a root of a million files on a slow disk. */
const crawlMs = 10 * 60_000
const longestPauseMs = 5 * 60_000
const longestRetryMs = 3_600_000
/** What only people change, a system's limit or where a folder lies, is not asked about all day. */
const patientRetryMs = 6 * 3_600_000
/** A process that lived for so long has not crashed at its start. */
const steadyMs = 60_000

interface Entry {
  options: WatchRoot
  state: WatchState
  failures: number
  retry: NodeJS.Timeout | undefined
  /** what the log was told last */
  told: string
}

/**
 * Has directories watched by one process, a root at a time: the native part crawls and may hang or crash. The process is replaced
 * when it does, and whenever it holds leftovers. A root that brings it down waits longer and longer.
 */
export function createWatchClient(options: WatchClientOptions): WatchClient {
  return new Client(options)
}

class Client implements WatchClient {
  readonly #options: WatchClientOptions
  readonly #entries = new Map<string, Entry>()
  #process: { worker: WorkerProcess; isReady: boolean; startedAt: number } | undefined
  /** the root that is being crawled */
  #crawling: string | undefined
  #silence: NodeJS.Timeout | undefined
  #crawl: NodeJS.Timeout | undefined
  #restart: NodeJS.Timeout | undefined
  #crashes = 0
  #isClosed = false

  constructor(options: WatchClientOptions) {
    this.#options = options
  }

  set(roots: readonly WatchRoot[]): void {
    const wanted = new Map(roots.map((options) => [options.root, options]))
    for (const [root, entry] of this.#entries) {
      if (JSON.stringify(wanted.get(root)) === JSON.stringify(entry.options)) continue
      clearTimeout(entry.retry)
      this.#entries.delete(root)
      if (this.#crawling === root) this.#replace()
      else if (entry.state.state === 'watched') this.#send({ type: 'leave', root })
    }
    for (const [root, options] of wanted) {
      if (this.#entries.has(root)) continue
      const state = { state: 'waiting' } as const
      this.#entries.set(root, { options, state, failures: 0, retry: undefined, told: '' })
    }
    if (this.#entries.size === 0) this.#end()
    this.#pump()
  }

  stateOf(root: string): WatchState | undefined {
    return this.#entries.get(root)?.state
  }

  close(): void {
    this.#isClosed = true
    for (const { retry } of this.#entries.values()) clearTimeout(retry)
    this.#end()
  }

  /** Starts the process where there is work for it, and has the next root crawled. */
  #pump(): void {
    if (this.#isClosed || this.#restart || this.#crawling !== undefined) return
    const waiting = [...this.#entries].filter(([, { state }]) => state.state === 'waiting')
    // those that failed before come last
    const [next] = waiting.sort(([, a], [, b]) => a.failures - b.failures)
    if (!next) return
    if (!this.#process) this.#start()
    if (!this.#process?.isReady) return
    const [root, { options }] = next
    this.#crawling = root
    this.#crawl = setTimeout(() => this.#fail(root, 'watch_failed', 'it was not crawled in time'), crawlMs)
    this.#crawl.unref()
    this.#send({ type: 'watch', ...options })
  }

  #start(): void {
    const worker = this.#options.spawner('watch')
    const process = { worker, isReady: false, startedAt: Date.now() }
    this.#process = process
    this.#listen(startMs)
    // Both ends of the channel are this program's own, of the same version.
    worker.onMessage((message) => {
      if (this.#process === process) this.#hear(message as FromWatcher)
    })
    worker.onExit((detail) => {
      if (this.#process === process) this.#crashed(detail)
    })
  }

  #hear(message: FromWatcher): void {
    this.#listen(silenceMs)
    if (message.type === 'ready' && this.#process) this.#process.isReady = true
    if (message.type === 'spent') this.#replace()
    if (message.type === 'ready') this.#pump()
    if (!('root' in message)) return
    const { root } = message
    const entry = this.#entries.get(root)
    if (message.type === 'watching' || message.type === 'refused') this.#crawled()
    if (entry && message.type === 'watching') {
      entry.failures = 0
      entry.told = ''
      this.#become(root, entry, { state: 'watched' })
    } else if (entry && message.type === 'changed') this.#options.onChanged(root, message.paths)
    else if (message.type === 'refused') this.#fail(root, message.problem, message.detail)
    else if (entry && message.type === 'lost') {
      this.#options.onChanged(root, null)
      this.#fail(root, 'watch_failed', message.detail)
    }
    this.#pump()
  }

  #crawled(): void {
    clearTimeout(this.#crawl)
    this.#crawling = undefined
  }

  /** A root can't be watched for now; whatever is left of an attempt goes with the process. */
  #fail(root: string, reason: WatchProblem, detail: string): void {
    const entry = this.#entries.get(root)
    if (entry) {
      entry.failures += 1
      const { retryMs = 60_000 } = this.#options
      const pause =
        reason === 'watch_failed'
          ? Math.min(longestRetryMs, retryMs * 2 ** (entry.failures - 1))
          : patientRetryMs
      entry.retry = setTimeout(() => {
        entry.state = { state: 'waiting' }
        this.#pump()
      }, pause)
      entry.retry.unref()
      if (entry.told !== reason) this.#options.log.warn('a folder is not watched', { root, reason, detail })
      entry.told = reason
      this.#become(root, entry, { state: 'failed', reason })
    }
    // of a network's disk nothing was begun, and the others need not be crawled again
    if (reason !== 'watch_network') this.#replace()
  }

  #crashed(detail: string): void {
    const lived = Date.now() - (this.#process?.startedAt ?? 0)
    this.#crashes = lived >= 0 && lived < steadyMs ? this.#crashes + 1 : 1
    this.#options.log.warn('the process that watches folders ended and is started again', { detail })
    const culprit = this.#crashes > 1 ? this.#crawling : undefined
    if (culprit !== undefined) this.#fail(culprit, 'watch_failed', detail)
    else this.#replace()
  }

  /** Ends the process; another one starts after a pause, with all roots anew. */
  #replace(): void {
    this.#end()
    for (const [root, entry] of this.#entries)
      if (entry.state.state === 'watched') this.#become(root, entry, { state: 'waiting' })
    const { pauseMs = 1000 } = this.#options
    const pause = Math.min(longestPauseMs, pauseMs * 2 ** Math.max(0, this.#crashes - 1))
    this.#restart = setTimeout(() => {
      this.#restart = undefined
      this.#pump()
    }, pause)
    this.#restart.unref()
  }

  #end(): void {
    for (const timer of [this.#silence, this.#crawl, this.#restart]) clearTimeout(timer)
    this.#restart = undefined
    this.#crawling = undefined
    const { worker } = this.#process ?? {}
    this.#process = undefined
    worker?.kill()
  }

  #listen(ms: number): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#crashed('it was silent for too long'), ms)
    this.#silence.unref()
  }

  #become(root: string, entry: Entry, state: WatchState): void {
    entry.state = state
    this.#options.onState(root)
  }

  #send(message: ToWatcher): void {
    this.#process?.worker.send(message)
  }
}
