import { createHash } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  futimesSync,
  lstatSync,
  openSync,
  readSync,
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
  READ,
} from '../lib/open-inside.ts'
import { giveName, MOST_ALIKE } from './give-name.ts'
import type { PlaceProblem, PlaceReply, WalkRequest } from './walk-messages.ts'
import {
  codeOf,
  MAKE,
  partialName,
  removeQuietly,
  setOwnerAndMode,
  syncDirectory,
  writeProblem,
} from './write-beside.ts'

const CHUNK_BYTES = 2 ** 20
/** How often is told that it goes on, milliseconds. */
const TELL_MS = 1000

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
  const partial = join(opened.place, partialName(contentHash))
  const known = await findSame(work)
  if (known !== null) {
    rmSync(partial, { force: true })
    syncDirectory(opened)
    return known
  }
  try {
    requireInside(opened, folder)
    rmSync(partial, { force: true })
    await copy(work, partial)
    onStep('copied')
    requireInside(opened, folder)
    const given = giveName(partial, opened.place, name)
    if (given === null) throw new PlaceError('folder_write_failed')
    onStep('named')
    rmSync(partial, { force: true })
    onStep('tidied')
    syncDirectory(opened)
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

function requireInside(opened: OpenedDirectory, folder: EnclosedFile['folder']): void {
  if (!isStillInside(opened, { path: folder.path, folder })) throw new PlaceError('root_replaced')
}
