import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What is mounted by a test has to be unmounted by it; `end` may be called twice. */
export interface Mount {
  end(): void
}

/**
 * A disk that never answers, over a folder: a FUSE file system that nobody serves. Every call on a path below waits in the kernel, as on a
 * dead network share, until the process is killed or the mount ends. Never touch the folder in the test's own process meanwhile.
 */
export function mountSilence(folder: string): Mount {
  const device = openSync('/dev/fuse', 'r+')
  const options = 'fd=3,rootmode=40000,user_id=0,group_id=0,allow_other'
  const { status, stderr } = spawnSync('mount', ['-i', '-t', 'fuse', '-o', options, 'silence', folder], {
    stdio: ['ignore', 'ignore', 'pipe', device],
    encoding: 'utf8',
  })
  if (status !== 0) closeSync(device)
  if (status !== 0) throw new Error(`mount: ${stderr}`)
  return once(() => {
    // Whoever waits is told now that there is nobody.
    closeSync(device)
    spawnSync('umount', ['-l', folder])
  })
}

/** A disk of its own at a folder, of some megabytes in memory. Ended, it is gone, with all that was on it. */
export const mountDisk = (folder: string) => mountBy(['-t', 'tmpfs', '-o', 'size=64m', 'disk', folder])

/** What lies at one path, at another one too: as a drive that is plugged in. Ended, as one that is pulled. */
export const plugIn = (from: string, folder: string) => mountBy(['--bind', from, folder])

function mountBy(options: string[]): Mount {
  const { status, stderr } = spawnSync('mount', options, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mount: ${stderr}`)
  return once(() => spawnSync('umount', ['-l', options.at(-1) ?? '']))
}

/** Whether this process may mount; where not, tests that need it are skipped, and say so. */
export const canMount = tryMounting(mountDisk)
export const canHang = tryMounting(mountSilence)

function tryMounting(mount: (folder: string) => Mount): boolean {
  if (process.platform !== 'linux') return false
  const folder = mkdtempSync(join(tmpdir(), 'mantel-mount-'))
  try {
    mount(folder).end()
    return true
  } catch {
    return false
  } finally {
    rmdirSync(folder)
  }
}

function once(end: () => void): Mount {
  let isEnded = false
  return {
    end() {
      if (!isEnded) end()
      isEnded = true
    },
  }
}
