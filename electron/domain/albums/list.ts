import { and, eq, inArray, sql } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { Album } from '../../contract/albums.ts'
import type { Read } from '../../db/connect.ts'
import { albumPhotos, albums, photos } from '../../db/schema.ts'
import { type AlbumRow, findAlbum, heldBy } from './own.ts'

/** The account's albums with what the scope shows of them. */
export async function listAlbums(db: Read, scope: Scope, by: AccountPrincipal): Promise<Album[]> {
  return describe(db, scope, by, await db.select().from(albums).where(heldBy(by.accountId)))
}

/** One of them. Throws `Refusal` `not_found` for one that is not the account's own. */
export async function describeAlbum(
  db: Read,
  scope: Scope,
  by: AccountPrincipal,
  id: number,
): Promise<Album> {
  const [album] = await describe(db, scope, by, [await findAlbum(db, by.accountId, id)])
  if (!album) throw new Error('of one album one is described')
  return album
}

async function describe(
  db: Read,
  scope: Scope,
  by: AccountPrincipal,
  rows: readonly AlbumRow[],
): Promise<Album[]> {
  const sums = await sumUp(db, scope, rows)
  const covers = await readCovers(db, scope, rows, sums)
  const may = { edit: capabilitiesOf(by).has('album') }
  return rows.map(({ id, parentId, title, description, order }) => {
    const { count = 0, from = null, to = null } = sums.get(id) ?? {}
    return { id, parentId, title, description, order, count, cover: covers.get(id) ?? null, from, to, may }
  })
}

interface Sums {
  count: number
  from: string
  to: string
  /** the photo that comes first in the album's order */
  first: number
}

/** Makes any whole number a text of equal length that sorts as the numbers do. */
const OFFSET = Number.MAX_SAFE_INTEGER

/** In one pass over what the albums hold: a sorted one per album would take far longer. */
async function sumUp(db: Read, scope: Scope, rows: readonly AlbumRow[]): Promise<Map<number, Sums>> {
  const ids = JSON.stringify(rows.map(({ id }) => id))
  const newest = sql<string>`max(${photos.takenAt} || printf('%016d', ${photos.id}))`
  const foremost = sql<string>`min(printf('%017d%016d', ${albumPhotos.position} + ${OFFSET}, ${photos.id}))`
  const found = await db
    .select({
      albumId: albumPhotos.albumId,
      count: sql<number>`count(*)`,
      from: sql<string>`min(${photos.takenAt})`,
      to: sql<string>`max(${photos.takenAt})`,
      newest,
      foremost,
    })
    .from(albumPhotos)
    .innerJoin(photos, eq(photos.id, albumPhotos.photoId))
    .where(and(sql`${albumPhotos.albumId} in (select value from json_each(${ids}))`, photosIn(scope)))
    .groupBy(albumPhotos.albumId)
  const byHand = new Set(rows.filter(({ order }) => order === 'hand').map(({ id }) => id))
  return new Map(
    found.map(({ albumId, newest: latest, foremost: front, ...sums }) => [
      albumId,
      { ...sums, first: Number((byHand.has(albumId) ? front : latest).slice(-16)) },
    ]),
  )
}

/** The chosen cover while it is in the album and in the scope, else the first photo. */
async function readCovers(
  db: Read,
  scope: Scope,
  rows: readonly AlbumRow[],
  sums: ReadonlyMap<number, Sums>,
): Promise<Map<number, Album['cover']>> {
  const chosen = await chosenCovers(db, rows)
  const firsts = [...sums.values()].map(({ first }) => first)
  const wanted = JSON.stringify([...chosen.values(), ...firsts])
  const { id, version, thumbhash } = photos
  const found = await db
    .select({ id, version, thumbhash })
    .from(photos)
    .where(and(sql`${id} in (select value from json_each(${wanted}))`, photosIn(scope)))
  const pictures = new Map(
    found.map((row) => [row.id, { ...row, thumbhash: row.thumbhash?.toString('hex') ?? null }]),
  )
  return new Map(
    rows.map((row) => {
      const first = sums.get(row.id)?.first
      return [row.id, pictures.get(chosen.get(row.id) ?? 0) ?? pictures.get(first ?? 0) ?? null]
    }),
  )
}

/** Of each album the photo that was chosen as its cover, if it is still in it. */
async function chosenCovers(db: Read, rows: readonly AlbumRow[]): Promise<Map<number, number>> {
  const ids = rows.filter(({ coverPhotoId }) => coverPhotoId !== null).map(({ id }) => id)
  const found = await db
    .select({ id: albums.id, photoId: albumPhotos.photoId })
    .from(albums)
    .innerJoin(
      albumPhotos,
      and(eq(albumPhotos.albumId, albums.id), eq(albumPhotos.photoId, albums.coverPhotoId)),
    )
    .where(inArray(albums.id, ids))
  return new Map(found.map(({ id, photoId }) => [id, photoId]))
}
