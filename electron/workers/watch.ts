import { stat } from 'node:fs/promises'
import { sep } from 'node:path'
import watcher, { type AsyncSubscription, type BackendType } from '@parcel/watcher'
import { findNetworkFileSystem } from '../lib/network-file-system.ts'
import { hasUnseen, isNewDirectory, isOfInterest, type WatchEvent } from './watch-events.ts'
import type { FromWatcher, WatchProblem, WatchRoot } from './watch-messages.ts'

/** How often it is looked whether a root is still the directory that is watched: an unmounted drive tells nothing. */
const CHECK_MS = 30_000
/** More paths in one message help nobody: then the whole root has changed. */
const MOST_PATHS = 1000
/** A root is crawled again when something vanished on the way, so often. */
const MOST_ATTEMPTS = 3
/** So long after new directories were told of, it is looked whether all that is in them was. */
const ENTER_MS = 1000
/** Subscriptions beside that of a root, for directories that came later; beyond it, a fresh process serves better. */
const MOST_ADDED = 64

/** Named, so that no other program's service is asked even where one runs. */
const BACKENDS: Partial<Record<NodeJS.Platform, BackendType>> = {
  linux: 'inotify',
  darwin: 'fs-events',
  win32: 'windows',
}

/**
 * What scans leave out by its name and a watcher had better not enter: hidden directories and the snapshots of NAS boxes. The rest is
 * dropped event by event ({@link isOfInterest}).
 */
const LEFT_OUT = /(?:^|[/\\])(?:\.[^/\\]*|@eaDir|@Recycle|#recycle|#snapshot|\$RECYCLE\.BIN|lost\+found)[/\\]/

interface Watched {
  leaveOut: readonly string[]
  identity: string
  subscriptions: AsyncSubscription[]
  /** directories told of as new that were not looked into yet */
  entered: Set<string>
  entering: NodeJS.Timeout | undefined
  /** whether an answer to the last look at the root is awaited */
  isChecking: boolean
}

/** Watches directories for changes; runs in a process of its own, since the native part may hang or crash. */
export class Watcher {
  readonly #tell: (message: FromWatcher) => void
  readonly #watched = new Map<string, Watched>()

  constructor(tell: (message: FromWatcher) => void) {
    this.#tell = tell
    setInterval(() => {
      for (const [root, watched] of this.#watched) void this.#check(root, watched)
    }, CHECK_MS).unref()
  }

  /** Watches a root; answers by a message. Crawls all of it first, which takes seconds for 100,000 files. */
  async watch({ root, leaveOut }: WatchRoot): Promise<void> {
    try {
      const network = await findNetworkFileSystem(root)
      if (network !== undefined) return this.#refuse(root, 'watch_network', network)
      const watched: Watched = {
        leaveOut,
        identity: await identityOf(root),
        subscriptions: [],
        entered: new Set(),
        entering: undefined,
        isChecking: false,
      }
      this.#watched.set(root, watched)
      await this.#subscribe(root, root, watched)
      this.#tell({ type: 'watching', root })
    } catch (error) {
      this.#watched.delete(root)
      const detail = error instanceof Error ? error.message : String(error)
      // inotify calls the end of its watches a device without space
      const isLimit = /ENOSPC|No space left|EMFILE|Too many open files/i.test(detail)
      this.#refuse(root, isLimit ? 'watch_limit' : 'watch_failed', detail)
    }
  }

  /** Stops watching a root. */
  async leave(root: string): Promise<void> {
    const watched = this.#watched.get(root)
    this.#watched.delete(root)
    try {
      for (const subscription of watched?.subscriptions ?? []) await subscription.unsubscribe()
    } catch {
      // the system has taken some away already, and the rest stays behind in the native part's lists
      this.#tell({ type: 'spent' })
    }
  }

  #refuse(root: string, problem: WatchProblem, detail: string): void {
    this.#tell({ type: 'refused', root, problem, detail })
  }

  async #subscribe(root: string, directory: string, watched: Watched): Promise<void> {
    const backend = BACKENDS[process.platform]
    const options = { ignore: [...watched.leaveOut, LEFT_OUT], ...(backend && { backend }) }
    const hear = (error: Error | null, events: WatchEvent[]) => {
      if (this.#watched.get(root) === watched) this.#hear(root, watched, error, events)
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        watched.subscriptions.push(await watcher.subscribe(directory, hear, options))
        return
      } catch (error) {
        // the crawl breaks off where something vanishes under it, which does not happen twice
        const isGone = error instanceof Error && error.message === 'No such file or directory'
        if (!isGone || attempt === MOST_ATTEMPTS) throw error
      }
    }
  }

  #hear(root: string, watched: Watched, error: Error | null, events: WatchEvent[]): void {
    // events were lost, or the native part has given up; either way nobody knows what changed
    if (error) {
      this.#lose(root, error.message)
      return
    }
    const told = events.filter((event) => isOfInterest(root, event))
    if (told.length > 0) this.#changed(root, told)
    const isGone = events.some(({ path, type }) => path === root && type === 'delete')
    if (isGone) this.#lose(root, 'it is gone')
    else if (process.platform === 'linux') this.#noteNew(root, watched, told)
  }

  #changed(root: string, events: WatchEvent[]): void {
    const paths = events.length > MOST_PATHS ? null : [...new Set(events.map(({ path }) => path))]
    this.#tell({ type: 'changed', root, paths })
  }

  /**
   * inotify watches directories one by one, and each new one as it is told of; those that came into it before that, or with it, are
   * watched by nobody. Other systems watch whole trees.
   */
  #noteNew(root: string, watched: Watched, events: WatchEvent[]): void {
    for (const event of events) if (isNewDirectory(event)) watched.entered.add(event.path)
    if (watched.entered.size === 0 || watched.entering) return
    watched.entering = setTimeout(() => {
      const seen = watched.entered
      watched.entered = new Set()
      watched.entering = undefined
      const missing = [...seen].filter((directory) => hasUnseen(directory, seen))
      for (const directory of missing)
        if (!missing.some((other) => directory.startsWith(other + sep)))
          void this.#enter(root, watched, directory)
    }, ENTER_MS)
  }

  /** Watches a directory that came later, with all that is below it. */
  async #enter(root: string, watched: Watched, directory: string): Promise<void> {
    if (this.#watched.get(root) !== watched) return
    if (watched.subscriptions.length > MOST_ADDED) return this.#tell({ type: 'spent' })
    try {
      await this.#subscribe(root, directory, watched)
      // what came before it was watched
      this.#tell({ type: 'changed', root, paths: [directory] })
    } catch (error) {
      const isThere = await stat(directory).then(
        () => true,
        () => false,
      )
      if (isThere) this.#lose(root, error instanceof Error ? error.message : String(error))
    }
  }

  #lose(root: string, detail: string): void {
    this.#watched.delete(root)
    this.#tell({ type: 'lost', root, detail })
  }

  async #check(root: string, watched: Watched): Promise<void> {
    if (watched.isChecking) return
    watched.isChecking = true
    const identity = await identityOf(root).catch(() => 'none')
    watched.isChecking = false
    if (this.#watched.get(root) === watched && identity !== watched.identity)
      this.#lose(root, 'another directory stands at its path')
  }
}

async function identityOf(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true })
  return `${dev}:${ino}`
}
