import { join, sep } from 'node:path'
import { and, asc, eq, inArray, isNull, not, notExists, type SQL, sql } from 'drizzle-orm'
import type { Database, Read, Tx } from '../../db/connect.ts'
import {
  albumPhotos,
  albums,
  areas,
  corrections,
  directories,
  files,
  overlays,
  photos,
  photoTags,
  shareContributions,
  sharedCaptions,
  sharePhotos,
  shares,
} from '../../db/schema.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { handOn } from './hand-on.ts'
import { daysKept } from './online-days.ts'
import { isSetAside } from './set-aside.ts'
import { type Leaving, marksAndContent } from './survivors.ts'

interface ForgetNeeds {
  db: Database
  walk: Pick<WalkClient, 'stat'>
  /** throws where the area's root is not there any more: of what was looked for in it then, nothing is gone */
  confirm: () => Promise<void>
  /** called when photos of an area changed */
  changed: (areaId: number) => void
}

/** Rows that one write may change. */
const mostRows = 500
/** Of these a file takes: itself, its photo, its directory, a month's count. */
const rowsOfFile = 4
/** What people attached has to be looked up in eight tables first, which takes as long as so many rows. */
const rowsOfAttached = 40

/** Only this text, no bound value, lets SQLite use the index of missing files. */
const isMissing = sql`${files.presence} = 'missing'`

const today = sql`(select ${areas.onlineDays} from ${areas} where ${areas.id} = ${files.areaId})`

/**
 * Notes for an area's files that were found missing since the last scan that they are kept from today's online day on.
 * `signal` stops between writes; the next scan goes on.
 */
export async function noteMissingDay(db: Database, areaId: number, signal: AbortSignal): Promise<void> {
  const unnoted = and(eq(files.areaId, areaId), isMissing, isNull(files.missingOnDay))
  for (;;) {
    signal.throwIfAborted()
    const rows = await db.read.select({ id: files.id }).from(files).where(unnoted).limit(mostRows)
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => id)
    await db.write(
      (tx) =>
        tx
          .update(files)
          .set({ missingOnDay: today })
          .where(and(inArray(files.id, ids), unnoted)),
      { priority: 'background' },
    )
  }
}

/**
 * Drops an area's files that were missing for {@link daysKept} online days, and with its last file a photo; what people attached
 * to it goes to a survivor that holds the same ({@link handOn}). To be called when a scan has come to its end online. Answers
 * how many files were dropped. `signal` stops between writes, each of which is whole; the next scan goes on.
 */
export async function forgetMissing(
  { db, walk, confirm, changed }: ForgetNeeds,
  areaId: number,
  signal: AbortSignal,
): Promise<number> {
  let dropped = 0
  for (;;) {
    signal.throwIfAborted()
    const due = await readDue(db.read, areaId)
    if (due.length === 0) return dropped
    const { gone, others } = await lookOnceMore(walk, due)
    await confirm()
    signal.throwIfAborted()
    const done = await db.write(
      async (tx) => {
        await tx
          .update(files)
          .set({ missingOnDay: today })
          .where(and(inArray(files.id, others), isMissing))
        return dropFiles(tx, areaId, gone)
      },
      { priority: 'background' },
    )
    dropped += done.dropped
    for (const id of done.areas) changed(id)
  }
}

const isDue = (areaId: number) =>
  and(eq(files.areaId, areaId), isMissing, sql`${files.missingOnDay} <= ${today} - ${daysKept}`)

/** The area's files that are to be dropped, longest missing first; a look into one index where there are none. */
export const dueFiles = (read: Read, areaId: number) =>
  read
    .select({
      id: files.id,
      name: files.name,
      directory: directories.path,
      attached: attachedTo(files.photoId),
    })
    .from(files)
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .where(isDue(areaId))
    .orderBy(asc(files.missingOnDay), asc(files.id))
    .limit(mostRows / rowsOfFile)

