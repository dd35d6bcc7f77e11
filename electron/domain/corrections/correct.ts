import { inArray, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Corrected, CorrectionValue } from '../../contract/corrections.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { corrections, photos } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import { requirePhotos } from '../library/to-change.ts'
import { asFileColumns, filePlace, readCorrections } from './file-says.ts'
import type { Plan, Standing } from './plan.ts'

interface CorrectNeeds {
  db: Database
  clock: Clock
}

/** What became of it, and the areas of the photos that changed. */
type Outcome = Corrected & { areas: number[] }

/**
 * Puts right when and where photos were taken, at most 500, all of them or none. Throws `Refusal`: `not_found` where any is out of reach,
 * `forbidden` where any may not be corrected by this account, or a place while the household has places switched off; `invalid` where a date
 * would come to lie outside the years there are.
 */
export async function correctPhotos(
  { db, clock }: CorrectNeeds,
  by: AccountPrincipal,
  { ids, change, withPlace }: Plan,
): Promise<Outcome> {
  if (withPlace && !by.flags.places) throw new Refusal('forbidden', { reason: 'switched_off' })
  return db.write(async (tx) => {
    const standing = await readStanding(tx, by, ids)
    const clocks = { skipped: 0, repeated: 0 }
    const before: CorrectionValue[] = []
    const after: Change[] = []
    for (const photo of standing) {
      const { value, clock: zoneClock } = change(photo)
      if (zoneClock === 'skipped' || zoneClock === 'repeated') clocks[zoneClock] += 1
      const changed = changeOf(photo, value)
      if (!changed) continue
      after.push(changed)
      before.push(valueBefore(photo, value))
    }
    await write(tx, after, clock())
    return {
      changed: after.map(({ photo }) => photo.id),
      undo: before.length > 0 ? [{ values: before }] : [],
      ...clocks,
      areas: [...new Set(after.map(({ photo }) => photo.areaId))],
    }
  })
}

/** The photos as they are, with what was put right of them before, asked with the rights that the account has now. */
async function readStanding(tx: Tx, by: AccountPrincipal, ids: readonly number[]): Promise<Standing[]> {
  const { ids: wanted } = await requirePhotos(tx, by, ids, ['edit'])
  const { id, areaId, takenAt, takenOffset, takenSource, latitude, longitude, altitude } = photos
  const found = await tx
    .select({ id, areaId, takenAt, takenOffset, takenSource, latitude, longitude, altitude })
    .from(photos)
    .where(inArray(id, wanted))
  const corrected = await readCorrections(tx, wanted)
  return found.map((photo) => ({ ...photo, correction: corrected.get(photo.id) ?? null }))
}

type Moment = Pick<Standing, 'takenAt' | 'takenOffset'>
type Where = Pick<Standing, 'latitude' | 'longitude' | 'altitude'>

/** A photo that is not as it is to be. */
interface Change {
  photo: Standing
  /** what is put right of it from now on */
  date: boolean
  place: boolean
  moment: Moment
  where: Where
}

const NOWHERE: Where = { latitude: null, longitude: null, altitude: null }

/** Undefined where the photo is already as wanted, and put right by people just as far. */
function changeOf(photo: Standing, { date, place }: CorrectionValue): Change | undefined {
  const { correction } = photo
  const isDate = date === undefined ? (correction?.date ?? false) : date !== 'file'
  const isPlace = place === undefined ? (correction?.place ?? false) : place !== 'file'
  const moment = momentOf(photo, date)
  const where = whereOf(photo, place)
  const isSame =
    isDate === (correction?.date ?? false) &&
    isPlace === (correction?.place ?? false) &&
    moment.takenAt === photo.takenAt &&
    moment.takenOffset === photo.takenOffset &&
    where.latitude === photo.latitude &&
    where.longitude === photo.longitude &&
    where.altitude === photo.altitude
  return isSame ? undefined : { photo, date: isDate, place: isPlace, moment, where }
}

function momentOf(photo: Standing, date: CorrectionValue['date']): Moment {
  if (date === undefined) return photo
  if (date !== 'file') return date
  const { correction } = photo
  return correction ? { takenAt: correction.fileTakenAt, takenOffset: correction.fileTakenOffset } : photo
}

function whereOf(photo: Standing, place: CorrectionValue['place']): Where {
  if (place === undefined) return photo
  if (place === null) return NOWHERE
  if (place !== 'file') return { ...place, altitude: place.altitude ?? null }
  return photo.correction ? filePlace(photo.correction) : photo
}

/** What brings back, of the parts that the value names, what the photo has. */
function valueBefore(photo: Standing, { date, place }: CorrectionValue): CorrectionValue {
  const { id, correction, takenAt, takenOffset, latitude, longitude, altitude } = photo
  const moment = correction?.date ? { takenAt, takenOffset } : ('file' as const)
  const spot = latitude === null || longitude === null ? null : { latitude, longitude, altitude }
  const where = correction?.place ? spot : ('file' as const)
  return { id, ...(date !== undefined && { date: moment }), ...(place !== undefined && { place: where }) }
}

async function write(tx: Tx, changes: readonly Change[], now: number): Promise<void> {
  const left = changes.filter(({ date, place }) => !date && !place)
  const kept = changes.filter(({ date, place }) => date || place)
  const idsOf = (some: readonly Change[]) => some.map(({ photo }) => photo.id)
  if (left.length > 0) await tx.delete(corrections).where(inArray(corrections.photoId, idsOf(left)))
  if (kept.length > 0)
    await tx
      .insert(corrections)
      .values(
        kept.map(({ photo, date, place }) => ({
          photoId: photo.id,
          date,
          place,
          // of a photo that was corrected before, its row knows better what the file says, and keeps it
          ...asFileColumns(photo),
          updatedAt: now,
        })),
      )
      .onConflictDoUpdate({
        target: corrections.photoId,
        set: { date: sql`excluded.date`, place: sql`excluded.place`, updatedAt: sql`excluded.updated_at` },
      })
  // most share one place or one time: one statement for each that there is
  for (const [, same] of Map.groupBy(changes, ({ moment }) => `${moment.takenAt} ${moment.takenOffset}`))
    await setColumns(tx, idsOf(same), momentColumns(same))
  for (const [, same] of Map.groupBy(changes, ({ where }) => JSON.stringify(Object.values(where))))
    await setColumns(tx, idsOf(same), whereColumns(same))
}

const momentColumns = ([first]: readonly Change[]) =>
  first && { takenAt: first.moment.takenAt, takenOffset: first.moment.takenOffset }

const whereColumns = ([first]: readonly Change[]) =>
  first && {
    latitude: first.where.latitude,
    longitude: first.where.longitude,
    altitude: first.where.altitude,
  }

async function setColumns(tx: Tx, ids: number[], columns: Partial<Moment & Where> | undefined) {
  if (columns) await tx.update(photos).set(columns).where(inArray(photos.id, ids))
}
