import { lstatSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { kindOf } from '../domain/media/kinds.ts'
import { IGNORE_FILE, isHiddenName } from './walk-rules.ts'

/** What happened at a path, as the watcher tells it. */
export type WatchEvent = { path: string; type: 'create' | 'update' | 'delete' }

/**
 * Whether a scan of the root could find something else after this event: not for what scans leave out by its name, nor for changes
 * inside files of kinds that are not indexed, such as the catalogue of another program, which may change all day.
 */
export function isOfInterest(root: string, { path, type }: WatchEvent): boolean {
  const names = relative(root, path).split(sep)
  const name = names.pop() ?? ''
  if (names.some(isHiddenName)) return false
  if (name === IGNORE_FILE || name === '') return true
  if (isHiddenName(name)) return false
  // what is gone may have been a directory
  return type === 'delete' || kindOf(name) !== null || isDirectory(path)
}

/** Whether the event tells of a directory that was not there before. */
export const isNewDirectory = ({ path, type }: WatchEvent) => type === 'create' && isDirectory(path)

/** Whether there are directories below one that are not among those `seen`. What can't be read holds none. */
export function hasUnseen(directory: string, seen: ReadonlySet<string>): boolean {
  const below: string[] = []
  try {
    for (const child of readdirSync(directory, { withFileTypes: true }))
      if (child.isDirectory() && !isHiddenName(child.name)) below.push(join(directory, child.name))
  } catch {
    return false
  }
  return below.some((path) => !seen.has(path)) || below.some((path) => hasUnseen(path, seen))
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