/** As many files that are due as one write may drop. */
async function readDue(read: Read, areaId: number) {
  const rows = await dueFiles(read, areaId)
  let sum = 0
  const fitting = rows.findIndex(({ attached }) => {
    sum += rowsOfFile + (attached > 0 ? rowsOfAttached + 2 * attached : 0)
    return sum > mostRows
  })
  return fitting < 0 ? rows : rows.slice(0, Math.max(fitting, 1))
}

/**
 * A file may be there although scans do not come by it: in a directory that cannot be read, or one that is to be left out. What is
 * not certainly gone is kept, and asked for again when the time has passed once more.
 */
async function lookOnceMore(
  walk: ForgetNeeds['walk'],
  due: { id: number; directory: string; name: string }[],
) {
  const placed = due.filter(({ name }) => !isSetAside(name))
  const looks = await walk.stat(placed.map(({ directory, name }) => join(directory, name)))
  const others = placed.filter((_, index) => looks[index]?.state !== 'gone').map(({ id }) => id)
  return { gone: due.map(({ id }) => id).filter((id) => !others.includes(id)), others }
}

/** Drops those of the files that are still due, with all that lives by them alone. */
async function dropFiles(
  tx: Tx,
  areaId: number,
  fileIds: number[],
): Promise<{ dropped: number; areas: Set<number> }> {
  const rows = await tx
    .select({ id: files.id, directoryId: files.directoryId })
    .from(files)
    .where(and(inArray(files.id, fileIds), isDue(areaId)))
  const ids = rows.map(({ id }) => id)
  const leaving = await readLeaving(tx, ids)
  const areasGiven = new Set<number>()
  for (const { attached, ...photo } of leaving) {
    if (attached === 0) continue
    for (const id of await handOn(tx, photo)) areasGiven.add(id)
  }
  await tx.delete(files).where(inArray(files.id, ids))
  const photoIds = leaving.map(({ photoId }) => photoId)
  await tx.delete(photos).where(inArray(photos.id, photoIds))
  await dropEmptyDirectories(tx, [...new Set(rows.map(({ directoryId }) => directoryId))])
  return { dropped: ids.length, areas: areasGiven }
}

/** The photos that have no file but these. */
async function readLeaving(tx: Tx, fileIds: number[]): Promise<(Leaving & { attached: number })[]> {
  const others = sql`select 1 from ${files} as other where other.photo_id = ${photos.id}
    and other.id not in ${fileIds}`
  const rows = await tx
    .select({
      ...marksAndContent,
      attached: attachedTo(photos.id),
    })
    .from(files)
    .innerJoin(photos, eq(photos.id, files.photoId))
    .where(and(inArray(files.id, fileIds), sql`not exists (${others})`))
    .orderBy(sql`${files.part} <> 'primary'`, asc(photos.id))
  // Of several files of one photo the primary one tells what it showed.
  return [...new Map(rows.toReversed().map((row) => [row.photoId, row])).values()].toReversed()
}

/** How many rows people attached to a photo. */
function attachedTo(photoId: typeof photos.id | typeof files.photoId): SQL<number> {
  const counts = [
    overlays,
    corrections,
    sharedCaptions,
    photoTags,
    albumPhotos,
    sharePhotos,
    shareContributions,
  ].map((table) => sql`(select count(*) from ${table} where ${table.photoId} = ${photoId})`)
  const covers = sql`(select count(*) from ${albums} where ${albums.coverPhotoId} = ${photoId})`
  return sql<number>`${sql.join([...counts, covers], sql` + `)}`
}

async function dropEmptyDirectories(tx: Tx, ids: number[]): Promise<void> {
  const held = tx.select({ one: sql`1` }).from(files).where(eq(files.directoryId, directories.id))
  const shared = tx.select({ one: sql`1` }).from(shares).where(eq(shares.directoryId, directories.id))
  // names of the tree: those on the way to others stay
  const below = sql`exists (select 1 from ${directories} as other
    where other.path > ${directories.path} || ${sep} and other.path < ${directories.path} || ${String.fromCharCode(sep.charCodeAt(0) + 1)})`
  await tx
    .delete(directories)
    .where(and(inArray(directories.id, ids), notExists(held), notExists(shared), not(below)))
}
