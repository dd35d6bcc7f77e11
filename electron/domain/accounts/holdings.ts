import { and, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { canHoldAlbums } from '../../access/capabilities.ts'
import { administrationScope } from '../../access/scope.ts'
import type { Candidate, Holdings } from '../../contract/removal.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, albums, appPasswords, areaAccess, overlays, shares, tags } from '../../db/schema.ts'
import { countByArea } from '../library/months.ts'
import { type AccountRow, type Actor, mayWithAccount } from './rules.ts'

/** What an account added and made, counted: what becomes of it is asked when the account is deleted. */
export async function readHoldings(read: Read, accountId: number): Promise<Holdings> {
  const [marks] = await read
    .select({
      favourites: sql<number>`coalesce(sum(${overlays.favourite}), 0)`,
      ratings: sql<number>`coalesce(sum(${gt(overlays.rating, 0)}), 0)`,
      captions: sql<number>`coalesce(sum(${ne(overlays.caption, '')}), 0)`,
    })
    .from(overlays)
    .where(eq(overlays.accountId, accountId))
  const own = and(eq(albums.ownerId, accountId), isNull(albums.removedAt))
  // shared by name
  const ofSeveral = read
    .selectDistinct({ id: shares.albumId })
    .from(shares)
    .where(and(eq(shares.direct, true), isNull(shares.revokedAt)))
  return {
    favourites: marks?.favourites ?? 0,
    ratings: marks?.ratings ?? 0,
    captions: marks?.captions ?? 0,
    tags: await read.$count(tags, eq(tags.accountId, accountId)),
    albums: await read.$count(albums, own),
    albumsOfSeveral: await read.$count(albums, and(own, inArray(albums.id, ofSeveral))),
    shares: await read.$count(shares, and(eq(shares.creatorId, accountId), isNull(shares.revokedAt))),
    appPasswords: await read.$count(appPasswords, eq(appPasswords.accountId, accountId)),
  }
}

/**
 * Photos that lie in folders of this account which are granted to nobody else who is there. Admins keep seeing those of registered folders.
 */
export async function countOnlyTheirs(read: Read, by: Actor, accountId: number): Promise<number> {
  const reach = await read
    .select({ accountId: areaAccess.accountId, areaId: areaAccess.areaId })
    .from(areaAccess)
    .innerJoin(accounts, eq(accounts.id, areaAccess.accountId))
    .where(or(isNull(accounts.deletedAt), eq(accounts.id, accountId)))
  const others = new Set(reach.filter((row) => row.accountId !== accountId).map(({ areaId }) => areaId))
  const counts = await countByArea(read, await administrationScope(read, by))
  return reach
    .filter((row) => row.accountId === accountId && !others.has(row.areaId))
    .reduce((sum, { areaId }) => sum + (counts.get(areaId) ?? 0), 0)
}

/** Whether an account may be given the albums of another by this actor: its role holds albums, and it is one that the actor may change. */
export const mayReceive = (by: Actor, account: AccountRow): boolean =>
  canHoldAlbums(account) && mayWithAccount(by, account).edit

/** To whom the albums of an account may be handed by this actor, by name. */
export async function readCandidates(read: Read, by: Actor, accountId: number): Promise<Candidate[]> {
  const rows = await read
    .select()
    .from(accounts)
    .where(and(isNull(accounts.deletedAt), ne(accounts.id, accountId)))
    .orderBy(accounts.username)
  return rows.filter((row) => mayReceive(by, row)).map(({ id, username, name }) => ({ id, username, name }))
}
