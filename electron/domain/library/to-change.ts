import { and, inArray } from 'drizzle-orm'
import { requireMay } from '../../access/photo-actions.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, reachableScope } from '../../access/scope.ts'
import type { PhotoAction } from '../../contract/photos.ts'
import type { Tx } from '../../db/connect.ts'
import { photos } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import { requireSameStanding } from '../accounts/rules.ts'

/** Photos that somebody may do something with. */
interface ToChange {
  /** each once, in the order they were named */
  ids: number[]
  /** in no particular order */
  found: Pick<typeof photos.$inferSelect, 'id' | 'areaId' | 'archived' | 'private'>[]
}

/**
 * To be called first inside a transaction that changes photos, or what is attached to them: what was taken from the account a moment ago is
 * not changed any more. Throws `Refusal`: `not_found` where any is out of reach, `forbidden` or `unavailable` where any of them
 * may not be done with any, and whatever `requireSameStanding` says.
 */
export async function requirePhotos(
  tx: Tx,
  by: AccountPrincipal,
  ids: readonly number[],
  actions: readonly PhotoAction[],
): Promise<ToChange> {
  await requireSameStanding(tx, by)
  const scope = await reachableScope(tx, by)
  const wanted = [...new Set(ids)]
  const { id, areaId, shelf, archived, private: hidden } = photos
  const found = await tx
    .select({ id, areaId, shelf, archived, private: hidden })
    .from(photos)
    .where(and(inArray(photos.id, wanted), photosIn(scope)))
  if (found.length < wanted.length) throw notFound()
  for (const photo of found) for (const action of actions) requireMay(scope, photo, action)
  return { ids: wanted, found }
}
