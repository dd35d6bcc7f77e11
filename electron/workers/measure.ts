import { type Dirent, lstatSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What lies in one directory: bytes and number of its own files, and the names of the directories in it. */
export type DirectorySize = { ok: true; bytes: number; files: number; directories: string[] }

/** The disk a path lies on, told by the number of its device. */
export type DiskSpace =
  | { ok: true; device: string; freeBytes: number; totalBytes: number }
  | { ok: false; problem: 'folder_unreadable' | 'folder_timeout' }

/**
 * How much lies in a directory itself, and the names of those below it. A file that goes while it is looked at counts nothing, a
 * directory that is not there holds nothing.
 *
 * @param name only files of this name and of those that begin with it and `-`, where it is given
 */
export function measureDirectory(path: string, name?: string): DirectorySize {
  const size: DirectorySize = { ok: true, bytes: 0, files: 0, directories: [] }
  let children: Dirent[]
  try {
    children = readdirSync(path, { withFileTypes: true })
  } catch {
    return size
  }
  for (const child of children) {
    if (child.isDirectory()) size.directories.push(child.name)
    if (!child.isFile() || (name !== undefined && child.name !== name && !child.name.startsWith(`${name}-`)))
      continue
    try {
      size.bytes += lstatSync(join(path, child.name)).size
      size.files += 1
    } catch {
      // gone since
    }
  }
  return size
}

/** The disk a path lies on, and how much room it has; not known for a path that can't be looked at. */
export function measureDisk(path: string): DiskSpace {
  try {
    const { bavail, blocks, bsize } = statfsSync(path)
    const device = String(statSync(path, { bigint: true }).dev)
    return { ok: true, device, freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    return { ok: false, problem: 'folder_unreadable' }
  }
}
