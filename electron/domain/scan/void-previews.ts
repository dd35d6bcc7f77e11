import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { areas, photos, settings } from '../../db/schema.ts'

/** Photos of one write. */
const photosAtOnce = 500

/** Kept in `settings`: areas whose previews are void, each with the photo up to which they are marked as wanted. */
const KEY = 'previews.void'

type Marks = Record<string, number>

async function readMarks(read: Read | Tx): Promise<Marks> {
  const [row] = await read.select().from(settings).where(eq(settings.key, KEY))
  // nothing else writes this key
  return (row?.value ?? {}) as Marks
}

async function writeMarks(tx: Tx, marks: Marks): Promise<void> {
  await tx.delete(settings).where(eq(settings.key, KEY))
  if (Object.keys(marks).length > 0) await tx.insert(settings).values({ key: KEY, value: marks })
}

/** All previews there are were made in a way that is none any more: noted in a row, whatever the number of photos. */
export async function voidPreviews(tx: Tx): Promise<void> {
  const all = await tx.select({ id: areas.id }).from(areas)
  await writeMarks(tx, Object.fromEntries(all.map(({ id }) => [id, 0])))
}

/** Whether photos of an area are still to be marked. */
export const hasVoidPreviews = async (read: Read, areaId: number): Promise<boolean> =>
  (await readMarks(read))[areaId] !== undefined

/**
 * Has the photos of an area wait for their previews again, where those are void: in writes of 500, each of which notes how far it came, so that a
 * stop loses nothing. Throws the signal's reason when aborted.
 */
export async function markVoidPreviews(db: Database, areaId: number, signal: AbortSignal): Promise<void> {
  if (!(await hasVoidPreviews(db.read, areaId))) return
  for (let isOver = false; !isOver; ) {
    signal.throwIfAborted()
    isOver = await db.write((tx) => markSome(tx, areaId), { priority: 'background' })
  }
}

/** Answers whether none is left. */
async function markSome(tx: Tx, areaId: number): Promise<boolean> {
  const { [areaId]: after, ...others } = await readMarks(tx)
  if (after === undefined) return true
  const made = and(eq(photos.state, 'ready'), eq(photos.hasPreview, true))
  const some = await tx
    .select({ id: photos.id })
    .from(photos)
    .where(and(eq(photos.areaId, areaId), gt(photos.id, after), made))
    .orderBy(asc(photos.id))
    .limit(photosAtOnce)
  const last = some.at(-1)
  if (last) {
    const ids = some.map(({ id }) => id)
    await tx
      .update(photos)
      .set({ hasPreview: false })
      .where(and(inArray(photos.id, ids), made))
  }
  const isOver = some.length < photosAtOnce
  await writeMarks(tx, isOver || !last ? others : { ...others, [areaId]: last.id })
  return isOver
}
