import { and, eq, gt, inArray, isNull, notExists, or } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { DirectOptions } from '../../contract/shares.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { accounts, shareGuests, shares } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound } from '../../lib/refusal.ts'
import { hashToken, newToken } from '../../lib/token.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { nameOf } from './name.ts'
import { columnsOf } from './options.ts'
import { findOwn } from './own.ts'
import { requirePeople } from './people.ts'
import { pick, requireTarget, type Target } from './target.ts'

interface DirectNeeds {
  db: Database
  clock: Clock
}

interface NewDirect extends Target {
  /** 100 at most */
  accountIds: readonly number[]
  options: DirectOptions
}

/**
 * Shares an album of the account's own, a folder or picked photos with named accounts; answers the share's id. Of an album or folder that it shares
 * with people already, that share gets more people, and the options that are given. Throws `Refusal`: `not_found` for what or who is out of
 * reach, `forbidden` for what the account may not share on.
 */
export async function shareWith(
  { db, clock, passwords }: DirectNeeds & { passwords: Passwords },
  by: AccountPrincipal,
  { albumId, photoIds, folderId, accountIds, options }: NewDirect,
): Promise<{ id: number }> {
  const columns = await columnsOf(passwords, by, options)
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const to = await requireTarget(tx, by, { albumId, folderId })
    const people = await requirePeople(tx, by, accountIds)
    const at = clock()
    const open = photoIds ? undefined : await openShareOf(tx, by, to, at)
    const terms = { download: 'none' as const, ...columns }
    const id = open ?? (await insert(tx, { ...terms, ...to, creatorId: by.accountId, createdAt: at }))
    if (photoIds) await pick(tx, by, id, photoIds)
    if (open !== undefined && Object.keys(columns).length > 0)
      await tx.update(shares).set(columns).where(eq(shares.id, id))
    await add(tx, id, accountIds, at)
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    const told =
      open === undefined
        ? ({ action: 'share.created', details: { people } } as const)
        : ({ action: 'share.changed', details: { ...columns, added: people } } as const)
    await recordAudit(tx, by, { ...told, object, at })
    return { id }
  })
}

/** The latest share of the same with people that still holds. */
async function openShareOf(
  tx: Tx,
  { accountId }: AccountPrincipal,
  { albumId, directoryId }: { albumId: number | null; directoryId: number | null },
  now: number,
): Promise<number | undefined> {
  const same = albumId === null ? eq(shares.directoryId, directoryId ?? 0) : eq(shares.albumId, albumId)
  const holds = and(isNull(shares.revokedAt), or(isNull(shares.expiresAt), gt(shares.expiresAt, now)))
  const rows = await tx
    .select({ id: shares.id })
    .from(shares)
    .where(and(eq(shares.creatorId, accountId), eq(shares.direct, true), same, holds))
  return rows.at(-1)?.id
}

type NewRow = Omit<typeof shares.$inferInsert, 'direct' | 'tokenHash' | 'tokenSealed'>

/** Found by no address: what its token would be is told to nobody and kept nowhere. */
async function insert(tx: Tx, row: NewRow): Promise<number> {
  const address = { tokenHash: hashToken(newToken()), tokenSealed: '' }
  const [made] = await tx
    .insert(shares)
    .values({ ...row, ...address, direct: true })
    .returning({ id: shares.id })
  if (!made) throw new Error('an insert answered no row')
  return made.id
}

/** Whoever has it already keeps it as it is. */
async function add(tx: Tx, shareId: number, accountIds: readonly number[], at: number): Promise<void> {
  const rows = [...new Set(accountIds)].map((accountId) => ({ shareId, accountId, openedAt: at }))
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

/** Shares what one shares with people with more of them. Throws `Refusal` `not_found` for another's, for links, and for who can't be shared with. */
export async function addPeople(
  { db, clock }: DirectNeeds,
  by: AccountPrincipal,
  { id, accountIds }: Change,
): Promise<void> {
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    await findOwnDirect(tx, by, id)
    const added = await requirePeople(tx, by, accountIds)
    const at = clock()
    await add(tx, id, accountIds, at)
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    await recordAudit(tx, by, { action: 'share.changed', object, details: { added }, at })
  })
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
      .where(and(eq(shareGuests.shareId, id), inArray(shareGuests.accountId, [...accountIds])))
      .returning({ accountId: shareGuests.accountId })
    if (gone.length === 0) return
    const rows = await tx
      .select({ username: accounts.username })
      .from(accounts)
      .where(
        inArray(
          accounts.id,
          gone.map(({ accountId }) => accountId),
        ),
      )
    const removed = rows.map(({ username }) => username)
    const at = clock()
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    const hasEnded = await endWhereNobodyIs(tx, id, at)
    const action = hasEnded ? 'share.revoked' : 'share.changed'
    await recordAudit(tx, by, { action, object, details: { removed }, at })
  })
}

async function findOwnDirect(tx: Tx, by: AccountPrincipal, id: number): Promise<void> {
  if (!(await findOwn(tx, by, id)).direct) throw notFound()
}

/** Ends a share with people that nobody has any more: there is no address that others could come by. Answers whether it did. */
export async function endWhereNobodyIs(tx: Tx, id: number, now: number): Promise<boolean> {
  const guests = tx
    .select({ accountId: shareGuests.accountId })
    .from(shareGuests)
    .where(eq(shareGuests.shareId, id))
  const { changes } = await tx
    .update(shares)
    .set({ revokedAt: now })
    .where(and(eq(shares.id, id), eq(shares.direct, true), isNull(shares.revokedAt), notExists(guests)))
  return changes > 0
}
