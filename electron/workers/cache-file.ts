import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MediaError } from './media-failure.ts'

/** Below the cache directory: files being written. What a killed process left there goes at the next start. */
const TEMPORARY = 'temporary'

let lastTemporary = 0

/**
 * Puts a file into the cache, whole or not at all: written elsewhere in it, then renamed. One that is there already
 * is kept, since its name tells its content. Not flushed to the medium: the cache can always be made again, and an
 * empty file (which a power cut may leave) counts as missing here.
 *
 * @param path below the cache directory, with `/`
 * @param anew takes the place of one that is there
 * @throws MediaError `storage_full` or `storage_read_only`, and what `make` throws
 */
export async function writeCached(
  cacheDirectory: string,
  path: string,
  make: () => Promise<Uint8Array>,
  anew = false,
): Promise<void> {
  const target = join(cacheDirectory, path)
  if (!anew && isThere(target)) return
  const bytes = await make()
  lastTemporary += 1
  const temporary = join(cacheDirectory, TEMPORARY, `${process.pid}-${lastTemporary}`)
  try {
    mkdirSync(dirname(target), { recursive: true })
    mkdirSync(dirname(temporary), { recursive: true })
    writeFileSync(temporary, bytes)
    renameSync(temporary, target)
  } catch (error) {
    remove(temporary)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    throw new MediaError(isFull ? 'storage_full' : 'storage_read_only', String(error))
  }
}

/**
 * Removes what writers that were killed have left behind. Only while none works on the cache. A cache that can't be changed (a
 * read-only disk) stays as it is.
 */
export function clearTemporary(cacheDirectory: string): void {
  remove(join(cacheDirectory, TEMPORARY))
}

/** Folders of the cache with previews, of every recipe that there ever was. */
const PREVIEWS = /^preview-\d+-\d+$/

/** Where in the cache the previews lie that were made by other recipes than that of the preview given, below it and with `/`. */
export function olderPreviews(cacheDirectory: string, path: string): string[] {
  const [current = '', ...rest] = path.split('/')
  const folders = existsSync(cacheDirectory) ? readdirSync(cacheDirectory) : []
  return folders
    .filter((name) => PREVIEWS.test(name) && name !== current)
    .map((name) => [name, ...rest].join('/'))
}

/** A preview takes the place of those of the same photo that were made by other recipes. */
export function removeOlderPreviews(cacheDirectory: string, path: string): void {
  for (const older of olderPreviews(cacheDirectory, path)) remove(join(cacheDirectory, older))
}

/** Of the files in a folder of the cache only so many stay: what was made longest ago goes. */
export function keepNewest(cacheDirectory: string, folder: string, most: number): void {
  const directory = join(cacheDirectory, folder)
  const names = readdirSync(directory)
  if (names.length <= most) return
  const madeAt = (name: string) => statSync(join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const byAge = names.map((name) => ({ name, at: madeAt(name) })).sort((a, b) => a.at - b.at)
  for (const { name } of byAge.slice(0, -most)) remove(join(directory, name))
}

function isThere(path: string): boolean {
  try {
    return statSync(path).size > 0
  } catch {
    // Whatever stands in the way shows when it is written.
    return false
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // What kept it from being written keeps it from being removed; the first error is the one to tell.
  }
}
