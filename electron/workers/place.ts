import { createHash } from 'node:crypto'
import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  futimesSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { numbered } from '../lib/file-names.ts'
import {
  type EnclosedFile,
  isStillInside,
  type OpenedDirectory,
  openDirectoryInside,
} from '../lib/open-inside.ts'
import type { PlaceProblem, PlaceReply, WalkRequest } from './walk-messages.ts'

const CHUNK_BYTES = 2 ** 20
/** How often is told that it goes on, milliseconds. */
const TELL_MS = 1000
/** Files of one name in one folder; beyond it something else is wrong. */
const MOST_ALIKE = 10_000

/** No link is followed and no pipe waited for. Windows has neither flag. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const MAKE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)

type Placing = Extract<WalkRequest, { kind: 'place' }>

/** What was done when this was called; tests stop the process there. */
type Step = 'copied' | 'named' | 'tidied'

/** Stops the placing for a reason that is told. */
class PlaceError extends Error {
  readonly problem: PlaceProblem

  constructor(problem: PlaceProblem) {
    super(problem)
    this.problem = problem
  }
}

/**
 * Puts a copy of a file of the data directory into a folder, under its name or, where that is taken, a numbered one: what is there is never
 * touched. The copy stands in a hidden file first, is compared with the hash, and gets its name when it is on the medium. A file of that name
 * and content is taken for the copy: that of a placing that was broken off, which is done twice as once.
 */
export async function placeFile(
  placing: Placing,
  tell: () => Promise<unknown> = async () => undefined,
  onStep: (step: Step) => void = () => {},
): Promise<PlaceReply> {
  let source: number | undefined
  let opened: OpenedDirectory | undefined
  try {
    source = openSource(placing)
    opened = openFolder(placing)
    return { ok: true, name: await place({ placing, source, opened, tell, onStep }) }
  } catch (error) {
    return { ok: false, problem: error instanceof PlaceError ? error.problem : writeProblem(error) }
  } finally {
    if (source !== undefined) closeSync(source)
    if (opened) closeSync(opened.descriptor)
  }
}

function openSource({ path, sizeBytes }: Placing): number {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, READ)
    if (fstatSync(descriptor).size === sizeBytes) return descriptor
  } catch {
    // told below, as one of another size
  }
  if (descriptor !== undefined) closeSync(descriptor)
  throw new PlaceError('upload_damaged')
}

/** Where another volume stands at the folder's path, what is put there would be hidden when the right one is back. */
function openFolder({ folder }: Placing): OpenedDirectory {
  let opened: OpenedDirectory
  try {
    opened = openDirectoryInside({ path: folder.path, folder })
  } catch (error) {
    const code = codeOf(error)
    throw new PlaceError(code === 'ENOENT' || code === 'ENOTDIR' ? 'root_missing' : 'folder_unreadable')
  }
  const { dev, ino } = opened.status
  if (String(dev) === folder.device && String(ino) === folder.inode) return opened
  closeSync(opened.descriptor)
  throw new PlaceError('root_replaced')
}

interface Work {
  placing: Placing
  source: number
  opened: OpenedDirectory
  tell: () => Promise<unknown>
  onStep: (step: Step) => void
}

async function place(work: Work): Promise<string> {
  const { placing, opened, onStep } = work
  const { name, folder, contentHash } = placing
  // hidden, so that no walk takes it up; always of the same name, so that one left by a crash is not left for ever
  const partial = join(opened.place, `.mantel-${contentHash.slice(0, 16)}.partial`)
  const known = await findSame(work)
  if (known !== null) {
    rmSync(partial, { force: true })
    syncFolder(opened)
    return known
  }
  try {
    requireInside(opened, folder)
    rmSync(partial, { force: true })
    await copy(work, partial)
    onStep('copied')
    requireInside(opened, folder)
    const given = giveName(partial, opened, name)
    onStep('named')
    rmSync(partial, { force: true })
    onStep('tidied')
    syncFolder(opened)
    return given
  } catch (error) {
    removeQuietly(partial)
    throw error
  }
}

