import { execFile } from 'node:child_process'
import { statfs } from 'node:fs/promises'
import { promisify } from 'node:util'

/** `f_type` of Linux's statfs(2) for file systems that live on another machine (its manual page; linux/magic.h). */
const networkTypes = new Map<number, string>([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x564c, 'NCP'],
  [0x00c36400, 'Ceph'],
])

/** The name of the network file system that Linux calls `type`, or undefined where it is a local one. */
export function networkTypeName(type: number): string | undefined {
  return networkTypes.get(type >>> 0)
}

/**
 * Finds in the output of macOS's `mount` the file system that `path` lies on, and answers its name if it is on another
 * machine. Lines read `//ann@nas/photos on /Volumes/photos (smbfs, nodev, …)`.
 */
export function networkMountName(mounts: string, path: string): string | undefined {
  let deepest = { point: '', type: '' }
  for (const line of mounts.split('\n')) {
    const [, point, type] = / on (\/.*) \(([^,)]+)/.exec(line) ?? []
    if (point === undefined || type === undefined || point.length <= deepest.point.length) continue
    if (point === '/' || path === point || path.startsWith(`${point}/`)) deepest = { point, type }
  }
  return ['smbfs', 'nfs', 'afpfs', 'webdav', 'cifs'].includes(deepest.type) ? deepest.type : undefined
}

/**
 * The name of the network file system that the existing `folder` (absolute, links resolved) lies on; undefined where it is a local
 * one, or nobody tells. Exact on Linux; on macOS by `mount`; on Windows by the UNC path that a mapped drive resolves to.
 */
export async function findNetworkFileSystem(folder: string): Promise<string | undefined> {
  if (process.platform === 'linux') return networkTypeName((await statfs(folder)).type)
  if (process.platform === 'win32') return /^\\\\(?![.?]\\(?!UNC))/i.test(folder) ? 'SMB' : undefined
  if (process.platform === 'darwin') {
    const mounts = await promisify(execFile)('/sbin/mount').catch(() => ({ stdout: '' }))
    return networkMountName(mounts.stdout, folder)
  }
  return undefined
}
