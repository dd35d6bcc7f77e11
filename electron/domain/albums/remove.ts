import { and, asc, countDistinct, desc, eq, inArray, isNotNull, lte } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, type Scope, timelineScope } from '../../access/scope.ts'
import type { Output } from '../../contract/contract.ts'
import type { Database, Read } from '../../db/connect.ts'
import { albumPhotos, albums, photos } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { Nesting } from '../../lib/nesting.ts'
import { notFound } from '../../lib/refusal.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { findAlbum, heldBy } from './own.ts'
import { requirePlace } from './place.ts'

interface RemoveNeeds {
  db: Database
  clock: Clock
}

const DAY_MS = 24 * 60 * 60_000
/** How long a removed album can be brought back. */
const KEPT_MS = 30 * DAY_MS
/** Rows of one write: others wait for it. */
const ROWS_AT_ONCE = 500

const place = { id: albums.id, parentId: albums.parentId }

/**
 * Removes an album with those below it; answers how many these are, and how many photos of the account's library they hold. Throws `Refusal`
 * as `findAlbum`.
 */
export async function removeAlbum(
  { db, clock }: RemoveNeeds,
  by: AccountPrincipal,
  id: number,
): Promise<Output<'albums.remove'>> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    await findAlbum(tx, by.accountId, id)
    const rows = await tx.select(place).from(albums).where(heldBy(by.accountId))
    const gone = new Nesting(rows).downFrom(id)
    const removed = await countPhotos(tx, await timelineScope(tx, by, 'everyone'), gone)
    await tx.update(albums).set({ removedAt: clock() }).where(inArray(albums.id, gone))
    return { albums: gone.length, photos: removed }
  })
}

async function countPhotos(db: Read, scope: Scope, albumIds: number[]): Promise<number> {
  const [row] = await db
    .select({ count: countDistinct(albumPhotos.photoId) })
    .from(albumPhotos)
    .innerJoin(photos, eq(photos.id, albumPhotos.photoId))
    .where(and(inArray(albumPhotos.albumId, albumIds), photosIn(scope)))
  return row?.count ?? 0
}

/** Removed albums of the account, of those that were removed together the outermost. */
export async function listRemoved(
  { db, clock }: RemoveNeeds,
  by: AccountPrincipal,
): Promise<Output<'albums.removed'>['albums']> {
  const may = { restore: capabilitiesOf(by).has('album') }
  const now = clock()
  const rows = await db.read
    .select({ ...place, title: albums.title, removedAt: albums.removedAt })
    .from(albums)
    .where(and(eq(albums.ownerId, by.accountId), isNotNull(albums.removedAt)))
    .orderBy(desc(albums.removedAt), asc(albums.id))
  return [...Map.groupBy(rows, ({ removedAt }) => removedAt ?? 0)].flatMap(([removedAt, together]) => {
    const nesting = new Nesting(together)
    const ids = new Set(together.map(({ id }) => id))
    // the daily purge may not have come by yet
    const daysLeft = Math.max(1, Math.ceil((removedAt + KEPT_MS - now) / DAY_MS))
    return together
      .filter(({ parentId }) => parentId === null || !ids.has(parentId))
      .map(({ id, title }) => ({
        id,
        title,
        removedAt,
        daysLeft,
        albums: nesting.downFrom(id).length,
        may,
      }))
  })
}

/**
 * Brings back a removed album with those below it that were removed with it: to where it was, or to the top where what it lay in is gone.
 * Throws `Refusal` `not_found` where there is no such removed album of the account's, and as `requirePlace`.
 */
export async function restoreAlbum({ db }: Pick<RemoveNeeds, 'db'>, by: AccountPrincipal, id: number) {
  const { accountId: ownerId } = by
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const mine = and(eq(albums.id, id), eq(albums.ownerId, ownerId))
    const [album] = await tx.select().from(albums).where(mine)
    if (!album || album.removedAt === null) throw notFound()
    const above = album.parentId === null ? undefined : eq(albums.id, album.parentId)
    const isThere = above && (await tx.$count(albums, and(heldBy(ownerId), above))) > 0
    const parentId = isThere ? album.parentId : null
    const together = and(eq(albums.ownerId, ownerId), eq(albums.removedAt, album.removedAt))
    const back = new Nesting(await tx.select(place).from(albums).where(together)).downFrom(id)
    await tx.update(albums).set({ removedAt: null }).where(inArray(albums.id, back))
    // what lay above it may have been moved deeper meanwhile
    await requirePlace(tx, { ownerId, parentId, title: album.title }, id)
    if (parentId !== album.parentId) await tx.update(albums).set({ parentId }).where(eq(albums.id, id))
  })
}

/** To be called once a day: forgets albums that were removed more than 30 days ago, in small writes; answers how many. */
export async function purgeRemoved({ db, clock }: RemoveNeeds): Promise<number> {
  const due = lte(albums.removedAt, clock() - KEPT_MS)
  const rows = await db.read.select({ id: albums.id }).from(albums).where(due)
  for (const { id } of rows) {
    for (let gone = ROWS_AT_ONCE; gone === ROWS_AT_ONCE; )
      gone = await db.write(
        async (tx) => {
          // one that was brought back meanwhile keeps what it has
          if ((await tx.$count(albums, and(eq(albums.id, id), due))) === 0) return 0
          const held = await tx
            .select({ photoId: albumPhotos.photoId })
            .from(albumPhotos)
            .where(eq(albumPhotos.albumId, id))
            .limit(ROWS_AT_ONCE)
          const ids = held.map(({ photoId }) => photoId)
          await tx
            .delete(albumPhotos)
            .where(and(eq(albumPhotos.albumId, id), inArray(albumPhotos.photoId, ids)))
          return ids.length
        },
        { priority: 'background' },
      )
    await db.write(
      async (tx) => {
        await tx.delete(albums).where(and(eq(albums.id, id), due))
      },
      { priority: 'background' },
    )
  }
  return rows.length
}
