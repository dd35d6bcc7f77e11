import { createHash } from 'node:crypto'

interface DigestedFile {
  name: string
  size: number
  /** epoch milliseconds with fraction */
  mtimeMs: number
}

/**
 * One value for all of a directory's files by name, size (bytes) and time of change: equal ones say that nothing in it needs to be
 * compared. The files' order does not matter.
 */
export function directoryDigest(files: readonly DigestedFile[]): string {
  const hash = createHash('sha256')
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1))
  // No file name holds a slash.
  for (const { name, size, mtimeMs } of sorted) hash.update(`${name}/${size}/${mtimeMs}\n`)
  return hash.digest('base64url')
}
