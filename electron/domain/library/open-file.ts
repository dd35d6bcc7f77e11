import { open } from 'node:fs/promises'
import { type Enclosure, openProblem, READ } from '../../lib/open-inside.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import type { FileStamp } from '../../workers/walk-messages.ts'

/** A file of a photo on the host's disk. */
export interface PictureFile {
  /** absolute */
  path: string
  mime: string
  /** what it is called when saved */
  fileName: string
  /** without quotes; changes with the bytes */
  etag: string
  /** of a file in a folder, not in the cache: the folder, and the state the file was in when it was looked at */
  original: { folder: Enclosure; stamp: FileStamp } | null
}

/** An open file, to be closed by whoever has it. */
export interface OpenFile {
  /** bytes */
  readonly size: number
  /** Bytes from a place on: as many as asked for, fewer where the file ends or is another one by now. */
  read(position: number, length: number): Promise<Uint8Array>
  close(): Promise<void>
}

/**
 * Opens a file that {@link PictureFile} describes. A picture of the cache is opened here. A folder's disk may be a dead network share,
 * on which any call waits for ever and takes a thread along, so an original is read part by part by a worker that can be ended; nothing of it
 * stays open in between. Throws `Refusal` (`unavailable`) where it can't be opened.
 */
export async function openFile(
  walk: Pick<WalkClient, 'read'>,
  { path, original }: PictureFile,
): Promise<OpenFile> {
  if (original === null) return openCached(path)
  const { folder, stamp } = original
  return {
    size: stamp.size,
    async read(offset, length) {
      const part = await walk.read({ path, folder }, { stamp, offset, length })
      if (!part.ok) throw new Error(`${part.problem}: ${path}`)
      return part.bytes
    },
    close: async () => undefined,
  }
}

async function openCached(path: string): Promise<OpenFile> {
  const handle = await open(path, READ).catch((error: unknown) => {
    throw new Refusal('unavailable', { reason: openProblem(error) })
  })
  const status = await handle.stat().catch(() => undefined)
  if (!status?.isFile()) {
    await handle.close()
    throw new Refusal('unavailable', { reason: 'file_missing' })
  }
  return {
    size: status.size,
    async read(position, length) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    },
    close: () => handle.close(),
  }
}