/** The file that is this one already, under its name or a numbered one; null where the next name is free. */
async function findSame({ placing, opened, tell }: Work): Promise<string | null> {
  for (let number = 1; number <= MOST_ALIKE; number += 1) {
    const name = numbered(placing.name, number)
    const path = join(opened.place, name)
    const status = lstatSync(path, { throwIfNoEntry: false })
    if (!status) return null
    if (!status.isFile() || status.size !== placing.sizeBytes) continue
    const descriptor = openSync(path, READ)
    try {
      if ((await hashOf(descriptor, tell)) !== placing.contentHash) continue
      fsyncSync(descriptor)
      return name
    } finally {
      closeSync(descriptor)
    }
  }
  throw new PlaceError('folder_write_failed')
}

async function copy({ placing, source, opened, tell }: Work, partial: string): Promise<void> {
  const descriptor = openSync(partial, MAKE, 0o600)
  try {
    const hash = await hashOf(source, tell, (bytes) => writeAll(descriptor, bytes))
    if (hash !== placing.contentHash) throw new PlaceError('upload_damaged')
    const { mtimeMs } = fstatSync(source)
    futimesSync(descriptor, mtimeMs / 1000, mtimeMs / 1000)
    setOwnerAndMode(descriptor, opened.status)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** SHA-256 of an open file, hex; each part is handed on. */
async function hashOf(
  descriptor: number,
  tell: () => Promise<unknown>,
  take: (bytes: Uint8Array) => void = () => {},
): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  let told = performance.now()
  for (let done = 0; ; ) {
    const count = readSync(descriptor, buffer, 0, buffer.length, done)
    if (count === 0) return hash.digest('hex')
    const bytes = buffer.subarray(0, count)
    hash.update(bytes)
    take(bytes)
    done += count
    if (performance.now() - told < TELL_MS) continue
    await tell()
    told = performance.now()
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
}

/** As the folder: read by whom it is, and of its owner where the program runs as root for people who are not. */
function setOwnerAndMode(descriptor: number, { mode, uid, gid }: BigIntStats): void {
  try {
    if (process.geteuid?.() === 0) fchownSync(descriptor, Number(uid), Number(gid))
    fchmodSync(descriptor, (Number(mode) & 0o666) | 0o600)
  } catch {
    // Disks and shares without owners and modes refuse both.
  }
}

/** Gives the copy the first name that is free: made anew by the file system, which refuses one that is taken. */
function giveName(partial: string, { place: directory }: OpenedDirectory, name: string): string {
  for (let number = 1; number <= MOST_ALIKE; number += 1) {
    const given = numbered(name, number)
    if (isGiven(partial, join(directory, given))) return given
  }
  throw new PlaceError('folder_write_failed')
}

/** Whether it has that name now; false where the name is taken. */
function isGiven(partial: string, path: string): boolean {
  try {
    linkSync(partial, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    return isGivenWithoutLinks(partial, path)
  }
}

/** For disks that give a file one name alone (FAT, many shares): the name is made as an empty file of our own, whose place the copy takes. */
function isGivenWithoutLinks(partial: string, path: string): boolean {
  let descriptor: number
  try {
    descriptor = openSync(path, MAKE, 0o600)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
  const made = fstatSync(descriptor, { bigint: true })
  closeSync(descriptor)
  const now = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  // written into meanwhile by another program: it is that one's now
  if (now?.ino !== made.ino || now.size !== 0n) return false
  renameSync(partial, path)
  return true
}

function requireInside(opened: OpenedDirectory, folder: EnclosedFile['folder']): void {
  if (!isStillInside(opened, { path: folder.path, folder })) throw new PlaceError('root_replaced')
}

function syncFolder({ descriptor }: OpenedDirectory): void {
  if (process.platform !== 'win32') fsyncSync(descriptor)
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The disk that failed is the disk it lies on.
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null)

function writeProblem(error: unknown): PlaceProblem {
  const code = codeOf(error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'folder_read_only'
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'folder_full' : 'folder_write_failed'
}
