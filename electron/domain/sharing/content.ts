import { eq, sql } from 'drizzle-orm'
import { contributionsIn } from '../../access/contributors.ts'
import type { FoundLink } from '../../access/links.ts'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { HeldPhoto } from '../../contract/shares.ts'
import type { Read } from '../../db/connect.ts'
import { remembered } from '../../db/remember.ts'
import { photos, sharePhotos } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import { albumList, folderList, heldBy, type PhotoList, rowsOf, withAdded } from '../library/lists.ts'
import { findPhoto, type VisiblePhoto } from '../library/photo.ts'

/** The photos that a link shows, in their order, each in its scope. Throws `Refusal` `not_found` where its album or folder is out of its creator's reach. */
export function photosOfLink(db: Read, link: FoundLink, scope: Scope): Promise<PhotoList> {
  // a scope is of one link
  return remembered(db, 'the photos of a link', scope, () => listOf(db, link, scope))
}

async function listOf(db: Read, { share, creator }: FoundLink, scope: Scope): Promise<PhotoList> {
  if (share.albumId !== null) {
    const list = await albumList(db, creator.id, scope, share.albumId)
    return share.direct ? withAdded(list, contributionsIn(share.id)) : list
  }
  if (share.directoryId !== null) return folderList(db, scope, share.directoryId, true)
  return { scope, ...heldBy(sharePhotos, eq(sharePhotos.shareId, share.id)), order: 'taken' }
}

/**
 * What is saved of a link's photos, where that is allowed: the file itself, or a picture made of it without anything else that the file says, in
 * its own size where the link keeps something back, else no larger than a preview.
 */
export function savesOf({ share: { download, hidePlaces, hideCamera } }: FoundLink): HeldPhoto['saves'] {
  if (download === 'resized') return 'preview'
  return hidePlaces || hideCamera ? 'picture' : 'file'
}

/** A photo of a list. Throws `Refusal` `not_found` for all others, those that do not exist too. */
export async function findInList(db: Read, list: PhotoList, id: number): Promise<VisiblePhoto> {
  const photo = await findPhoto(db, list.scope, id)
  if (!photo || !(await holds(db, list, id))) throw notFound()
  return photo
}

async function holds(db: Read, { held, isHeld }: PhotoList, id: number): Promise<boolean> {
  if (!held) return true
  // asked of the one row where that is quickly answered
  const query = isHeld
    ? sql`select 1 from ${photos} where ${photos.id} = ${id} and ${isHeld}`
    : sql`select 1 from (${held}) as held where held.id = ${id} limit 1`
  return (await db.all(query)).length > 0
}

/** Which of these photos a list shows. */
export async function shownOf(db: Read, list: PhotoList, ids: readonly number[]): Promise<Set<number>> {
  const wanted = sql`(select value from json_each(${JSON.stringify(ids)}))`
  const rows = await db.all<{ id: number }>(sql`
    select ${photos.id} as id from ${rowsOf(list)} where ${photosIn(list.scope)} and ${photos.id} in ${wanted}`)
  return new Set(rows.map(({ id }) => id))
}

/** How many photos a list holds, and the newest of them as its cover. */
export async function summarise(db: Read, list: PhotoList) {
  const [row] = await db.all<{ count: number }>(sql`
    select count(*) as count from ${rowsOf(list)} where ${photosIn(list.scope)}`)
  const [cover] = await db.all<{ id: number; version: number; thumbhash: string | null }>(sql`
    select ${photos.id} as id, ${photos.version} as version, hex(${photos.thumbhash}) as thumbhash
    from ${rowsOf(list)} where ${photosIn(list.scope)} and ${photos.state} = 'ready'
    order by ${photos.takenAt} desc, ${photos.id} desc limit 1`)
  return { count: row?.count ?? 0, cover: cover ? { ...cover, thumbhash: cover.thumbhash || null } : null }
}
