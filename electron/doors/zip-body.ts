import type { ArchiveDescription } from '../api/archive.ts'
import { REASONS } from '../contract/reasons.ts'
import { type ZipEntry, ZipWriter, zipLength } from '../lib/zip.ts'
import { type OpenFile, readOn } from './file-body.ts'

/** Why one file of an archive can't be had; the others may be. */
export interface Lack {
  /** an English sentence, for the file in the archive that names what is missing */
  why: string
}

interface Had {
  file: OpenFile
  mime: string
}

/** Hands out an archive's files one after the other. What its methods throw ends the whole. */
export interface ArchiveFiles {
  open(photoId: number): Promise<Had | Lack>
  /** What keeps the file that was opened last from being gone on with; null while nothing does. */
  lackNow(): Lack | null
  /** Called with what went wrong when a file could not be read to its end. */
  onFailed(error: unknown): void
}

/** How many bytes an archive has; null where that is not known before its pictures are made. */
export function archiveLength({ entries }: ArchiveDescription): number | null {
  const known = entries.flatMap(({ name, size }) => (size === null ? [] : { name, size }))
  return known.length === entries.length ? zipLength(known) : null
}

/**
 * An archive's bytes, each read when it is taken: exactly as many as {@link archiveLength} tells. A file that can't be had, or
 * not to its end, is left out and named in a last file; where that does not fit into the room which is left, the archive ends with an error.
 */
export async function* archiveBytes(
  archive: ArchiveDescription,
  files: ArchiveFiles,
): AsyncGenerator<Uint8Array> {
  const { entries, noticeName } = archive
  const length = archiveLength(archive)
  const zip = new ZipWriter()
  const missing: string[] = []
  for (const entry of entries) {
    const lack = yield* oneFile(zip, entry, files)
    if (lack) missing.push(`${entry.name}: ${lack.why}`)
  }
  if (missing.length > 0) {
    const room = length === null ? Number.POSITIVE_INFINITY : zip.roomFor(noticeName, length)
    yield* notice(zip, noticeName, noticeOf(missing, room))
  }
  yield* zip.finish(length)
}

/** Of pictures that are made, by their kind. */
const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': '.jpg', 'image/webp': '.webp' }

async function* oneFile(
  zip: ZipWriter,
  entry: ArchiveDescription['entries'][number],
  files: ArchiveFiles,
): AsyncGenerator<Uint8Array, Lack | null> {
  const had = await files.open(entry.photoId)
  if ('why' in had) return had
  const { file, mime } = had
  const { size } = file
  try {
    // the archive's length was told
    if (entry.size !== null && size !== entry.size) return { why: REASONS.file_changed }
    const name = entry.size === null ? `${entry.name}${ENDINGS[mime] ?? ''}` : entry.name
    yield zip.begin({ name, size, date: entry.date })
    for (let position = 0; position < size; ) {
      const bytes = await readOn(file, position, size - 1).catch((error: unknown) => {
        files.onFailed(error)
        return undefined
      })
      const lack = files.lackNow() ?? lackOf(bytes)
      if (lack || !bytes) {
        zip.leaveOut()
        return lack
      }
      position += bytes.length
      yield zip.take(bytes)
    }
    yield zip.end()
    return null
  } finally {
    await file.close()
  }
}

function lackOf(bytes: Uint8Array | undefined): Lack | null {
  if (!bytes) return { why: REASONS.file_unreadable }
  return bytes.length === 0 ? { why: REASONS.file_changed } : null
}

function* notice(zip: ZipWriter, name: string, text: Uint8Array): Generator<Uint8Array> {
  const entry: ZipEntry = { name, size: text.length, date: hostTime() }
  yield zip.begin(entry)
  yield zip.take(text)
  yield zip.end()
}

/** Local wall clock of the host. */
function hostTime(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString()
}

/** What could not be had, as much of it as fits; at least how many. Throws where there is no room for that. */
function noticeOf(missing: readonly string[], room: number): Uint8Array {
  const head = `Not in this archive: ${missing.length}\n`
  const tail = '...\n'
  let left = room - head.length
  if (left < 0) throw new Error('There is no room to tell what is missing')
  const lines: string[] = []
  for (const [index, line] of missing.entries()) {
    const isLast = index === missing.length - 1
    const bytes = Buffer.byteLength(line) + 1
    if (bytes + (isLast ? 0 : tail.length) > left) {
      if (tail.length <= left) lines.push(tail)
      break
    }
    lines.push(`${line}\n`)
    left -= bytes
  }
  return Buffer.from(head + lines.join(''))
}
