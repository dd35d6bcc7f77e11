import { readSync } from 'node:fs'
import type { OpenedFile } from '../../lib/open-inside.ts'

/** Small reads are served from a window of this many bytes, one `read` each. */
const WINDOW_BYTES = 64 * 1024

/** An open file, read at any place, at most as far as asked for. Past its end there are simply fewer bytes. */
export type FileBytes = {
  size: number
  /** The bytes from `offset` on: `length` of them, fewer at the file's end, none past it. */
  at: (offset: number, length: number) => Uint8Array
}

/** An opened file as {@link FileBytes}. Synchronous, since it is used where one file at a time is worked on. */
export function bytesOfFile({ descriptor, status }: OpenedFile): FileBytes {
  const size = Number(status.size)
  let window = new Uint8Array(0)
  let windowStart = 0
  const at = (offset: number, length: number): Uint8Array => {
    const end = Math.min(offset + length, size)
    if (offset < 0 || end <= offset) return new Uint8Array(0)
    if (end - offset > WINDOW_BYTES) return readFully(descriptor, offset, end - offset)
    if (offset < windowStart || end > windowStart + window.length) {
      window = readFully(descriptor, offset, Math.min(WINDOW_BYTES, size - offset))
      windowStart = offset
    }
    return window.subarray(offset - windowStart, end - windowStart)
  }
  return { size, at }
}

/** Bytes that are already in memory, as a file. */
export function bytesOf(bytes: Uint8Array): FileBytes {
  return {
    size: bytes.length,
    at: (offset, length) => (offset < 0 ? new Uint8Array(0) : bytes.subarray(offset, offset + length)),
  }
}

/** Reads until `length` bytes are there or the file ends: one `read` may return less, on network file systems too. */
function readFully(descriptor: number, offset: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let done = 0
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, offset + done)
    if (count === 0) break
    done += count
  }
  return bytes.subarray(0, done)
}

/** Unsigned number of 2 or 4 bytes, or null past the end. */
export function uint(bytes: Uint8Array, offset: number, length: 2 | 4, littleEndian = false): number | null {
  if (offset < 0 || offset + length > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return length === 2 ? view.getUint16(offset, littleEndian) : view.getUint32(offset, littleEndian)
}

/** Bytes as text, one character each: for signatures and chunk names. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
