import { and, eq, gte, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Database, Tx } from '../../db/connect.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import { deepestHolding, isBelow, rangeBelow } from './paths.ts'

/** Files per write: each brings its photo, so with the directories a write stays below 500 rows. */
const filesAtOnce = 200
const directoriesAtOnce = 40

/**
 * Gives what areas further up still hold in the directory `path` and below to the areas it belongs to, in background writes of at
 * most 500 rows, so that nobody waits long. Ids stay. Where there is nothing to move it only looks. Can be stopped and
 * called again, and go on for several paths at the same time: where a directory belongs is decided as it moves.
 */
export async function moveRowsBelow(db: Database, path: string): Promise<void> {
  const { from, to } = rangeBelow(path)
  const inside = or(eq(directories.path, path), and(gte(directories.path, from), lt(directories.path, to)))
  for (;;) {
    const known = await db.read.select({ id: areas.id, path: areas.path }).from(areas)
    const above = known.filter((area) => isBelow(path, area.path)).map(({ id }) => id)
    const chunk = await db.read
      .select({ id: directories.id, path: directories.path })
      .from(directories)
      .where(and(inArray(directories.areaId, above), inside))
      .limit(directoriesAtOnce)
    if (chunk.length === 0) return
    while ((await db.write((tx) => moveChunk(tx, chunk), { priority: 'background' })) === 'more');
  }
}

/** The other way round: gives what an area holds to the one around it, as if it were not there. */
export async function moveRowsUp(db: Database, areaId: number): Promise<void> {
  for (;;) {
    const chunk = await db.read
      .select({ id: directories.id, path: directories.path })
      .from(directories)
      .where(eq(directories.areaId, areaId))
      .limit(directoriesAtOnce)
    if (chunk.length === 0) return
    while ((await db.write((tx) => moveChunk(tx, chunk, areaId), { priority: 'background' })) === 'more');
  }
}

/** Each area counts its own days: a missing file takes along how many of them have passed. */
const daysOf = (areaId: number | typeof files.areaId) =>
  sql`(select ${areas.onlineDays} from ${areas} where ${areas.id} = ${areaId})`

interface Directory {
  id: number
  path: string
}

/** Moves the first of these directories, with all others of them that belong to the same area, which is not `leaving`. */
async function moveChunk(tx: Tx, chunk: readonly Directory[], leaving?: number): Promise<'more' | 'done'> {
  const every = await tx.select({ id: areas.id, path: areas.path }).from(areas)
  const known = every.filter(({ id }) => id !== leaving)
  const targetOf = ({ path }: Directory) => deepestHolding(known, path)?.id
  const [to] = chunk.map(targetOf)
  if (to === undefined) throw new Error(`No area holds ${chunk[0]?.path}.`)
  const directoryIds = chunk.filter((directory) => targetOf(directory) === to).map(({ id }) => id)
  const rows = await tx
    .select({ id: files.id, photoId: files.photoId })
    .from(files)
    .where(and(inArray(files.directoryId, directoryIds), ne(files.areaId, to)))
    .limit(filesAtOnce)
  const fileIds = rows.map(({ id }) => id)
  const photoIds = rows.map(({ photoId }) => photoId)
  await tx
    .update(files)
    .set({ areaId: to, missingOnDay: sql`${files.missingOnDay} + ${daysOf(to)} - ${daysOf(files.areaId)}` })
    .where(inArray(files.id, fileIds))
  await tx.update(photos).set({ areaId: to }).where(inArray(photos.id, photoIds))
  if (rows.length === filesAtOnce) return 'more'
  await tx.update(directories).set({ areaId: to }).where(inArray(directories.id, directoryIds))
  return 'done'
}
