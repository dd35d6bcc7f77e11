import { and, eq, exists, inArray, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { shareContributions, shareGuests, shares } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { requirePhotos } from '../library/to-change.ts'
import { photosOfLink, shownOf } from './content.ts'
import { findHeld } from './find-link.ts'
import { nameOf } from './name.ts'

interface ContributeNeeds {
  db: Database
  clock: Clock
}

interface Contribution {
  share: number
  /** 500 at most */
  photoIds: readonly number[]
}

/**
 * Adds photos to an album that is shared with the account as a contributor; answers those that it did not show before. Throws `Refusal`: `not_found` for
 * what it does not hold, and photos out of its reach, `forbidden` for whoever only looks, and photos that it may not share.
 */
export async function contribute(
  { db, clock }: ContributeNeeds,
  by: AccountPrincipal,
  { share, photoIds }: Contribution,
): Promise<number[]> {
  const at = clock()
  const { link, scope } = await findHeld(db.read, by, share, at)
  const shown = await shownOf(db.read, await photosOfLink(db.read, link, scope), photoIds)
  return db.write(async (tx) => {
    await requireContributor(tx, by, share)
    const { ids } = await requirePhotos(tx, by, photoIds, ['share'])
    const fresh = ids.filter((id) => !shown.has(id))
    if (fresh.length === 0) return []
    const rows = await tx
      .insert(shareContributions)
      .values(fresh.map((photoId) => ({ shareId: share, photoId, accountId: by.accountId, addedAt: at })))
      .onConflictDoUpdate({
        target: [shareContributions.shareId, shareContributions.photoId],
        set: { accountId: by.accountId, addedAt: at, withdrawnBy: null },
        // one that another person added, and that is there, stays theirs
        setWhere: sql`${shareContributions.withdrawnBy} is not null or ${notExists(guestWhoAdded(tx))}`,
      })
      .returning({ photoId: shareContributions.photoId })
    return noted(tx, by, { share, as: 'contributed', ids: idsOf(rows), at })
  })
}

const idsOf = (rows: { photoId: number }[]) => rows.map(({ photoId }) => photoId)

/** Whoever added a contribution, where they have the share still. */
const guestWhoAdded = (tx: Tx) =>
  tx
    .select({ accountId: shareGuests.accountId })
    .from(shareGuests)
    .where(
      and(
        eq(shareGuests.shareId, shareContributions.shareId),
        eq(shareGuests.accountId, shareContributions.accountId),
      ),
    )

async function requireContributor(tx: Tx, { accountId }: AccountPrincipal, share: number): Promise<void> {
  const [guest] = await tx
    .select({ part: shareGuests.part })
    .from(shareGuests)
    .innerJoin(shares, and(eq(shares.id, shareGuests.shareId), isNull(shares.revokedAt)))
    .where(and(eq(shareGuests.shareId, share), eq(shareGuests.accountId, accountId)))
  if (guest?.part !== 'contributor') throw new Refusal('forbidden', { reason: 'not_contributor' })
}

/**
 * Takes photos that were added out again: an account's own, or as whoever shares the album all of them; others are left alone. Answers which.
 * Throws `Refusal` `not_found` for a share of which it knows nothing.
 */
export async function withdraw(
  { db, clock }: ContributeNeeds,
  by: AccountPrincipal,
  { share, photoIds }: Contribution,
): Promise<number[]> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    await requireKnown(tx, by, share)
    const isTheirs = or(
      eq(shareContributions.accountId, by.accountId),
      inArray(shareContributions.shareId, ownShares(tx, by)),
    )
    const gone = await change(tx, by.accountId, [
      of({ share, photoIds }),
      isNull(shareContributions.withdrawnBy),
      isTheirs,
    ])
    return noted(tx, by, { share, as: 'withdrawn', ids: gone, at: clock() })
  })
}

/**
 * Brings back what the account withdrew, where it could withdraw or add it today; answers which. Throws `Refusal` `not_found` for a share of which
 * it knows nothing.
 */
export async function bringBack(
  { db, clock }: ContributeNeeds,
  by: AccountPrincipal,
  { share, photoIds }: Contribution,
): Promise<number[]> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    await requireKnown(tx, by, share)
    const contributing = tx
      .select({ id: shareGuests.shareId })
      .from(shareGuests)
      .where(and(eq(shareGuests.accountId, by.accountId), eq(shareGuests.part, 'contributor')))
    const isOwn = and(
      eq(shareContributions.accountId, by.accountId),
      inArray(shareContributions.shareId, contributing),
    )
    const back = await change(tx, null, [
      of({ share, photoIds }),
      eq(shareContributions.withdrawnBy, by.accountId),
      or(isOwn, inArray(shareContributions.shareId, ownShares(tx, by))),
    ])
    return noted(tx, by, { share, as: 'broughtBack', ids: back, at: clock() })
  })
}

const of = ({ share, photoIds }: Contribution) =>
  and(eq(shareContributions.shareId, share), inArray(shareContributions.photoId, [...photoIds]))

const ownShares = (tx: Tx, { accountId }: AccountPrincipal) =>
  tx.select({ id: shares.id }).from(shares).where(eq(shares.creatorId, accountId))

async function change(tx: Tx, withdrawnBy: number | null, which: (SQL | undefined)[]): Promise<number[]> {
  const rows = await tx
    .update(shareContributions)
    .set({ withdrawnBy })
    .where(and(...which))
    .returning({ photoId: shareContributions.photoId })
  return idsOf(rows)
}

/** Throws `Refusal` `not_found` for whoever neither shares nor has it. */
async function requireKnown(tx: Tx, { accountId }: AccountPrincipal, share: number): Promise<void> {
  const has = and(eq(shareGuests.shareId, shares.id), eq(shareGuests.accountId, accountId))
  const guest = tx.select({ id: shareGuests.shareId }).from(shareGuests).where(has)
  const isKnown = or(eq(shares.creatorId, accountId), exists(guest))
  const [row] = await tx
    .select({ id: shares.id })
    .from(shares)
    .where(and(eq(shares.id, share), isNull(shares.revokedAt), isKnown))
  if (!row) throw notFound()
}

interface Change {
  share: number
  as: 'contributed' | 'withdrawn' | 'broughtBack'
  ids: number[]
  at: number
}

/** Answers the ids; where there are none, nothing was changed. */
async function noted(tx: Tx, by: AccountPrincipal, { share, as, ids, at }: Change): Promise<number[]> {
  if (ids.length === 0) return ids
  const object = { kind: 'link', id: share, name: await nameOf(tx, share) } as const
  await recordAudit(tx, by, { action: 'share.changed', object, details: { [as]: ids.length }, at })
  return ids
}
