import { accessSync, constants, lstatSync, opendirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { mtimeMsOf, problemOf, problemOfError } from './walk.ts'
import type { DirectoryList, FileLook, FileLooks, PathCheck } from './walk-messages.ts'
import { isHiddenName } from './walk-rules.ts'

/** More directories than a chooser can show sensibly. */
const MOST_LISTED = 2000

/** What is known of a directory that somebody wants to use as a folder; links resolved. */
export function checkPlace(path: string): PathCheck {
  const problem = problemOf(path)
  if (problem) return { ok: false, problem }
  try {
    const realPath = realpathSync.native(path)
    const status = statSync(realPath, { bigint: true })
    // Permission bits don't tell the truth on network shares and with access lists; opening does.
    opendirSync(realPath).closeSync()
    return {
      ok: true,
      realPath,
      inode: String(status.ino),
      device: String(status.dev),
      writable: isWritable(realPath),
    }
  } catch (error) {
    return { ok: false, problem: problemOfError(error) }
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** The directories right below one that can be folders: no hidden ones, no links. */
export function listPlaces(path: string): DirectoryList {
  const problem = problemOf(path)
  if (problem) return { ok: false, problem }
  try {
    const realPath = realpathSync.native(path)
    const names = readdirSync(realPath, { withFileTypes: true })
      .filter((child) => child.isDirectory() && !isHiddenName(child.name))
      .map((child) => child.name)
      .sort(new Intl.Collator(undefined, { numeric: true }).compare)
    return {
      ok: true,
      realPath,
      directories: names.slice(0, MOST_LISTED),
      truncated: names.length > MOST_LISTED,
    }
  } catch (error) {
    return { ok: false, problem: problemOfError(error) }
  }
}

/** What stands at each of these paths; links are looked at themselves. */
export function lookAtFiles(paths: readonly string[]): FileLooks {
  return { ok: true, looks: paths.map(lookAtFile) }
}

function lookAtFile(path: string): FileLook {
  try {
    const status = lstatSync(path, { bigint: true })
    const { size, ino, dev } = status
    return {
      state: 'there',
      size: Number(size),
      mtimeMs: mtimeMsOf(status),
      inode: String(ino),
      device: String(dev),
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return { state: code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'unknown' }
  }
}
