import { createHash } from 'node:crypto'
import { type BigIntStats, closeSync, fstatSync, readSync } from 'node:fs'
import { bytesOfFile, type FileBytes } from '../domain/media/file-bytes.ts'
import { SNIFF_BYTES } from '../domain/media/sniff.ts'
import { isStillInside, openInside } from '../lib/open-inside.ts'
import { MediaError } from './media-failure.ts'
import type { LookedAtFile, MediaEvent } from './media-messages.ts'
import { mtimeMsOf } from './walk.ts'

/** Files up to this size are read once, for the hash and the decoder alike; larger ones are read twice. */
const WHOLE_FILE_BYTES = 64 * 2 ** 20

/** How much is read at a time. */
const CHUNK_BYTES = 2 ** 20

/** A file of a folder, opened: everything is taken from this one descriptor, whatever its path leads to meanwhile. */
export type MediaFile = FileBytes & {
  /** For its name; not to be opened again. */
  path: string
  descriptor: number
  /** Throws `file_is_link` where the path does not lead to the opened file any more. */
  confirm: () => void
}

/**
 * Opens a file, has it worked on, and closes it. What comes of it is noted with the size and time the file is known by; of any
 * other content it would be believed for as long as the known one is back in its place.
 *
 * @throws what `openInside` and `work` throw, and `file_changed` where it is not, or no more, the file it was
 */
export async function withFile<Result>(
  file: LookedAtFile,
  work: (opened: MediaFile) => Promise<Result>,
): Promise<Result> {
  const opened = openInside(file)
  const confirm = () => {
    if (!isStillInside(opened, file)) throw new MediaError('file_is_link', 'replaced while it was read')
  }
  const { descriptor } = opened
  try {
    requireSame(opened.status, file)
    return await work({ ...bytesOfFile(opened), path: file.path, descriptor, confirm }).finally(() =>
      requireSame(fstatSync(descriptor, { bigint: true }), file),
    )
  } finally {
    closeSync(descriptor)
  }
}

function requireSame(status: BigIntStats, { sizeBytes, mtimeMs }: LookedAtFile): void {
  if (Number(status.size) === sizeBytes && mtimeMsOf(status) === mtimeMs) return
  throw new MediaError('file_changed', 'another size or time than it was known by')
}

/** What a decoder takes: a file's bytes, or where they are too many a path (to be confirmed once it was decoded). */
export type Input = Buffer | string

/** Tells how far it has come: what is slow is not silent, and what is silent after that is not the disk. */
export type Telling = (event: MediaEvent) => Promise<unknown>

/** How often is told that bytes still come, milliseconds. */
const TELL_MS = 1000

/** Reads a file for a decoder; `head` is enough to tell its kind. */
export async function readInput(
  file: MediaFile,
  tell: Telling,
): Promise<{ input: Input; contentHash: string; head: Uint8Array }> {
  const isWhole = file.size <= WHOLE_FILE_BYTES
  const hash = createHash('sha256')
  const bytes = Buffer.alloc(isWhole ? file.size : CHUNK_BYTES)
  let head: Uint8Array | null = null
  let done = 0
  let told = performance.now()
  for (;;) {
    const start = isWhole ? done : 0
    const length = Math.min(CHUNK_BYTES, bytes.length - start, file.size - done)
    const count = length === 0 ? 0 : readSync(file.descriptor, bytes, start, length, done)
    // Shorter than it was when it was opened: what is there counts, as a decoder sees.
    if (count === 0) break
    const chunk = bytes.subarray(start, start + count)
    head ??= Uint8Array.from(chunk.subarray(0, SNIFF_BYTES))
    hash.update(chunk)
    done += count
    if (performance.now() - told < TELL_MS) continue
    await tell('reading')
    told = performance.now()
  }
  // Nothing waits for it to be heard.
  void tell('read')
  const input = isWhole ? bytes.subarray(0, done) : openedAs(file)
  return { input, contentHash: hash.digest('hex'), head: head ?? new Uint8Array(0) }
}

/** Linux opens what is open already by this path, whatever was put in the file's place. */
function openedAs({ descriptor, path }: MediaFile): string {
  return process.platform === 'linux' ? `/proc/self/fd/${descriptor}` : path
}
