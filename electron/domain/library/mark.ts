import { and, inArray, ne, or } from 'drizzle-orm'
import { requireMay } from '../../access/photo-actions.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, reachableScope } from '../../access/scope.ts'
import type { Database } from '../../db/connect.ts'
import { photos } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import { requireSameStanding } from '../accounts/rules.ts'

/** Marks to set (true) or take away (false), one at least; undefined ones stay. */
interface Marks {
  archived?: boolean | undefined
  private?: boolean | undefined
}

/**
 * Marks photos, at most 500, all of them or none; answers those that were marked otherwise before, and their areas. Throws
 * `Refusal`: `not_found` where any is out of reach, `forbidden` where any may not be marked so by this account.
 */
export async function markPhotos(
  db: Database,
  by: AccountPrincipal,
  { ids, archived, private: hidden }: Marks & { ids: readonly number[] },
): Promise<{ changed: number[]; areas: number[] }> {
  return db.write(async (tx) => {
    // asked in here, so that what was taken from the account a moment ago is not changed any more
    await requireSameStanding(tx, by)
    const scope = await reachableScope(tx, by)
    const wanted = [...new Set(ids)]
    const found = await tx
      .select({ id: photos.id, areaId: photos.areaId, shelf: photos.shelf })
      .from(photos)
      .where(and(inArray(photos.id, wanted), photosIn(scope)))
    if (found.length < wanted.length) throw notFound()
    for (const photo of found) {
      if (archived !== undefined) requireMay(scope, photo, 'archive')
      if (hidden !== undefined) requireMay(scope, photo, 'private')
    }
    const differ = [
      archived === undefined ? undefined : ne(photos.archived, archived),
      hidden === undefined ? undefined : ne(photos.private, hidden),
    ]
    const changed = await tx
      .update(photos)
      .set({ ...(archived !== undefined && { archived }), ...(hidden !== undefined && { private: hidden }) })
      .where(and(inArray(photos.id, wanted), or(...differ)))
      .returning({ id: photos.id, areaId: photos.areaId })
    return { changed: changed.map(({ id }) => id), areas: [...new Set(changed.map(({ areaId }) => areaId))] }
  })
}
