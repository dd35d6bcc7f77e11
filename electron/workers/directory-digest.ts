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
  // No file name holds a slash.
  const lines = files.map(({ name, size, mtimeMs }) => `${name}/${size}/${mtimeMs}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('base64url')
}
