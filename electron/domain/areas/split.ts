import { and, eq, gte, inArray, lt, or, sql } from 'drizzle-orm'
import type { Database, Tx } from '../../db/connect.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import { rangeBelow } from './paths.ts'

/** Files per write: each brings its photo, so with the directories a write stays below 500 rows. */
const filesAtOnce = 200
const directoriesAtOnce = 40

interface Move {
  /** areas */
  from: number
  to: number
  /** of the directory that everything to be moved lies in */
  path: string
}

/**
 * Gives to area `to` what area `from` holds in the directory `path` and below, in background writes of at most 500 rows, so
 * that nobody waits long. Ids stay. Where there is nothing to move it only looks. Can be stopped and called again.
 */
export async function moveRowsBelow(db: Database, move: Move): Promise<void> {
  const { from, to } = rangeBelow(move.path)
  const inside = or(
    eq(directories.path, move.path),
    and(gte(directories.path, from), lt(directories.path, to)),
  )
  for (;;) {
    const chunk = await db.read
      .select({ id: directories.id })
      .from(directories)
      .where(and(eq(directories.areaId, move.from), inside))
      .limit(directoriesAtOnce)
    if (chunk.length === 0) return
    const ids = chunk.map(({ id }) => id)
    while ((await db.write((tx) => moveChunk(tx, move, ids), { priority: 'background' })) === 'more');
  }
}

/** Each area counts its own days: a missing file takes along how many of them have passed. */
const daysOf = (areaId: number) =>
  sql`(select ${areas.onlineDays} from ${areas} where ${areas.id} = ${areaId})`

async function moveChunk(tx: Tx, { from, to }: Move, directoryIds: number[]): Promise<'more' | 'done'> {
  const chunk = await tx
    .select({ id: files.id, photoId: files.photoId })
    .from(files)
    .where(and(inArray(files.directoryId, directoryIds), eq(files.areaId, from)))
    .limit(filesAtOnce)
  const fileIds = chunk.map(({ id }) => id)
  const photoIds = chunk.map(({ photoId }) => photoId)
  await tx
    .update(files)
    .set({ areaId: to, missingOnDay: sql`${files.missingOnDay} + ${daysOf(to)} - ${daysOf(from)}` })
    .where(inArray(files.id, fileIds))
  await tx.update(photos).set({ areaId: to }).where(inArray(photos.id, photoIds))
  if (chunk.length === filesAtOnce) return 'more'
  await tx.update(directories).set({ areaId: to }).where(inArray(directories.id, directoryIds))
  return 'done'
}
