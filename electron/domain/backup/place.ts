import { access, constants, realpath, stat, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { readAreasInUse } from '../../access/areas-in-use.ts'
import type { Reason } from '../../contract/reasons.ts'
import type { Read } from '../../db/connect.ts'
import { isWithin } from '../areas/paths.ts'

/** Lies in a folder that was chosen: on an empty mount point, with its disk not there, it is missing. */
const MARK = '.mantel-backups'

/** Where backups go that nobody chose another place for. */
export const ownFolder = (dataDir: string) => join(dataDir, 'backups')

interface Household {
  dataDir: string
  read: Read
}

/**
 * Whether backups can go into `folder`: there, a directory, writable, outside the data directory and outside every folder of the
 * library. Marks it then. Answers its path with links resolved, or why not.
 */
export async function choosePlace(
  household: Household,
  folder: string,
): Promise<{ path: string } | { reason: Reason }> {
  if (!isAbsolute(folder) || folder.includes('\0')) return { reason: 'folder_relative' }
  const path = await realpath(folder).catch(() => null)
  const found = path && (await stat(path).catch(() => null))
  if (!path || !found) return { reason: 'folder_missing' }
  if (!found.isDirectory()) return { reason: 'folder_not_directory' }
  if (isWithin(path, await realpath(household.dataDir))) return { reason: 'folder_in_data_directory' }
  if (await isInLibrary(household.read, path)) return { reason: 'backup_folder_in_library' }
  try {
    await access(path, constants.W_OK)
    await writeFile(join(path, MARK), 'Mantel keeps its backups in this folder and knows it by this file.\n')
  } catch {
    return { reason: 'backup_folder_unwritable' }
  }
  return { path }
}

/** Why the folder that was chosen cannot be used at this moment; null where it can. */
export async function problemWithPlace(read: Read, folder: string): Promise<Reason | null> {
  const marked = await stat(join(folder, MARK)).catch(() => null)
  if (!marked) return 'backup_folder_missing'
  // somebody may have been given a folder around it since
  return (await isInLibrary(read, folder)) ? 'backup_folder_in_library' : null
}

async function isInLibrary(read: Read, path: string): Promise<boolean> {
  return (await readAreasInUse(read)).some((area) => isWithin(path, area.path))
}
