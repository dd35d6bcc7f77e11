import { closeSync, fstatSync, linkSync, lstatSync, openSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { numbered } from '../lib/file-names.ts'
import { codeOf, MAKE, removeQuietly } from './write-beside.ts'

/** Files of one name in one folder; beyond it something else is wrong. */
export const MOST_ALIKE = 10_000

/**
 * Gives a file in a directory the first name that is free, as the file system has it: what is there is never touched. Null where every name up to
 * {@link MOST_ALIKE} is taken. The file may be left under its old name too. Throws the system's errors.
 */
export function giveName(partial: string, directory: string, name: string): string | null {
  for (let number = 1; number <= MOST_ALIKE; number += 1) {
    const given = numbered(name, number)
    if (isGiven(partial, join(directory, given))) return given
  }
  return null
}

/** Whether it has that name now; false where the name is taken. */
function isGiven(partial: string, path: string): boolean {
  try {
    linkSync(partial, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    return isGivenWithoutLinks(partial, path)
  }
}

/**
 * The same on disks that give a file one name alone (FAT, many shares): the name is made as an empty file of the program's own, whose place the
 * other takes. Killed between the two, that empty file stays; the name after it is free. Throws the system's errors.
 */
export function isGivenWithoutLinks(partial: string, path: string): boolean {
  let descriptor: number
  try {
    descriptor = openSync(path, MAKE, 0o600)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
  const made = fstatSync(descriptor, { bigint: true })
  closeSync(descriptor)
  const isOurs = () => {
    const now = lstatSync(path, { bigint: true, throwIfNoEntry: false })
    // written into meanwhile by another program: it is that one's now
    return now?.ino === made.ino && now.size === 0n
  }
  if (!isOurs()) return false
  try {
    renameSync(partial, path)
  } catch (error) {
    if (isOurs()) removeQuietly(path)
    throw error
  }
  return true
}
