import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { Refusal } from '../../lib/refusal.ts'
import { HEAD_BYTES, judge } from './content.ts'
import type { HeldFiles } from './held-files.ts'
import { LOOK_EVERY_BYTES, type UploadLimits } from './limits.ts'

/** What a sender says of a file before it comes. */
export interface Announced {
  readonly name: string
  /** bytes */
  readonly size: number
  /** when it was last changed where it comes from, epoch ms */
  readonly modified: number | null
}

/** A file that arrives. One that is not sealed leaves nothing behind once it is closed. */
export interface Incoming {
  /** bytes announced */
  readonly size: number
  /** Throws `Refusal` as soon as it is known that the file will not be taken; errors of the file system where it can't be written. */
  write(bytes: Uint8Array): Promise<void>
  /** Puts all that has come onto the medium, and keeps it. Throws `Refusal`: `invalid` where that is not all of it. */
  seal(): Promise<Sealed>
  /** Forgets the file, sealed or not. */
  discard(): Promise<void>
  /** Forgets what has come of a file that was not sealed. */
  close(): Promise<void>
}

/** A file that has arrived whole. */
export interface Sealed {
  fileKey: string
  /** as it may be called in a folder */
  fileName: string
  mime: string
  sizeBytes: number
  /** SHA-256, hex */
  contentHash: string
}

interface IncomingNeeds {
  files: HeldFiles
  limits: UploadLimits
}

/** Begins to take a file. Throws `Refusal` where there is no room for it. */
export async function createIncoming(
  { files, limits }: IncomingNeeds,
  { name, size, modified }: Announced,
): Promise<Incoming> {
  const requireRoom = async (bytes: number) => {
    if ((await files.freeBytes()) - bytes < limits.freeBytes) throw noRoom()
  }
  await requireRoom(size)
  const { key, handle } = await files.create()
  const hash = createHash('sha256')
  let head = new Uint8Array(0)
  let judged: ReturnType<typeof judge> = null
  let come = 0
  let looked = 0
  let sealed: Sealed | null = null

  function look(bytes: Uint8Array, isAll: boolean): void {
    if (judged) return
    head = Buffer.concat([head, bytes.subarray(0, HEAD_BYTES - head.length)])
    if (head.length < HEAD_BYTES && !isAll) return
    judged = judge(head, name)
    if (!judged) throw new Refusal('invalid', { reason: 'upload_kind' })
  }

  return {
    size,
    async write(bytes) {
      come += bytes.length
      if (come > size) throw incomplete()
      look(bytes, false)
      hash.update(bytes)
      await writeAll(handle, bytes).catch(toNoRoom)
      if (come - looked < LOOK_EVERY_BYTES) return
      looked = come
      await requireRoom(size - come)
    },
    async seal() {
      if (come !== size) throw incomplete()
      look(new Uint8Array(0), true)
      // `look` throws where it is nothing
      const { mime, fileName } = judged ?? { mime: '', fileName: '' }
      await handle.sync().catch(toNoRoom)
      await handle.close()
      const fileKey = await files.keep(key, fileName, modified)
      sealed = { fileKey, fileName, mime, sizeBytes: size, contentHash: hash.digest('hex') }
      return sealed
    },
    async discard() {
      if (sealed) await files.remove(sealed.fileKey)
      else await drop(files, key, handle)
    },
    async close() {
      if (!sealed) await drop(files, key, handle)
    },
  }
}

const noRoom = () => new Refusal('unavailable', { reason: 'upload_no_room' })

/** A disk that others filled meanwhile. */
function toNoRoom(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : null
  throw code === 'ENOSPC' || code === 'EDQUOT' ? noRoom() : error
}

const incomplete = () => new Refusal('invalid', { reason: 'upload_incomplete' })

async function drop(files: HeldFiles, key: string, handle: FileHandle): Promise<void> {
  // closed already where sealing it failed half-way
  await handle.close().catch(() => undefined)
  await files.drop(key)
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done)
    done += bytesWritten
  }
}
