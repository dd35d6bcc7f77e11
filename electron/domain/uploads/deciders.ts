import { and, eq, inArray, or, type SQL } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, areaAccess, heldUploads, shares } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'

type ShareRow = Pick<typeof shares.$inferSelect, 'id' | 'creatorId' | 'uploadAreaId'>
export type HeldRow = typeof heldUploads.$inferSelect

/** A file that somebody may decide about, with the link that it came by: also one that was taken back since. */
export interface Decidable {
  readonly upload: HeldRow
  readonly share: ShareRow
}

const share = { id: shares.id, creatorId: shares.creatorId, uploadAreaId: shares.uploadAreaId }

/** Files about which an account decides: those of its own links; for whoever administers also those meant for a folder that it holds read-write. */
export function decidedBy(db: Read, by: AccountPrincipal): SQL | undefined {
  const own = eq(shares.creatorId, by.accountId)
  if (!capabilitiesOf(by).has('administer')) return own
  const held = db
    .select({ id: areaAccess.areaId })
    .from(areaAccess)
    .where(and(eq(areaAccess.accountId, by.accountId), eq(areaAccess.access, 'read-write')))
  return or(own, inArray(shares.uploadAreaId, held))
}

/** Held files by their ids, each once. Throws `Refusal` `not_found` where any of them is not there, or for others to decide about. */
export async function findDecidable(
  db: Read,
  by: AccountPrincipal,
  ids: readonly number[],
): Promise<Decidable[]> {
  const wanted = [...new Set(ids)]
  const rows = await db
    .select({ upload: heldUploads, share })
    .from(heldUploads)
    .innerJoin(shares, eq(shares.id, heldUploads.shareId))
    .where(and(inArray(heldUploads.id, wanted), decidedBy(db, by)))
  if (rows.length < wanted.length) throw notFound()
  return rows
}

/** Whom files that came by these links concern: the links' creators, and whoever administers. Account ids. */
export async function decidersOf(db: Read, shareIds: readonly number[]): Promise<number[]> {
  const creators = db
    .select({ id: shares.creatorId })
    .from(shares)
    .where(inArray(shares.id, [...shareIds]))
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(or(inArray(accounts.id, creators), eq(accounts.role, 'admin'), eq(accounts.superAdmin, true)))
  return rows.map(({ id }) => id)
}
