import { createHash } from 'node:crypto'
import type { FileBytes } from '../domain/media/file-bytes.ts'

const END_BYTES = 64 * 1024

/**
 * SHA-256 of a file's first and last 64 KiB (of a smaller file: of all of it once), hexadecimal.
 *
 * @throws the system's error where the file can't be read
 */
export function quickHashOf(file: FileBytes): string {
  const hash = createHash('sha256').update(file.at(0, END_BYTES))
  if (file.size > END_BYTES) hash.update(file.at(Math.max(END_BYTES, file.size - END_BYTES), END_BYTES))
  return hash.digest('hex')
}
