import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join, relative } from 'node:path'

/** A folder by the path it has when links are resolved, and by its numbers, as they were when it was last looked at. */
export interface Enclosure {
  path: string
  device: string
  inode: string
}

/** A file (absolute path) that must lie in a folder. */
export interface EnclosedFile {
  path: string
  folder: Enclosure
}

export interface OpenedFile {
  descriptor: number
  status: BigIntStats
}

/** How a file is opened for reading: no link is followed and no pipe waited for, should one stand where it was. Windows has neither flag. */
export const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * Opens a file for reading if no link stands in its place or on the way to it from its folder: whoever may write there could
 * otherwise have any file of the computer shown. All that is to be known of the file must then come from the descriptor, for
 * its path may lead elsewhere by now. Synchronous, for processes that work on one file at a time.
 *
 * @throws the system's error where it can't be opened; `ELOOP` for a link, `EINVAL` where it is no regular file
 */
export function openInside({ path, folder }: EnclosedFile): OpenedFile {
  const descriptor = openSync(path, READ)
  try {
    const status = fstatSync(descriptor, { bigint: true })
    if (!status.isFile()) throw errorOf('EINVAL', `not a regular file: ${path}`)
    if (!isReached(descriptor, status, { path, folder })) throw errorOf('ELOOP', `reached by a link: ${path}`)
    return { descriptor, status }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** A directory, opened, and how its entries are named. */
export interface OpenedDirectory extends OpenedFile {
  /** Before the name of an entry. On Linux it leads to what was opened, whatever is put in its path's place. */
  place: string
}

/**
 * Opens a directory of a folder, or the folder itself, if no link stands on the way to it: to make files in it. Elsewhere than on Linux its
 * path is to be confirmed by {@link isStillInside} before anything is done by it.
 *
 * @throws the system's error where it can't be opened; `ELOOP` for a link
 */
export function openDirectoryInside(directory: EnclosedFile): OpenedDirectory {
  const descriptor = openSync(directory.path, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0))
  try {
    const status = fstatSync(descriptor, { bigint: true })
    if (!status.isDirectory()) throw errorOf('ENOTDIR', `not a directory: ${directory.path}`)
    if (!isReached(descriptor, status, directory))
      throw errorOf('ELOOP', `reached by a link: ${directory.path}`)
    const place = openedPath(descriptor) === undefined ? directory.path : `/proc/self/fd/${descriptor}`
    return { descriptor, status, place }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/**
 * Whether the path still leads to the opened file without links. For those who must open it by its path once more, where the
 * system offers no other way.
 */
export function isStillInside({ descriptor, status }: OpenedFile, file: EnclosedFile): boolean {
  return isReached(descriptor, status, file)
}

/** What an error of the file system means for a file that was to be opened or read. */
export function openProblem(error: unknown): 'file_missing' | 'file_is_link' | 'file_unreadable' {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'file_missing'
  return code === 'ELOOP' ? 'file_is_link' : 'file_unreadable'
}

function isReached(descriptor: number, status: BigIntStats, { path, folder }: EnclosedFile): boolean {
  const real = openedPath(descriptor) ?? resolvedPath(path, status)
  if (real === undefined) return false
  return isSamePath(real, path) || isSamePath(real, throughFolder(path, folder))
}

/** The path of what was really opened, which Linux tells of every descriptor; undefined elsewhere. */
function openedPath(descriptor: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    // A container without /proc.
    return undefined
  }
}

/** The path with links resolved, if it leads to what was opened. */
function resolvedPath(path: string, { dev, ino }: BigIntStats): string | undefined {
  const real = realpathSync.native(path)
  const found = statSync(real, { bigint: true })
  return found.dev === dev && found.ino === ino ? real : undefined
}

/** The file's path where the folder itself was moved and a link was left in its place: only if it is the same folder. */
function throughFolder(path: string, folder: Enclosure): string | undefined {
  const real = realpathSync.native(folder.path)
  const { dev, ino } = statSync(real, { bigint: true })
  const isSame = String(dev) === folder.device && String(ino) === folder.inode
  return isSame ? join(real, relative(folder.path, path)) : undefined
}

/** macOS and Windows may spell a name otherwise than it was asked for: in case, or accents put together otherwise. */
function isSamePath(a: string, b: string | undefined): boolean {
  if (a === b) return true
  if (process.platform === 'linux' || b === undefined) return false
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()
}

function errorOf(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
