import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { listScope } from '../../access/filters.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { partOf, photosIn, type Scope } from '../../access/scope.ts'
import type { PhotoFilter, View } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import {
  albumPhotos,
  albums,
  areas,
  monthCounts,
  overlays,
  photos,
  photoTags,
  type sharePhotos,
  tags,
} from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import { isWithin } from '../areas/paths.ts'
import { findDirectory, photosInDirectory } from './directories.ts'

/** Photos in an order, each of them in the scope. */
export interface PhotoList {
  readonly scope: Scope
  /** a query of the photos' ids as `id`, where the list is not all of the scope; it may name others too, which the scope leaves out */
  readonly held?: SQL
  /** the same asked of one row of `photos`, where that is quickly answered */
  readonly isHeld?: SQL
  /** by capture, by when they were added, or as `place` of `held` says */
  readonly order: 'taken' | 'added' | 'hand'
}

/** What was added so long ago at most counts as recent, milliseconds. */
const RECENT_MS = 30 * 86_400_000
/** Most photos that count as recent: after a first scan all of a library was added today, and is in the timeline. */
const RECENT_MOST = 10_000

interface Asked {
  view?: View | undefined
  filter?: PhotoFilter | undefined
}

/**
 * The list that somebody asks for. `now`: epoch milliseconds. Throws `Refusal`: `forbidden` where it is not for this account, `not_found`
 * for albums, folders and tags that it does not see, and for views as `timelineScope` does.
 */
export async function findList(
  db: Read,
  by: AccountPrincipal,
  { view, filter }: Asked,
  now: number,
): Promise<PhotoList> {
  // an album is one's own whatever the view: without one it shows all that its owner reaches, as its count says
  const widest = filter?.by === 'album' ? 'everyone' : undefined
  const scope = await listScope(db, by, view ?? widest, filter?.by)
  switch (filter?.by) {
    case undefined:
    case 'archived':
    case 'private':
    case 'offline':
      return { scope, order: 'taken' }
    case 'recent':
      return { scope, held: addedSince(scope, now - RECENT_MS), order: 'added' }
    case 'onThisDay':
      return { scope, held: takenOn(scope, filter.day), order: 'taken' }
    case 'failed':
      return { scope, ...failedIn(scope), order: 'taken' }
    case 'favourites':
      return { scope, ...favouritesOf(by), order: 'taken' }
    case 'rating':
      return { scope, ...ratedBy(by, filter.atLeast), order: 'taken' }
    case 'album':
      return albumList(db, by.accountId, scope, filter.albumId)
    case 'tag':
      return tagList(db, by, scope, filter.tagId, filter.deep ?? false)
    case 'folder':
      return folderList(db, scope, filter.folderId, filter.deep ?? false)
  }
}

// Conditions of partial indexes are written out: SQLite takes such an index only where it reads the same words.

type Held = Required<Pick<PhotoList, 'held' | 'isHeld'>>

/** Rows of a table that names photos, by a condition on it. */
export const heldBy = (
  table: typeof overlays | typeof albumPhotos | typeof photoTags | typeof sharePhotos,
  condition: SQL | undefined,
): Held => ({
  held: sql`select ${table.photoId} as id from ${table} where ${condition}`,
  isHeld: sql`exists (select 1 from ${table} where ${condition} and ${table.photoId} = ${photos.id})`,
})

const favouritesOf = ({ accountId }: AccountPrincipal) =>
  heldBy(overlays, sql`${eq(overlays.accountId, accountId)} and favourite = 1`)

const ratedBy = ({ accountId }: AccountPrincipal, atLeast: number): Held => ({
  ...heldBy(overlays, sql`${eq(overlays.accountId, accountId)} and rating > 0 and rating >= ${atLeast}`),
  // of one photo the row is found by its key: the plus keeps SQLite from looking through all that are rated
  isHeld: heldBy(overlays, sql`${eq(overlays.accountId, accountId)} and +rating >= ${atLeast}`).isHeld,
})

const failedIn = (scope: Scope): Held => ({
  held: sql`select ${photos.id} as id from ${photos} indexed by photos_failed
    where ${photosIn(scope)} and state in ('broken', 'unsupported') and missing_at is null`,
  isHeld: sql`${photos.state} in ('broken', 'unsupported')`,
})

const addedSince = (scope: Scope, since: number) => sql`
  select ${photos.id} as id from ${photos} indexed by photos_added
  where ${photosIn(scope)} and ${photos.addedAt} >= ${since}
  order by ${photos.addedAt} desc, ${photos.id} desc limit ${RECENT_MOST}`

