import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Scope } from '../../access/scope.ts'
import type { Read } from '../../db/connect.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import { rangeBelow } from '../areas/paths.ts'

type Directory = Omit<typeof directories.$inferSelect, 'digest'>

/** A directory of an area of the scope, or undefined: one that is out of reach is answered like one that does not exist. */
export async function findDirectory(db: Read, scope: Scope, id: number): Promise<Directory | undefined> {
  const { id: own, areaId, path } = directories
  const [directory] = await db
    .select({ id: own, areaId, path })
    .from(directories)
    .where(and(eq(own, id), inArray(areaId, [...scope.areas.keys()])))
  return directory
}

/** The directories that areas are, by the areas' ids; none for those that were not scanned yet. */
export async function readTopDirectories(db: Read): Promise<Map<number, number>> {
  const rows = await db
    .select({ areaId: areas.id, id: directories.id })
    .from(areas)
    .innerJoin(directories, and(eq(directories.areaId, areas.id), eq(directories.path, areas.path)))
  return new Map(rows.map(({ areaId, id }) => [areaId, id]))
}

/**
 * The photos whose file lies in a directory, or (`deep`) below it in an area of the scope: as a query of their ids, and as a condition on
 * a row of `photos`.
 */
export function photosInDirectory(
  scope: Scope,
  directory: Directory,
  deep: boolean,
): { held: SQL; isHeld: SQL } {
  const isPrimary = eq(files.part, 'primary')
  const isOfPhoto = and(eq(files.photoId, photos.id), isPrimary)
  if (!deep) {
    const isInside = eq(files.directoryId, directory.id)
    return {
      held: sql`select ${files.photoId} as id from ${files} where ${and(isInside, isPrimary)}`,
      isHeld: sql`exists (select 1 from ${files} where ${and(isOfPhoto, isInside)})`,
    }
  }
  const isBelow = and(isInBranch(directory.path), inArray(directories.areaId, [...scope.areas.keys()]))
  const joined = eq(files.directoryId, directories.id)
  return {
    held: sql`select ${files.photoId} as id from ${directories} cross join ${files} on ${joined}
      where ${and(isBelow, isPrimary)}`,
    isHeld: sql`exists (select 1 from ${files} cross join ${directories} on ${joined} where ${and(isOfPhoto, isBelow)})`,
  }
}

/** Whether a row of `directories` is at a path or below it, by whole components. */
function isInBranch(path: string): SQL {
  const { from, to } = rangeBelow(path)
  // one range for the index, of which names that only begin alike are left out
  return sql`${directories.path} >= ${path} and ${directories.path} < ${to}
    and (${directories.path} = ${path} or ${directories.path} >= ${from})`
}
