import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const run = (command: string, ...args: string[]) => void execFileSync(command, args, { stdio: 'pipe' })

/** Why no disk can be mounted here, or null: it takes Linux and root, which few machines give a test. */
export const noMounts = whyNoMounts()

function whyNoMounts(): string | null {
  if (process.platform !== 'linux') return 'mounts take Linux'
  const folder = mkdtempSync(join(tmpdir(), 'mantel-mount-'))
  try {
    run('mount', '-t', 'tmpfs', 'tmpfs', folder)
    run('umount', folder)
    return null
  } catch {
    return 'mounts are refused here'
  } finally {
    rmdirSync(folder)
  }
}

/**
 * A disk of so many KiB at `path` (made where it is missing), unmounted when the running test ends, before anything that was opened
 * earlier is removed.
 */
export function mountSmallDisk(path: string, kib: number) {
  mkdirSync(path, { recursive: true })
  run('mount', '-t', 'tmpfs', '-o', `size=${kib}k,mode=700`, 'tmpfs', path)
  // lazily: what still holds a file must not keep the disk
  onTestFinished(() => run('umount', '--lazy', path))
  const ballast = join(path, 'ballast')
  return {
    path,
    /** Takes all the room there is but so many KiB. */
    fill(leftKib = 0): void {
      writeUntilFull(ballast)
      if (leftKib > 0) run('truncate', '--size', `-${leftKib}K`, ballast)
    },
    /** Gives the room back. */
    free: () => rmSync(ballast),
    setReadOnly: (isReadOnly: boolean) => run('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path),
  }
}

function writeUntilFull(path: string): void {
  const file = openSync(path, 'a')
  try {
    // pages are what such a disk gives out
    for (;;) writeSync(file, Buffer.alloc(4096))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(file)
  }
}
