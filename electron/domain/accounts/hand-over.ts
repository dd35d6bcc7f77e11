import { and, eq, inArray, isNull, notExists } from 'drizzle-orm'
import { NAME_MAX } from '../../contract/overlays.ts'
import type { Tx } from '../../db/connect.ts'
import { albumMembers, albumPhotos, albums, shareGuests, shares } from '../../db/schema.ts'
import { heldBy } from '../albums/own.ts'
import type { AccountRow } from './rules.ts'

/**
 * Gives all albums of one account to another, but those it had removed, with their photos, members, order and covers, and all its links. In the one transaction of
 * the deletion, however many there are: albums are all with the one or all with the other. Who receives an album is no member of it any
 * more, nor a guest of a link; what the former owner put in and whom they invited is the receiver's from then on, so that an album
 * never shows others what its owner does not see.
 */
export async function handOver(tx: Tx, from: AccountRow, to: AccountRow, now: number): Promise<void> {
  await tellApart(tx, from, to, now)
  const isGiven = heldBy(from.id)
  const given = tx.select({ id: albums.id }).from(albums).where(isGiven)
  await tx
    .delete(albumMembers)
    .where(and(eq(albumMembers.accountId, to.id), inArray(albumMembers.albumId, given)))
  await tx
    .update(albumMembers)
    .set({ sharedBy: to.id })
    .where(and(eq(albumMembers.sharedBy, from.id), inArray(albumMembers.albumId, given)))
  await tx
    .update(albumPhotos)
    .set({ addedBy: to.id })
    .where(and(eq(albumPhotos.addedBy, from.id), inArray(albumPhotos.albumId, given)))
  await tx.update(albums).set({ ownerId: to.id }).where(isGiven)
  const links = tx.select({ id: shares.id }).from(shares).where(eq(shares.creatorId, from.id))
  await tx
    .delete(shareGuests)
    .where(and(eq(shareGuests.accountId, to.id), inArray(shareGuests.shareId, links)))
  // what was shared by name with the receiver alone is nobody's but theirs now
  const people = tx
    .select({ id: shareGuests.accountId })
    .from(shareGuests)
    .where(eq(shareGuests.shareId, shares.id))
  const isOfNobody = and(eq(shares.direct, true), isNull(shares.revokedAt), notExists(people))
  await tx
    .update(shares)
    .set({ revokedAt: now })
    .where(and(eq(shares.creatorId, from.id), isOfNobody))
  await tx.update(shares).set({ creatorId: to.id }).where(eq(shares.creatorId, from.id))
}

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
