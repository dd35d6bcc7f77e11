import { and, eq, inArray, isNotNull, isNull, type SQLWrapper, sql } from 'drizzle-orm'
import { NAME_MAX } from '../../contract/overlays.ts'
import type { Tx } from '../../db/connect.ts'
import { albumPhotos, albums, shareContributions, shareGuests, shares } from '../../db/schema.ts'
import { heldBy } from '../albums/own.ts'
import { isOfNobody } from '../sharing/direct-people.ts'
import type { AccountRow } from './rules.ts'

/**
 * Gives all albums of one account to another, but those it had removed, with their photos, order and covers, and all its links and what it shares by name. In the one transaction of
 * the deletion, however many there are: albums are all with the one or all with the other. Who receives them is no guest of theirs any more, and what they
 * had added is theirs in the album itself; what the former owner put in and whom they invited is the receiver's from then on, so that an album
 * never shows others what its owner does not see.
 */
export async function handOver(tx: Tx, from: AccountRow, to: AccountRow, now: number): Promise<void> {
  await tellApart(tx, from, to, now)
  const isGiven = heldBy(from.id)
  const given = tx.select({ id: albums.id }).from(albums).where(isGiven)
  await tx
    .update(albumPhotos)
    .set({ addedBy: to.id })
    .where(and(eq(albumPhotos.addedBy, from.id), inArray(albumPhotos.albumId, given)))
  await tx.update(albums).set({ ownerId: to.id }).where(isGiven)
  const links = tx.select({ id: shares.id }).from(shares).where(eq(shares.creatorId, from.id))
  await keepAdded(tx, to, links)
  await tx
    .delete(shareGuests)
    .where(and(eq(shareGuests.accountId, to.id), inArray(shareGuests.shareId, links)))
  // what was shared by name with the receiver alone is nobody's but theirs now
  await tx
    .update(shares)
    .set({ revokedAt: now })
    .where(and(eq(shares.creatorId, from.id), isOfNobody(tx)))
  await tx.update(shares).set({ creatorId: to.id }).where(eq(shares.creatorId, from.id))
}

/** What somebody had added to albums that are theirs from now on is in these like all they put there themselves. */
async function keepAdded(tx: Tx, to: AccountRow, links: SQLWrapper): Promise<void> {
  const added = and(eq(shareContributions.accountId, to.id), inArray(shareContributions.shareId, links))
  const rows = await tx
    .select({
      albumId: sql<number>`${shares.albumId}`,
      photoId: shareContributions.photoId,
      addedAt: shareContributions.addedAt,
    })
    .from(shareContributions)
    .innerJoin(shares, and(eq(shares.id, shareContributions.shareId), isNotNull(shares.albumId)))
    .where(and(added, isNull(shareContributions.withdrawnBy)))
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows
      .slice(from, from + ROWS_AT_ONCE)
      .map((row) => ({ ...row, addedBy: to.id, position: LAST }))
    await tx.insert(albumPhotos).values(some).onConflictDoNothing()
  }
  await tx.delete(shareContributions).where(added)
}

/** Behind all others where the album is in order by hand. */
const LAST = sql`(select coalesce(max(position), 0) + 1 from album_photos as other where other.album_id = album_id)`

/** SQLite takes so many values in one statement. */
const ROWS_AT_ONCE = 1000

/** Albums with the same name in the same place, as people would take them for one another. */
const keyOf = (parentId: number | null, title: string) =>
  `${parentId ?? ''} ${title.normalize('NFC').trim().toLowerCase()}`

/** An album that would stand beside one of the receiver's by the same title gets its former owner's name: “Summer (Rose)”, “Summer (Rose 2)”. */
async function tellApart(tx: Tx, from: AccountRow, to: AccountRow, now: number): Promise<void> {
  const { id, parentId, title, ownerId } = albums
  const rows = await tx
    .select({ id, parentId, title, ownerId })
    .from(albums)
    .where(and(inArray(albums.ownerId, [from.id, to.id]), isNull(albums.removedAt)))
    .orderBy(albums.id)
  const held = new Set(
    rows.filter((row) => row.ownerId === to.id).map((row) => keyOf(row.parentId, row.title)),
  )
  const given = rows.filter((row) => row.ownerId === from.id)
  const taken = new Set(rows.map((row) => keyOf(row.parentId, row.title)))
  const name = from.name || from.username
  for (const album of given) {
    if (!held.has(keyOf(album.parentId, album.title))) continue
    let apart = withMark(album.title, name)
    for (let number = 2; taken.has(keyOf(album.parentId, apart)); number += 1)
      apart = withMark(album.title, `${name} ${number}`)
    taken.add(keyOf(album.parentId, apart))
    await tx.update(albums).set({ title: apart, updatedAt: now }).where(eq(albums.id, album.id))
  }
}

/** The title with a mark behind it, cut before the mark where both together are longer than titles are. */
function withMark(title: string, mark: string): string {
  const end = ` (${mark})`
  // by whole characters, none of which is cut in two
  const kept = Array.from(title)
  while (kept.join('').length + end.length > NAME_MAX) kept.pop()
  return kept.join('') + end
}
