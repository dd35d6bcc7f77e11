import { createHash } from 'node:crypto'
import {
  type BigIntStats,
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sidecarText } from '../domain/media/sidecar.ts'
import { XmpError } from '../domain/media/xmp-document.ts'
import {
  type EnclosedFile,
  isStillInside,
  type OpenedDirectory,
  openDirectoryInside,
  openInside,
  openProblem,
  READ,
} from '../lib/open-inside.ts'
import type { SidecarProblem, SidecarReply, WalkRequest } from './walk-messages.ts'
import {
  MAKE,
  partialName,
  removeQuietly,
  setOwnerAndMode,
  syncDirectory,
  writeProblem,
} from './write-beside.ts'

/** A larger one holds something else than what is said of a photo. */
const MOST_BYTES = 8 * 2 ** 20

/** Stops the writing for a reason that is told. */
class SidecarError extends Error {
  readonly problem: SidecarProblem

  constructor(problem: SidecarProblem) {
    super(problem)
    this.problem = problem
  }
}

/**
 * Writes into the sidecar of a photo, `<name>.<ext>.xmp` beside it; the photo's file is only looked at. The text stands in another file first
 * and takes the sidecar's place when it is on the medium, so a sidecar is the old one or the new one, whenever this is broken off.
 */
export function writeSidecar({ file, fields }: Extract<WalkRequest, { kind: 'writeSidecar' }>): SidecarReply {
  try {
    const original = reading(() => statusOf(file))
    const directory: EnclosedFile = { path: dirname(file.path), folder: file.folder }
    const opened = reading(() => openDirectoryInside(directory))
    try {
      const sidecar = reading(() => readSidecar(opened, basename(file.path)))
      const text = newText(sidecar.text, fields)
      if (text !== sidecar.text) replace({ opened, directory, original }, sidecar, text)
      return { ok: true }
    } finally {
      closeSync(opened.descriptor)
    }
  } catch (error) {
    if (error instanceof SidecarError) return { ok: false, problem: error.problem }
    throw error
  }
}

function reading<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw error instanceof SidecarError ? error : new SidecarError(openProblem(error))
  }
}

function statusOf(file: EnclosedFile): BigIntStats {
  const { descriptor, status } = openInside(file)
  closeSync(descriptor)
  return status
}

interface Sidecar {
  name: string
  /** null where there is none yet */
  text: string | null
  status: BigIntStats | null
}

/** The sidecar there is, also one whose ending is in capitals. One that is a link is not read, as it may lead anywhere. */
function readSidecar({ place }: OpenedDirectory, name: string): Sidecar {
  for (const ending of ['.xmp', '.XMP']) {
    const path = join(place, name + ending)
    const known = lstatSync(path, { bigint: true, throwIfNoEntry: false })
    if (!known) continue
    if (known.isSymbolicLink()) throw new SidecarError('file_is_link')
    if (!known.isFile() || known.size > MOST_BYTES) throw new SidecarError('sidecar_unknown')
    const descriptor = openSync(path, READ)
    try {
      const status = fstatSync(descriptor, { bigint: true })
      return { name: name + ending, text: decoded(readFileSync(descriptor)), status }
    } finally {
      closeSync(descriptor)
    }
  }
  return { name: `${name}.xmp`, text: null, status: null }
}

/** Only UTF-8 is written, so nothing else is taken. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new SidecarError('sidecar_unknown')
  }
}

function newText(existing: string | null, fields: Parameters<typeof sidecarText>[1]): string {
  try {
    return sidecarText(existing, fields)
  } catch (error) {
    if (error instanceof XmpError) throw new SidecarError('sidecar_unknown')
    throw error
  }
}

interface Where {
  opened: OpenedDirectory
  directory: EnclosedFile
  /** the photo's file: a new sidecar is of the same owner, and may be read by the same */
  original: BigIntStats
}

function replace({ opened, directory, original }: Where, { name, status }: Sidecar, text: string): void {
  const partial = join(opened.place, partialName(createHash('sha256').update(name).digest('hex')))
  const target = join(opened.place, name)
  try {
    if (!isStillInside(opened, directory)) throw new SidecarError('file_is_link')
    rmSync(partial, { force: true })
    writeAndSync(partial, text, status ?? original)
    if (!isStillInside(opened, directory)) throw new SidecarError('file_is_link')
    // written meanwhile by another program: what that one said must not be lost
    if (!isSame(status, lstatSync(target, { bigint: true, throwIfNoEntry: false }) ?? null))
      throw new SidecarError('file_changed')
    renameSync(partial, target)
    syncDirectory(opened)
  } catch (error) {
    removeQuietly(partial)
    throw error instanceof SidecarError ? error : new SidecarError(writeProblem(error))
  }
}

function writeAndSync(path: string, text: string, like: BigIntStats): void {
  const descriptor = openSync(path, MAKE, 0o600)
  try {
    writeFileSync(descriptor, text)
    setOwnerAndMode(descriptor, like)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const isSame = (a: BigIntStats | null, b: BigIntStats | null) =>
  a?.ino === b?.ino && a?.size === b?.size && a?.mtimeNs === b?.mtimeNs
