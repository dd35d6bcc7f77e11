import { and, eq, isNull, type SQL } from 'drizzle-orm'
import { type FoundLink, heldScope, type LinkReader, linkEnded } from '../../access/links.ts'
import type { Scope } from '../../access/scope.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { remembered } from '../../db/remember.ts'
import { accounts, albums, shares } from '../../db/schema.ts'
import { flagsWith, switchedFlags } from '../settings/flags.ts'

/** Links that were not revoked and that `which` names, the latest made first. */
export async function findLinks(db: Read | Tx, which: SQL | undefined): Promise<FoundLink[]> {
  const rows = await db
    .select({ share: shares, creator: accounts, albumRemovedAt: albums.removedAt, flags: switchedFlags })
    .from(shares)
    .innerJoin(accounts, eq(accounts.id, shares.creatorId))
    .leftJoin(albums, eq(albums.id, shares.albumId))
    .where(and(isNull(shares.revokedAt), which))
    .orderBy(shares.createdAt, shares.id)
  return rows.map(({ flags, ...row }) => ({ ...row, flags: flagsWith(flags) })).reverse()
}

/** One such link, by its id. Throws `Refusal` `not_found` (`link_ended`). */
async function findLink(db: Read | Tx, id: number): Promise<FoundLink> {
  const [link] = await remembered(db, 'a link', id, () => findLinks(db, eq(shares.id, id)))
  if (!link) throw linkEnded()
  return link
}

/** A link and what it may show, for somebody who holds it. Throws `Refusal` as `heldScope` does. */
export async function findHeld(
  db: Read,
  by: LinkReader,
  id: number,
  now: number,
): Promise<{ link: FoundLink; scope: Scope }> {
  const link = await findLink(db, id)
  return { link, scope: await heldScope(db, by, link, now) }
}
