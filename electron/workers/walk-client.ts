import { ProcessPool } from './process-pool.ts'
import type {
  DirectoryList,
  FileLook,
  FileLooks,
  LeftOut,
  LeftOutRequest,
  PathCheck,
  PathProblem,
  WalkBatch,
  WalkDigest,
  WalkOptions,
  WalkReply,
  WalkRequest,
  WalkSummary,
} from './protocol.ts'
import type { Spawner } from './spawn.ts'
import type { WalkEvent } from './walk.ts'

const MIB = 2 ** 20

export type WalkClientOptions = {
  spawner: Spawner
  /** Walks and look-ups at a time: one that hangs on a sleeping disk must not hold up the next. */
  processes?: number
  /** Longest time for one directory, milliseconds: sleeping disks and NAS boxes take ten seconds to wake. */
  directoryMs?: number
  /** Longest time for `check` and `list`, milliseconds: somebody is waiting. */
  lookMs?: number
}

/** The root of a walk can't be walked through, or the walk broke off. Nothing may be concluded of what wasn't told. */
export class WalkError extends Error {
  readonly reason: PathProblem | 'folder_timeout' | 'worker_crashed'

  constructor(reason: WalkError['reason'], detail: string) {
    super(detail)
    this.reason = reason
  }
}

/** The parent's side of the walk workers. */
export type WalkClient = {
  /**
   * Walks through a folder; each batch is asked for when the one before has been taken. Returns the summary at the
   * end. Leaving the loop early ends the walk. Directories that `isKnown` says yes to are told without their files.
   *
   * @throws WalkError, and the signal's reason when aborted
   */
  walk: (
    options: WalkOptions,
    signal?: AbortSignal,
    isKnown?: (told: WalkDigest) => boolean,
  ) => AsyncGenerator<WalkBatch, WalkSummary, void>
  /** Looks at a path that somebody wants to use as a folder. */
  check: (path: string) => Promise<PathCheck>
  /** Lists the directories below one, for a chooser. */
  list: (path: string) => Promise<DirectoryList>
  /** Looks at files by absolute path, in the order given; `unknown` for all where the disk does not answer. */
  stat: (paths: readonly string[]) => Promise<FileLook[]>
  /** Which files a walk would leave out by its rules, in the order given; none where the disk does not answer. */
  leftOut: (request: LeftOutRequest) => Promise<boolean[]>
  close: () => void
}

/** Has the file system read in child processes, where a hanging disk holds up nothing else. */
export function createWalkClient(options: WalkClientOptions): WalkClient {
  const { directoryMs = 60_000, lookMs = 10_000 } = options
  const pool: Pool = new ProcessPool({
    spawner: options.spawner,
    worker: 'walk',
    size: options.processes ?? 3,
    memoryLimit: 512 * MIB,
    recycleAbove: 256 * MIB,
    idleMs: 30_000,
  })
  const look = async <Reply>(request: WalkRequest) => {
    const answer = await pool.ask({ request, deadlineMs: lookMs, priority: () => 'urgent' })
    // The worker answers each kind of request with its own kind of reply.
    return answer.ok ? (answer.reply as Reply) : ({ ok: false, problem: 'folder_timeout' } as const)
  }
  return {
    walk: (walk, signal, isKnown) =>
      walkThrough(pool, { ...walk }, { deadlineMs: directoryMs, signal, isKnown }),
    check: (path) => look<PathCheck>({ kind: 'check', path }),
    list: (path) => look<DirectoryList>({ kind: 'list', path }),
    stat: async (paths) => {
      const answer = await look<FileLooks>({ kind: 'stat', paths })
      return answer.ok ? answer.looks : paths.map(() => ({ state: 'unknown' }))
    },
    leftOut: async (request) => {
      const answer = await look<LeftOut>({ kind: 'leftOut', ...request })
      return answer.ok ? answer.leftOut : request.paths.map(() => false)
    },
    close: () => pool.close(),
  }
}

type Pool = ProcessPool<WalkRequest, WalkReply | PathCheck | DirectoryList | FileLooks | LeftOut, WalkEvent>

interface WalkThrough {
  deadlineMs: number
  signal: AbortSignal | undefined
  isKnown: ((told: WalkDigest) => boolean) | undefined
}

/** Turns the pool's events into a generator: an event is done with when the next one is asked for. */
async function* walkThrough(
  pool: Pool,
  options: WalkOptions,
  { deadlineMs, signal, isKnown }: WalkThrough,
): AsyncGenerator<WalkBatch, WalkSummary, void> {
  const leaving = new AbortController()
  let arrived = Promise.withResolvers<WalkBatch | null>()
  let release = () => {}
  const walking = pool.ask({
    request: { kind: 'walk', withDigests: isKnown !== undefined, ...options },
    deadlineMs,
    signal: signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal,
    onEvent: async (event) => {
      if ('digest' in event) return isKnown?.(event) ?? false
      return new Promise<boolean>((resolve) => {
        release = () => resolve(false)
        arrived.resolve(event)
      })
    },
  })
  // The end, good or bad, is waited for below; here it only wakes the loop.
  walking.then(
    () => arrived.resolve(null),
    () => arrived.resolve(null),
  )
  try {
    for (let batch = await arrived.promise; batch; batch = await arrived.promise) {
      arrived = Promise.withResolvers()
      signal?.throwIfAborted()
      yield batch
      release()
    }
    return summaryOf(await walking)
  } finally {
    leaving.abort()
    release()
    // Left early: the refusal of the walk itself is expected.
    walking.catch(() => {})
  }
}

function summaryOf(answer: Awaited<ReturnType<Pool['ask']>>): WalkSummary {
  if (!answer.ok) {
    const reason = answer.failure === 'worker_timeout' ? 'folder_timeout' : 'worker_crashed'
    throw new WalkError(reason, answer.detail)
  }
  const { reply } = answer
  if (!reply.ok) throw new WalkError(reply.problem, 'the folder cannot be walked through')
  if (!('summary' in reply)) throw new TypeError('a walk answered with something else')
  return reply.summary
}
