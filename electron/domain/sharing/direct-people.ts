import { and, eq, inArray, isNull, ne, notExists, type SQL } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { SharePart } from '../../contract/values.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { accounts, shareGuests, shares } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { invalidField, notFound } from '../../lib/refusal.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { nameOf } from './name.ts'
import { findOwn } from './own.ts'
import { requirePeople } from './people.ts'

interface DirectNeeds {
  db: Database
  clock: Clock
}

/** Throws `Refusal` `invalid` where people would add photos to anything but an album. */
export function requireAlbumFor(part: SharePart, albumId: number | null): void {
  if (part === 'contributor' && albumId === null) throw invalidField('part', 'part_of_album')
}

interface NewGuests {
  accountIds: readonly number[]
  part: SharePart
  at: number
}

/** Whoever has it already keeps it as it is. */
export async function addGuests(tx: Tx, shareId: number, { accountIds, part, at }: NewGuests): Promise<void> {
  const rows = [...new Set(accountIds)].map((accountId) => ({ shareId, accountId, part, openedAt: at }))
  await tx
    .insert(shareGuests)
    .values(rows.map((row) => ({ ...row, passedPassword: false })))
    .onConflictDoNothing()
}

interface Change {
  id: number
  /** 100 at most */
  accountIds: readonly number[]
}

/**
 * Shares what one shares with people with more of them. Throws `Refusal`: `not_found` for another's, for links, and for who can't be shared with,
 * `invalid` for contributors to anything but an album.
 */
export async function addPeople(
  { db, clock }: DirectNeeds,
  by: AccountPrincipal,
  { id, accountIds, part }: Change & { part: SharePart },
): Promise<void> {
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    requireAlbumFor(part, (await findOwnDirect(tx, by, id)).albumId)
    const added = await requirePeople(tx, by, accountIds)
    const at = clock()
    await addGuests(tx, id, { accountIds, part, at })
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    await recordAudit(tx, by, { action: 'share.changed', object, details: { added }, at })
  })
}

/**
 * Says whether people who have a share of one's own may add photos to it. Who has it not is left out. Throws `Refusal` as {@link addPeople}, but for
 * who is left out.
 */
export async function setPart(
  { db, clock }: DirectNeeds,
  by: AccountPrincipal,
  { id, accountIds, part }: Change & { part: SharePart },
): Promise<void> {
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    requireAlbumFor(part, (await findOwnDirect(tx, by, id)).albumId)
    const changed = await tx
      .update(shareGuests)
      .set({ part })
      .where(and(guests(id, accountIds), ne(shareGuests.part, part)))
      .returning({ accountId: shareGuests.accountId })
    if (changed.length === 0) return
    const details = { [part]: await namesOf(tx, changed) }
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    await recordAudit(tx, by, { action: 'share.changed', object, details, at: clock() })
  })
}

const guests = (id: number, accountIds: readonly number[]) =>
  and(eq(shareGuests.shareId, id), inArray(shareGuests.accountId, [...accountIds]))

async function namesOf(tx: Tx, rows: readonly { accountId: number }[]): Promise<string[]> {
  const ids = rows.map(({ accountId }) => accountId)
  const named = await tx
    .select({ username: accounts.username })
    .from(accounts)
    .where(inArray(accounts.id, ids))
  return named.map(({ username }) => username)
}

/** Shares with some people no more; with the last of them it ends. Throws `Refusal` `not_found` for another's and for links. */
export async function removePeople(
  { db, clock }: DirectNeeds,
  by: AccountPrincipal,
  { id, accountIds }: Change,
): Promise<void> {
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    await findOwnDirect(tx, by, id)
    const gone = await tx
      .delete(shareGuests)
      .where(guests(id, accountIds))
      .returning({ accountId: shareGuests.accountId })
    if (gone.length === 0) return
    const removed = await namesOf(tx, gone)
    const at = clock()
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    const hasEnded = await endWhereNobodyIs(tx, id, at)
    const action = hasEnded ? 'share.revoked' : 'share.changed'
    await recordAudit(tx, by, { action, object, details: { removed }, at })
  })
}

async function findOwnDirect(tx: Tx, by: AccountPrincipal, id: number) {
  const share = await findOwn(tx, by, id)
  if (!share.direct) throw notFound()
  return share
}

/** Ends a share with people that nobody has any more: there is no address that others could come by. Answers whether it did. */
export async function endWhereNobodyIs(tx: Tx, id: number, now: number): Promise<boolean> {
  const { changes } = await tx
    .update(shares)
    .set({ revokedAt: now })
    .where(and(eq(shares.id, id), isOfNobody(tx)))
  return changes > 0
}

/** The condition of shares with people that nobody has any more, and that did not end. */
export function isOfNobody(tx: Tx): SQL | undefined {
  const guests = tx
    .select({ accountId: shareGuests.accountId })
    .from(shareGuests)
    .where(eq(shareGuests.shareId, shares.id))
  return and(eq(shares.direct, true), isNull(shares.revokedAt), notExists(guests))
}
