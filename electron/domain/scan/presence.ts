import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import type { Database, Tx } from '../../db/connect.ts'
import { files, photos } from '../../db/schema.ts'

/** Files per write: each may take its photo along. */
const filesAtOnce = 200

/**
 * Notes that these files of an area are gone from the disk, but for those that another area's scan found there meanwhile. Nothing
 * is forgotten: a photo without any file left moves to the shelf of the missing and comes back with its file. From which
 * day on they are kept is noted when the scan has come to its end (`noteMissingDay`). `signal` stops between writes.
 */
export async function markMissing(
  db: Database,
  { areaId, fileIds }: { areaId: number; fileIds: readonly number[] },
  now: number,
  signal: AbortSignal,
): Promise<void> {
  await inChunks(db, fileIds, signal, async (tx, ids) => {
    const rows = await tx
      .select({ id: files.id })
      .from(files)
      .where(and(inArray(files.id, ids), eq(files.areaId, areaId)))
    await setMissing(
      tx,
      rows.map(({ id }) => id),
      now,
    )
  })
}

/** The same for a few files inside a write. */
export async function setMissing(tx: Tx, fileIds: number[], now: number): Promise<void> {
  await tx
    .update(files)
    .set({ presence: 'missing', missingSince: now, missingOnDay: null })
    .where(and(inArray(files.id, fileIds), eq(files.presence, 'present')))
  const stillThere = tx
    .select({ one: sql`1` })
    .from(files)
    .where(and(eq(files.photoId, photos.id), eq(files.presence, 'present')))
  await tx
    .update(photos)
    .set({ missingAt: now })
    .where(and(inArray(photos.id, photosOf(tx, fileIds)), isNull(photos.missingAt), notExists(stillThere)))
}

/** Notes that these files are on disk again, unchanged. */
export async function markPresent(
  db: Database,
  fileIds: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  await inChunks(db, fileIds, signal, async (tx, ids) => {
    await tx
      .update(files)
      .set({ presence: 'present', missingSince: null, missingOnDay: null })
      .where(inArray(files.id, ids))
    await tx
      .update(photos)
      .set({ missingAt: null })
      .where(inArray(photos.id, photosOf(tx, ids)))
  })
}

const photosOf = (tx: Tx, fileIds: number[]) =>
  tx.select({ id: files.photoId }).from(files).where(inArray(files.id, fileIds))

async function inChunks(
  db: Database,
  ids: readonly number[],
  signal: AbortSignal,
  work: (tx: Tx, ids: number[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < ids.length; start += filesAtOnce) {
    signal.throwIfAborted()
    const chunk = ids.slice(start, start + filesAtOnce)
    await db.write((tx) => work(tx, chunk), { priority: 'background' })
  }
}
