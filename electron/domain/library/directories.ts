import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Scope } from '../../access/scope.ts'
import type { Read } from '../../db/connect.ts'
import { directories, files } from '../../db/schema.ts'
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

/** A query of the ids of photos whose file lies in a directory, or (`deep`) below it in an area of the scope. */
export function photosInDirectory(scope: Scope, directory: Directory, deep: boolean): SQL {
  if (!deep)
    return sql`select ${files.photoId} as id from ${files}
      where ${eq(files.directoryId, directory.id)} and ${eq(files.part, 'primary')}`
  return sql`select ${files.photoId} as id from ${directories} cross join ${files} on ${files.directoryId} = ${directories.id}
    where ${isInBranch(directory.path)} and ${inArray(directories.areaId, [...scope.areas.keys()])}
      and ${eq(files.part, 'primary')}`
}

/** Whether a row of `directories` is at a path or below it, by whole components. */
function isInBranch(path: string): SQL {
  const { from, to } = rangeBelow(path)
  // one range for the index, of which names that only begin alike are left out
  return sql`${directories.path} >= ${path} and ${directories.path} < ${to}
    and (${directories.path} = ${path} or ${directories.path} >= ${from})`
}
