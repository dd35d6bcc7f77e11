/** How the program writes into people's folders: into a hidden file beside what is meant, which takes its name when it is on the medium. */
import { type BigIntStats, constants, fchmodSync, fchownSync, fsyncSync, rmSync } from 'node:fs'
import type { OpenedDirectory } from '../lib/open-inside.ts'
import type { WriteProblem } from './walk-messages.ts'

/** How a file is made: never one that is there, nor through a link. */
export const MAKE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)

/**
 * Where something stands until it is whole: hidden, so that no walk takes it up, and always of the same name, so that one left by a crash is
 * not left for ever. `hash` in hex.
 */
export const partialName = (hash: string): string => `.mantel-${hash.slice(0, 16)}.partial`

/** Read and written by whom the other may be, but for running it; of its owner where the program runs as root for people who are not. */
export function setOwnerAndMode(descriptor: number, { mode, uid, gid }: BigIntStats): void {
  try {
    if (process.geteuid?.() === 0) fchownSync(descriptor, Number(uid), Number(gid))
    fchmodSync(descriptor, (Number(mode) & 0o666) | 0o600)
  } catch {
    // Disks and shares without owners and modes refuse both.
  }
}

/** Brings the names of a directory to the medium. Windows has no way to ask for it. */
export function syncDirectory({ descriptor }: OpenedDirectory): void {
  if (process.platform !== 'win32') fsyncSync(descriptor)
}

/** Removes a file of the program's own after a failure, which is told instead of this one's. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The disk that failed is the disk it lies on.
  }
}

/** What a failure to write into a folder is told as. */
export function writeProblem(error: unknown): WriteProblem {
  const code = codeOf(error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'folder_read_only'
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'folder_full' : 'folder_write_failed'
}

/** The system's name of an error, as `ENOENT`; null for others. */
export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : null
