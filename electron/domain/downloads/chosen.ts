import { and, eq, inArray, sql } from 'drizzle-orm'
import { mayWith, requireMay, type Whereabouts } from '../../access/photo-actions.ts'
import { photosIn, type Scope } from '../../access/scope.ts'
import { DOWNLOAD_MOST, PHOTOS_AT_ONCE } from '../../contract/values.ts'
import type { Read } from '../../db/connect.ts'
import { files, photos } from '../../db/schema.ts'
import { invalidField, notFound } from '../../lib/refusal.ts'
import { type PhotoList, rowsOf } from '../library/lists.ts'

/** A photo that may be saved. */
export interface Saveable {
  id: number
  /** of its file */
  name: string
  sizeBytes: number
  takenAt: string
}

/** The photos of a list, in its order. Throws `Refusal` `invalid` where they are more than are saved in one go. */
export async function idsOfList(db: Read, list: PhotoList): Promise<number[]> {
  const order = {
    taken: sql`taken_at desc, id desc`,
    added: sql`added_at desc, id desc`,
    hand: sql`place, id`,
  }
  const place = list.order === 'hand' ? sql`, held.place as place` : sql``
  const rows = await db.all<{ id: number }>(sql`
    select id from (select ${photos.id} as id, ${photos.takenAt} as taken_at, ${photos.addedAt} as added_at ${place}
      from ${rowsOf(list)} where ${photosIn(list.scope)})
    order by ${order[list.order]} limit ${DOWNLOAD_MOST + 1}`)
  if (rows.length > DOWNLOAD_MOST) throw invalidField('list', 'download_too_many')
  return rows.map(({ id }) => id)
}

/**
 * Those of these photos that the scope's owner may save, each once, in the order given. Throws `Refusal` where that is none: `not_found`, or
 * what keeps them from the first one.
 */
export async function saveable(db: Read, scope: Scope, ids: readonly number[]): Promise<Saveable[]> {
  const wanted = [...new Set(ids)]
  const may = mayBySpot(scope)
  const found = new Map<number, Saveable>()
  let first: Whereabouts | undefined
  for (let from = 0; from < wanted.length; from += PHOTOS_AT_ONCE) {
    for (const { areaId, shelf, ...photo } of await readPage(
      db,
      scope,
      wanted.slice(from, from + PHOTOS_AT_ONCE),
    )) {
      first ??= { areaId, shelf }
      if (may({ areaId, shelf })) found.set(photo.id, photo)
    }
  }
  if (found.size === 0) {
    if (!first) throw notFound()
    requireMay(scope, first, 'download')
  }
  return wanted.flatMap((id) => found.get(id) ?? [])
}

/** The same for a list that only some see: photos that it does not hold are left out as those out of scope are; all of it where none are named. */
export async function saveableOf(db: Read, list: PhotoList, ids?: readonly number[]): Promise<Saveable[]> {
  const held = await idsOfList(db, list)
  if (!ids) return saveable(db, list.scope, held)
  const isHeld = new Set(held)
  return saveable(
    db,
    list.scope,
    ids.filter((id) => isHeld.has(id)),
  )
}

/** Asked once of each folder and shelf, of which all photos are alike. */
function mayBySpot(scope: Scope): (spot: Whereabouts) => boolean {
  const known = new Map<string, boolean>()
  return (spot) => {
    const key = `${spot.areaId} ${spot.shelf}`
    const may = known.get(key) ?? mayWith(scope, spot).download
    known.set(key, may)
    return may
  }
}

function readPage(db: Read, scope: Scope, ids: readonly number[]) {
  const { id, areaId, shelf, takenAt } = photos
  return db
    .select({ id, areaId, shelf, takenAt, name: files.name, sizeBytes: files.sizeBytes })
    .from(photos)
    .innerJoin(files, and(eq(files.photoId, photos.id), eq(files.part, 'primary')))
    .where(and(inArray(photos.id, [...ids]), photosIn(scope)))
}
