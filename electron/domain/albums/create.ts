import type { AccountPrincipal } from '../../access/principal.ts'
import type { Database } from '../../db/connect.ts'
import { albums } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { requirePhotos } from '../library/to-change.ts'
import { putIn } from './contents.ts'
import { requirePlace } from './place.ts'

interface NewAlbum {
  title: string
  parentId?: number | undefined
  description?: string | undefined
  /** 500 at most */
  photoIds?: readonly number[] | undefined
}

/** Makes an album, with photos if there are any to begin with; answers its id. Throws `Refusal` as `requirePlace` and `requirePhotos`. */
export async function createAlbum(
  { db, clock }: { db: Database; clock: Clock },
  by: AccountPrincipal,
  { title, parentId, description = '', photoIds = [] }: NewAlbum,
): Promise<number> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const ownerId = by.accountId
    const place = { ownerId, parentId: parentId ?? null, title }
    await requirePlace(tx, place)
    const now = clock()
    const row = { ...place, description, createdAt: now, updatedAt: now }
    const [made] = await tx.insert(albums).values(row).returning({ id: albums.id })
    if (!made) throw new Error('an insert answered no row')
    if (photoIds.length > 0) {
      const { ids } = await requirePhotos(tx, by, photoIds, ['album'])
      await putIn(tx, made.id, ids, { addedBy: ownerId, addedAt: now })
    }
    return made.id
  })
}
