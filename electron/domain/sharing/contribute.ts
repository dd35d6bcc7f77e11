import { and, eq, inArray, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { shareContributions, shareGuests, shares } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { requirePhotos } from '../library/to-change.ts'
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
 * Adds photos to an album that is shared with the account as a contributor; answers how many nobody had added before. Throws `Refusal`: `not_found` for
 * what it does not hold, and photos out of its reach, `forbidden` for whoever only looks, and photos that it may not share.
 */
export async function contribute(
  { db, clock }: ContributeNeeds,
  by: AccountPrincipal,
  { share, photoIds }: Contribution,
): Promise<number> {
  const at = clock()
  await findHeld(db.read, by, share, at)
  return db.write(async (tx) => {
    await requireContributor(tx, by, share)
    const { ids } = await requirePhotos(tx, by, photoIds, ['share'])
    const added = await tx
      .insert(shareContributions)
      .values(ids.map((photoId) => ({ shareId: share, photoId, accountId: by.accountId, addedAt: at })))
      .onConflictDoUpdate({
        target: [shareContributions.shareId, shareContributions.photoId],
        set: { accountId: by.accountId, addedAt: at, withdrawnBy: null },
        // one that another person added, and that is there, stays theirs
        setWhere: sql`${shareContributions.withdrawnBy} is not null or ${notExists(guestWhoAdded(tx))}`,
      })
      .returning({ photoId: shareContributions.photoId })
    await note(tx, by, { share, details: { contributed: added.length }, at })
    return added.length
  })
}

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
 * Takes photos that were added out again: an account's own, or as whoever shares the album all of them; others are left alone. Answers how many.
 * Throws `Refusal` `not_found` where there is none of them.
 */
export async function withdraw(
  { db, clock }: ContributeNeeds,
  by: AccountPrincipal,
  { share, photoIds }: Contribution,
): Promise<number> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const isTheirs = or(
      eq(shareContributions.accountId, by.accountId),
      inArray(shareContributions.shareId, ownShares(tx, by)),
    )
    const gone = await change(tx, by.accountId, [
      of({ share, photoIds }),
      isNull(shareContributions.withdrawnBy),
      isTheirs,
    ])
    await note(tx, by, { share, details: { withdrawn: gone }, at: clock() })
    return gone
  })
}

/**
 * Brings back what the account withdrew, where it could withdraw or add it today; answers how many. Throws `Refusal` `not_found` where there is none
 * of them.
 */
export async function bringBack(
  { db, clock }: ContributeNeeds,
  by: AccountPrincipal,
  { share, photoIds }: Contribution,
): Promise<number> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
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
    await note(tx, by, { share, details: { broughtBack: back }, at: clock() })
    return back
  })
}

const of = ({ share, photoIds }: Contribution) =>
  and(eq(shareContributions.shareId, share), inArray(shareContributions.photoId, [...photoIds]))

const ownShares = (tx: Tx, { accountId }: AccountPrincipal) =>
  tx.select({ id: shares.id }).from(shares).where(eq(shares.creatorId, accountId))

async function change(tx: Tx, withdrawnBy: number | null, which: (SQL | undefined)[]): Promise<number> {
  const { changes } = await tx
    .update(shareContributions)
    .set({ withdrawnBy })
    .where(and(...which))
  if (changes === 0) throw notFound()
  return changes
}

interface Note {
  share: number
  details: Record<string, number>
  at: number
}

async function note(tx: Tx, by: AccountPrincipal, { share, details, at }: Note): Promise<void> {
  const object = { kind: 'link', id: share, name: await nameOf(tx, share) } as const
  await recordAudit(tx, by, { action: 'share.changed', object, details, at })
}
