import { and, inArray } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, reachableScope } from '../../access/scope.ts'
import { whoSees } from '../../access/seen-by.ts'
import type { Output } from '../../contract/contract.ts'
import type { Read } from '../../db/connect.ts'
import { photos } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'

type Seen = Output<'photos.seenWhenHidden'>['seenBy']

/**
 * Who would see photos, at most 500, once they are archived or private, and how many of them; those with a folder first. Throws `Refusal`
 * `not_found` where any is out of reach.
 */
export async function whoSeesHidden(db: Read, by: AccountPrincipal, ids: readonly number[]): Promise<Seen> {
  const scope = await reachableScope(db, by)
  const wanted = [...new Set(ids)]
  const found = await db
    .select({ areaId: photos.areaId })
    .from(photos)
    .where(and(inArray(photos.id, wanted), photosIn(scope)))
  if (found.length < wanted.length) throw notFound()
  const seen = new Map<number, Seen[number]>()
  for (const [areaId, { length: count }] of Map.groupBy(found, (photo) => photo.areaId))
    for (const seer of await whoSees(db, { areaId, shelf: 'private' }, by)) {
      const before = seen.get(seer.accountId)
      const isByFolder = before?.by === 'folder'
      seen.set(seer.accountId, {
        ...seer,
        ...(isByFolder && { by: 'folder' }),
        count: (before?.count ?? 0) + count,
      })
    }
  const all = [...seen.values()]
  return [...all.filter(({ by }) => by === 'folder'), ...all.filter(({ by }) => by === 'household')]
}
