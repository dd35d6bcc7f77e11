import type { SidecarFields } from '../domain/media/sidecar-fields.ts'
import type { EnclosedFile } from '../lib/open-inside.ts'
import type { DirectorySize, DiskSpace } from './measure.ts'
import { ProcessPool } from './process-pool.ts'
import type { Spawner } from './spawn.ts'
import { Turns } from './turns.ts'
import type { WalkEvent } from './walk.ts'
import type {
  DirectoryList,
  FileLook,
  FileLooks,
  FilePart,
  LeftOut,
  LeftOutRequest,
  OriginalLook,
  PathCheck,
  PathProblem,
  PlaceEvent,
  PlaceReply,
  SidecarReply,
  WalkAnswer,
  WalkBatch,
  WalkDigest,
  WalkOptions,
  WalkReply,
  WalkRequest,
  WalkSummary,
} from './walk-messages.ts'

const MIB = 2 ** 20

export type WalkClientOptions = {
  spawner: Spawner
  /** Walks at a time; what somebody waits for has processes of its own. By default two for scans, and one for looks by scans. */
  processes?: number
  /** Longest time for one directory, milliseconds: sleeping disks and NAS boxes take ten seconds to wake. */
  directoryMs?: number
  /** Longest time for all that is no walk and no `read`, milliseconds: somebody is waiting. */
  lookMs?: number
  /** Longest time for a part of a file, or for writing a sidecar, milliseconds. */
  readMs?: number
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
  /** How much lies in a directory itself, of files of this name alone where it is given; null where its disk does not answer. */
  measure: (path: string, name?: string) => Promise<DirectorySize | null>
  /** The disk a path lies on and the room it has. */
  space: (path: string) => Promise<DiskSpace>
  /** Opens a file of a folder, never by a link, and tells in which state it is. */
  look: (file: EnclosedFile) => Promise<OriginalLook>
  /** A part of a file that was looked at, for as long as it stays in that state. */
  read: (file: EnclosedFile, part: Omit<ReadRequest, 'kind' | 'file'>) => Promise<FilePart>
  /** Writes into a photo's sidecar, beside it; what it says otherwise stays. Whole or not at all, and done twice as once. */
  writeSidecar: (file: EnclosedFile, fields: SidecarFields) => Promise<SidecarReply>
  /** Puts a copy of a file of the data directory into a folder, never over what is there; whole or not at all, and done twice as once. */
  place: (file: Omit<PlaceRequest, 'kind'>) => Promise<PlaceReply>
  close: () => void
}

type PlaceRequest = Extract<WalkRequest, { kind: 'place' }>
type ReadRequest = Extract<WalkRequest, { kind: 'read' }>

/** Looks at a time: each folder's wait for each other, so as many disks may be silent before others have to wait. */
const LOOK_PROCESSES = 3

/**
 * One more than scans at a time: a scan under way, which holds its walk's process, may have to walk into its folder to find out
 * whether it is still the one it was. Two such scans would wait for each other for ever.
 */
const WALK_PROCESSES = 3

/** Has the file system read in child processes, where a hanging disk holds up nothing else. */
export function createWalkClient(options: WalkClientOptions): WalkClient {
  const { directoryMs = 60_000, lookMs = 10_000, readMs = 30_000 } = options
  const pool = poolOf(options.spawner, options.processes ?? WALK_PROCESSES)
  const looks = poolOf(options.spawner, LOOK_PROCESSES)
  // apart from looks, which nobody waits for as long as a video is copied
  const placings = poolOf<PlaceEvent>(options.spawner, 1)
  const turns = new Turns()
  const look = async <Reply>(place: string, request: WalkRequest, deadlineMs = lookMs) => {
    const answer = await turns.take(place, () => looks.ask({ request, deadlineMs: () => deadlineMs }))
    // The worker answers each kind of request with its own kind of reply.
    return answer.ok ? (answer.reply as Reply) : ({ ok: false, problem: 'folder_timeout' } as const)
  }
  return {
    walk: (walk, signal, isKnown) =>
      walkThrough(pool, { ...walk }, { deadlineMs: directoryMs, signal, isKnown }),
    check: (path) => look<PathCheck>(path, { kind: 'check', path }),
    list: (path) => look<DirectoryList>(path, { kind: 'list', path }),
    stat: async (paths) => {
      const answer = await look<FileLooks>(paths.join('\n'), { kind: 'stat', paths })
      return answer.ok ? answer.looks : paths.map(() => ({ state: 'unknown' }))
    },
    leftOut: async (request) => {
      const answer = await look<LeftOut>(request.root, { kind: 'leftOut', ...request })
      return answer.ok ? answer.leftOut : request.paths.map(() => false)
    },
    measure: async (path, name) => {
      const request = { kind: 'measure', path, ...(name !== undefined && { name }) } as const
      const answer = await look<DirectorySize>(path, request)
      return answer.ok ? answer : null
    },
    space: (path) => look<DiskSpace>(path, { kind: 'space', path }),
    look: (file) => look<OriginalLook>(file.folder.path, { kind: 'look', file }),
    read: (file, part) => look<FilePart>(file.folder.path, { kind: 'read', file, ...part }, readMs),
    writeSidecar: (file, fields) =>
      look<SidecarReply>(file.folder.path, { kind: 'writeSidecar', file, fields }, readMs),
    place: async (file) => {
      const answer = await placings.ask({
        request: { kind: 'place', ...file },
        deadlineMs: () => readMs,
        onEvent: async () => true,
      })
      // The worker answers each kind of request with its own kind of reply.
      return answer.ok ? (answer.reply as PlaceReply) : { ok: false, problem: 'folder_timeout' }
    },
    close: () => {
      pool.close()
      looks.close()
      placings.close()
    },
  }
}

type Pool<Event = WalkEvent> = ProcessPool<WalkRequest, WalkAnswer, Event>

const poolOf = <Event = WalkEvent>(spawner: Spawner, size: number): Pool<Event> =>
  new ProcessPool({
    spawner,
    worker: 'walk',
    size,
    memoryLimit: 512 * MIB,
    recycleAbove: 256 * MIB,
    idleMs: 30_000,
  })

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
    deadlineMs: () => deadlineMs,
    isOnce: true,
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
  // The worker answers each kind of request with its own kind of reply.
  const reply = answer.reply as WalkReply
  if (!reply.ok) throw new WalkError(reply.problem, 'the folder cannot be walked through')
  return reply.summary
}
