import { eq, sql } from 'drizzle-orm'
import { partOf, photosIn, type Scope } from '../../access/scope.ts'
import type { Hint } from '../../contract/events.ts'
import type { Read } from '../../db/connect.ts'
import { directories, files, photos } from '../../db/schema.ts'

/** What lies in one directory itself, of the photos that a timeline shows. */
export interface Tally {
  readonly id: number
  /** absolute */
  readonly path: string
  readonly count: number
  /** the newest of them and when it was taken; null where there are none */
  readonly newestId: number | null
  readonly newestAt: string | null
}

/** Counts of directories, kept from one look to the next: counting asks for a row of each photo of an area, 2 s for a million. */
export interface FolderTallies {
  /** The directories of a timeline's areas. */
  of(scope: Scope): Promise<Tally[]>
  /** Something may have changed; counts are taken anew when they are asked for next. */
  touch(hint: Omit<Hint, 'revision'>): void
}

/** Builds a {@link FolderTallies}. What is kept is of an area, not of anybody: which areas are told is the scope's matter. */
export function createFolderTallies(db: Read): FolderTallies {
  const kept = new Map<number, Map<boolean, Promise<Tally[]>>>()

  function ofArea(scope: Scope, areaId: number): Promise<Tally[]> {
    const area = kept.get(areaId) ?? new Map<boolean, Promise<Tally[]>>()
    kept.set(areaId, area)
    const known = area.get(scope.videos)
    if (known) return known
    // kept while it is under way, so that those who ask together wait for one count
    const counting = tallyArea(
      db,
      partOf(scope, (id) => id === areaId),
      areaId,
    )
    area.set(scope.videos, counting)
    counting.catch(() => kept.delete(areaId))
    return counting
  }

  return {
    async of(scope) {
      if (scope.shelves.join() !== 'shown') throw new Error('Counts are kept of what timelines show alone.')
      return (await Promise.all([...scope.areas.keys()].map((id) => ofArea(scope, id)))).flat()
    },
    touch({ topic, areas }) {
      if (topic !== 'library' && topic !== 'folders') return
      if (areas) for (const id of areas) kept.delete(id)
      else kept.clear()
    },
  }
}

// async: a query of drizzle's is run anew each time it is awaited, which a promise is not
async function tallyArea(db: Read, scope: Scope, areaId: number): Promise<Tally[]> {
  // of a group with one `max`, SQLite answers the other columns from the row that has it
  const counted = sql`
    select ${files.directoryId} as directory_id, count(*) as count, max(${photos.takenAt}) as newest_at, ${photos.id} as newest_id
    from ${photos} cross join ${files} on ${files.photoId} = ${photos.id} and ${eq(files.part, 'primary')}
    where ${photosIn(scope)} group by 1`
  return db.all<Tally>(sql`
    select ${directories.id} as id, ${directories.path} as path, coalesce(count, 0) as count,
      newest_id as newestId, newest_at as newestAt
    from ${directories} left join (${counted}) on directory_id = ${directories.id}
    where ${eq(directories.areaId, areaId)}`)
}
