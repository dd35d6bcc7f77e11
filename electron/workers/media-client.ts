import { availableParallelism } from 'node:os'
import { type PictureKind, type PreviewRecipe, RECIPES } from '../domain/media/pictures.ts'
import type {
  CleanReply,
  DecoderReply,
  InspectReply,
  LookedAtFile,
  MediaEvent,
  MediaFailure,
  MediaRequest,
  RenderReply,
} from './media-messages.ts'
import type { Priority } from './priority.ts'
import { ProcessPool } from './process-pool.ts'
import type { Spawner } from './spawn.ts'

const MIB = 2 ** 20

/** Enough for a progressive JPEG of 200 megapixels and an interlaced PNG of 100. */
const MEMORY_LIMIT = 736 * MIB

/** What a process holds at ordinary pictures, at most times. */
const USUAL_MEMORY = 96 * MIB

/** How much two decoders may take between two of their beats, before one of them can be ended. */
const HEADROOM = 256 * MIB

export type MediaClientOptions = {
  spawner: Spawner
  /** How many files are worked on at a time; by default one fewer than the machine has processors. */
  processes?: number
  /** Longest time for one file's metadata, milliseconds. */
  inspectMs?: number
  /** Longest time without a byte while a file is read for its pictures, milliseconds: sleeping disks take ten seconds to wake. */
  readMs?: number
  /** Longest time for one file's pictures, once it was read, milliseconds: the largest AVIF takes some ten seconds on a slow machine. */
  renderMs?: number
  /** Most memory (bytes) that one process may hold. */
  memoryLimit?: number
}

type MediaOptions = {
  signal?: AbortSignal
  /** asked for whenever a process becomes free, so that it may rise while the request waits */
  priority?: () => Priority
  /** called when a process begins to work on it */
  onBegin?: () => void
}

/** The parent's side of the media workers. */
export type MediaClient = {
  /** Reads a file's metadata; no decoding. */
  inspect: (file: LookedAtFile, mtimeMs: number, options?: MediaOptions) => Promise<InspectReply>
  /** Decodes a file once and makes the wanted picture in the cache, and others that come along. */
  render: (
    file: LookedAtFile,
    cacheDirectory: string,
    options: MediaOptions & { picture: PictureKind; preview?: PreviewRecipe; anew?: boolean },
  ) => Promise<RenderReply>
  /** Makes the picture in its own size in the cache, without anything else that the file says. */
  clean: (file: LookedAtFile, cacheDirectory: string, options?: MediaOptions) => Promise<CleanReply>
  /** What decodes, by its versions; stays the same as long as the program runs. Throws where no process can tell. */
  decoder: () => Promise<string>
  /** Has another number of files worked on at a time, from now on: what is begun is finished. */
  resize: (processes: number) => void
  /** Ends all processes at once. */
  close: () => void
}

/**
 * Has files read and decoded in child processes. A file that crashes, hangs or bloats its process is answered with
 * that as its reason; all others go on. Methods throw only when aborted or closed (AbortError), where no
 * process can be started, or for a fault in the worker's code.
 */
export function createMediaClient(options: MediaClientOptions): MediaClient {
  const { inspectMs = 20_000, readMs = 20_000, renderMs = 90_000, memoryLimit = MEMORY_LIMIT } = options
  const size = Math.max(1, options.processes ?? availableParallelism() - 1)
  // One large picture at a time: with two processes all of Mantel stays below 1.5 GB. Further ones bring room for ordinary pictures.
  const budgetOf = (processes: number) => memoryLimit - HEADROOM + Math.max(0, processes - 2) * USUAL_MEMORY
  const pool = new ProcessPool<
    MediaRequest,
    InspectReply | RenderReply | CleanReply | DecoderReply,
    MediaEvent
  >({
    spawner: options.spawner,
    worker: 'media',
    size,
    memoryLimit,
    memoryBudget: budgetOf(size),
    recycleAbove: Math.min(256 * MIB, memoryLimit),
    idleMs: 30_000,
  })
  const ask = async <Reply>(request: MediaRequest, deadlineMs: number, media: MediaOptions) => {
    let isRead = false
    const answer = await pool.ask({
      request,
      deadlineMs: () => (isRead ? deadlineMs : readMs),
      onEvent: async (event) => {
        isRead = event === 'read'
        return true
      },
      ...media,
      onBegin: () => {
        // it may be begun twice
        isRead = request.kind !== 'render' && request.kind !== 'clean'
        media.onBegin?.()
      },
    })
    if (!answer.ok && answer.failure === 'worker_timeout' && !isRead)
      return failure('folder_timeout', answer.detail)
    if (!answer.ok) return failure(answer.failure, answer.detail)
    // The worker answers each kind of request with its own kind of reply.
    return answer.reply as Reply
  }
  let decoder: Promise<string> | undefined
  const askDecoder = async () => {
    const request = { kind: 'decoder' } as const
    const reply = await ask<DecoderReply>(request, inspectMs, { priority: () => 'urgent' })
    if (!reply.ok) throw new Error(`No worker could tell what decodes: ${reply.detail}`)
    return reply.decoder
  }
  return {
    inspect: (file, mtimeMs, media = {}) =>
      ask<InspectReply>({ kind: 'inspect', file, mtimeMs }, inspectMs, media),
    render: (file, cacheDirectory, { picture, preview = RECIPES.preview, anew = false, ...media }) =>
      ask<RenderReply>({ kind: 'render', file, cacheDirectory, picture, preview, anew }, renderMs, media),
    clean: (file, cacheDirectory, media = {}) =>
      ask<CleanReply>({ kind: 'clean', file, cacheDirectory }, renderMs, media),
    resize: (processes) => pool.resize(processes, budgetOf(processes)),
    decoder() {
      decoder ??= askDecoder().catch((error: unknown) => {
        decoder = undefined
        throw error
      })
      return decoder
    },
    close: () => pool.close(),
  }
}

function failure(reason: MediaFailure['reason'], detail: string): MediaFailure {
  return { ok: false, reason, detail }
}
