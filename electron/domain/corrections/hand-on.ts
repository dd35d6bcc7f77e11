import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { corrections, photos } from '../../db/schema.ts'
import { asFileColumns, readCorrections } from './file-says.ts'

/** What was put right of one photo is right of another that holds the same too, as far as nobody put that one right. Answers whether anything was. */
export async function handOnCorrection(tx: Tx, from: number, to: number): Promise<boolean> {
  const found = await readCorrections(tx, [from, to])
  const [given, own] = [found.get(from), found.get(to)]
  const date = given?.date === true && !own?.date
  const place = given?.place === true && !own?.place
  if (!given || (!date && !place)) return false
  const rows = await tx.select().from(photos).where(eq(photos.id, from))
  const others = await tx.select().from(photos).where(eq(photos.id, to))
  const [source, target] = [rows[0], others[0]]
  if (!source || !target) return false
  const mark = { ...(date && { date }), ...(place && { place }), updatedAt: given.updatedAt }
  await tx
    .insert(corrections)
    .values({ photoId: to, ...asFileColumns(target), ...mark })
    .onConflictDoUpdate({ target: corrections.photoId, set: mark })
  await tx
    .update(photos)
    .set({
      ...(date && { takenAt: source.takenAt, takenOffset: source.takenOffset }),
      ...(place && {
        latitude: source.latitude,
        longitude: source.longitude,
        altitude: source.altitude,
      }),
    })
    .where(eq(photos.id, to))
  return true
}
