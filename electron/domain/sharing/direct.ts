import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { DirectOptions } from '../../contract/shares.ts'
import type { SharePart } from '../../contract/values.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { shares } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { hashToken, newToken } from '../../lib/token.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { addGuests, requireAlbumFor } from './direct-people.ts'
import { nameOf } from './name.ts'
import { columnsOf } from './options.ts'
import { requirePeople } from './people.ts'
import { pick, requireTarget, type Target } from './target.ts'

export interface DirectNeeds {
  db: Database
  clock: Clock
}

interface NewDirect extends Target {
  /** 100 at most */
  accountIds: readonly number[]
  /** of those who do not have it yet */
  part: SharePart
  options: DirectOptions
}

/**
 * Shares an album of the account's own, a folder or picked photos with named accounts; answers the share's id. Of an album or folder that it shares
 * with people already, that share gets more people, and the options that are given. Throws `Refusal`: `not_found` for what or who is out of
 * reach, `forbidden` for what the account may not share on, `invalid` for contributors to anything but an album.
 */
export async function shareWith(
  { db, clock, passwords }: DirectNeeds & { passwords: Passwords },
  by: AccountPrincipal,
  { albumId, photoIds, folderId, accountIds, part, options }: NewDirect,
): Promise<{ id: number }> {
  const columns = await columnsOf(passwords, by, options)
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const to = await requireTarget(tx, by, { albumId, folderId })
    requireAlbumFor(part, to.albumId)
    const people = await requirePeople(tx, by, accountIds)
    const at = clock()
    const open = photoIds ? undefined : await openShareOf(tx, by, to, at)
    const terms = { download: 'none' as const, ...columns }
    const id = open ?? (await insert(tx, { ...terms, ...to, creatorId: by.accountId, createdAt: at }))
    if (photoIds) await pick(tx, by, id, photoIds)
    if (open !== undefined && Object.keys(columns).length > 0)
      await tx.update(shares).set(columns).where(eq(shares.id, id))
    await addGuests(tx, id, { accountIds, part, at })
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