/** Looked up in the timeline's index year by year, of the years that have photos of that month; `U` follows the `T` behind a day. */
const takenOn = (scope: Scope, day: string) => sql`
  select ${photos.id} as id
  from (select distinct ${monthCounts.month} as held_month from ${monthCounts}
    where area_id in ${[...scope.areas.keys()]} and substr(month, 6) = ${day.slice(0, 2)}) as years
  cross join ${photos} indexed by photos_timeline on ${photosIn(scope)}
    and ${photos.takenAt} >= held_month || ${day.slice(2)} and ${photos.takenAt} < held_month || ${`${day.slice(2)}U`}`

/** An album of that owner's, in the order it is in. Throws `Refusal` `not_found` for another's, and for one that was removed. */
export async function albumList(
  db: Read,
  ownerId: number,
  scope: Scope,
  albumId: number,
): Promise<PhotoList> {
  const [album] = await db
    .select({ order: albums.order })
    .from(albums)
    .where(and(eq(albums.id, albumId), eq(albums.ownerId, ownerId), isNull(albums.removedAt)))
  if (!album) throw notFound()
  if (album.order === 'date')
    return { scope, ...heldBy(albumPhotos, eq(albumPhotos.albumId, albumId)), order: 'taken' }
  const held = sql`select ${albumPhotos.photoId} as id, ${albumPhotos.position} as place from ${albumPhotos}
    where ${eq(albumPhotos.albumId, albumId)}`
  return { scope, held, order: 'hand' }
}

/** The same list with photos that `added` names, as `id` with `addedAt`, among them; by hand they come after all others, in the order they were added. */
export function withAdded(list: PhotoList, added: SQL): PhotoList {
  const { held, isHeld, order } = list
  if (!held) return list
  if (order === 'hand') {
    const after = sql`select id, addedAt + ${BEHIND_ALL} as place from (${added})`
    return {
      ...list,
      held: sql`select id, min(place) as place from (${held} union all ${after}) group by id`,
    }
  }
  const ids = sql`select id from (${added})`
  const all = { ...list, held: sql`${held} union ${ids}` }
  return isHeld ? { ...all, isHeld: sql`(${isHeld} or ${photos.id} in (${ids}))` } : all
}

/** More than any place in an album. */
const BEHIND_ALL = 2 ** 50

/** A tag of one's own, or one for everyone that is on a photo of the scope. */
async function tagList(
  db: Read,
  by: AccountPrincipal,
  scope: Scope,
  tagId: number,
  deep: boolean,
): Promise<PhotoList> {
  const [tag] = await db
    .select({ accountId: tags.accountId })
    .from(tags)
    .where(and(eq(tags.id, tagId), or(eq(tags.accountId, by.accountId), isNull(tags.accountId))))
  if (!tag) throw notFound()
  const owner = tag.accountId === null ? isNull(tags.accountId) : eq(tags.accountId, tag.accountId)
  const branch = sql`
    with recursive branch (tag_id) as (select ${tagId}
      union select ${tags.id} from branch cross join ${tags} on ${owner} and ${tags.parentId} = branch.tag_id)
    select tag_id from branch`
  const below = heldBy(photoTags, sql`${photoTags.tagId} in (${branch})`)
  // a photo may have several tags of a branch
  const whole: PhotoList = {
    scope,
    ...below,
    held: sql`select distinct id from (${below.held})`,
    order: 'taken',
  }
  if (tag.accountId === null && !(await isOnAny(db, whole))) throw notFound()
  return deep ? whole : { scope, ...heldBy(photoTags, eq(photoTags.tagId, tagId)), order: 'taken' }
}

/** A directory of an area of the scope; throws `Refusal` `not_found` for others. With those below it an area is a whole one, of which the counts are kept. */
export async function folderList(
  db: Read,
  scope: Scope,
  folderId: number,
  deep: boolean,
): Promise<PhotoList> {
  const directory = await findDirectory(db, scope, folderId)
  if (!directory) throw notFound()
  if (deep) {
    const every = await db.select({ id: areas.id, path: areas.path }).from(areas)
    const within = new Set(every.filter(({ path }) => isWithin(path, directory.path)).map(({ id }) => id))
    if (within.has(directory.areaId))
      return { scope: partOf(scope, (areaId) => within.has(areaId)), order: 'taken' }
  }
  return { scope, ...photosInDirectory(scope, directory, deep), order: 'taken' }
}

/** The rows of a list, for `from`: of `photos`, with `held` joined where there is one. */
export const rowsOf = ({ held }: PhotoList): SQL =>
  // the few that are held are found first, whatever SQLite guesses of their number
  held ? sql`(${held}) as held cross join ${photos} on ${photos.id} = held.id` : sql`${photos}`

async function isOnAny(db: Read, list: PhotoList): Promise<boolean> {
  const rows = await db.all(sql`select 1 from ${rowsOf(list)} where ${photosIn(list.scope)} limit 1`)
  return rows.length > 0
}
