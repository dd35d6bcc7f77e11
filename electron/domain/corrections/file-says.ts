import { eq, inArray } from 'drizzle-orm'
import type { Read, Tx } from '../../db/connect.ts'
import { corrections, type photos } from '../../db/schema.ts'

export type CorrectionRow = typeof corrections.$inferSelect

/** When and where, in the columns of a photo. */
export type WhenAndWhere = Pick<
  typeof photos.$inferSelect,
  'takenAt' | 'takenOffset' | 'takenSource' | 'latitude' | 'longitude' | 'altitude'
>

/** The same as it is to be written. */
type Told = Pick<typeof photos.$inferInsert, keyof WhenAndWhere>

/** The same in the columns of a correction. */
export const asFileColumns = (says: Told) => ({
  fileTakenAt: says.takenAt,
  fileTakenOffset: says.takenOffset ?? null,
  fileTakenSource: says.takenSource,
  fileLatitude: says.latitude ?? null,
  fileLongitude: says.longitude ?? null,
  fileAltitude: says.altitude ?? null,
})

/** The place that a correction's file says, in the columns of a photo. */
export const filePlace = (row: CorrectionRow) => ({
  latitude: row.fileLatitude,
  longitude: row.fileLongitude,
  altitude: row.fileAltitude,
})

/** The corrections of these photos, by photo. At most some thousand ids. */
export async function readCorrections(
  read: Read | Tx,
  photoIds: readonly number[],
): Promise<Map<number, CorrectionRow>> {
  const rows = await read
    .select()
    .from(corrections)
    .where(inArray(corrections.photoId, [...photoIds]))
  return new Map(rows.map((row) => [row.photoId, row]))
}

/**
 * Notes what the file of a corrected photo says now, and answers what of it may be written to the photo: all but the parts that
 * people put right.
 */
export async function besideCorrection<Facts extends Told>(
  tx: Tx,
  correction: CorrectionRow,
  facts: Facts,
): Promise<Partial<Facts>> {
  await tx.update(corrections).set(asFileColumns(facts)).where(eq(corrections.photoId, correction.photoId))
  const rest: Partial<Facts> = { ...facts }
  if (correction.date) for (const column of ['takenAt', 'takenOffset'] as const) delete rest[column]
  if (correction.place)
    for (const column of ['latitude', 'longitude', 'altitude'] as const) delete rest[column]
  return rest
}
