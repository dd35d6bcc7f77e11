import { and, eq } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { ChangeInput } from '../../contract/albums.ts'
import type { Database, Read } from '../../db/connect.ts'
import { albumPhotos, albums } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound } from '../../lib/refusal.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { findAlbum } from './own.ts'
import { requirePlace } from './place.ts'

const PARTS = [
  'title',
  'description',
  'parentId',
  'order',
  'coverPhotoId',
] as const satisfies (keyof ChangeInput)[]

/**
 * Changes parts of an album; answers what brings back what was, or nothing where nothing changed. Throws `Refusal` as `findAlbum` and
 * `requirePlace`; `not_found` for a cover that is not in the album.
 */
export async function changeAlbum(
  { db, clock }: { db: Database; clock: Clock },
  by: AccountPrincipal,
  { id, ...wanted }: ChangeInput,
): Promise<ChangeInput[]> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const album = await findAlbum(tx, by.accountId, id)
    const parts = PARTS.filter((part) => wanted[part] !== undefined && wanted[part] !== album[part])
    if (parts.length === 0) return []
    const { title = album.title, parentId = album.parentId } = wanted
    if (parts.includes('title') || parts.includes('parentId'))
      await requirePlace(tx, { ownerId: by.accountId, parentId, title }, id)
    const cover = wanted.coverPhotoId
    if (typeof cover === 'number' && !(await holds(tx, id, cover))) throw notFound()
    // a former cover that was taken out since is none to go back to
    const former = album.coverPhotoId
    const coverPhotoId = former !== null && (await holds(tx, id, former)) ? former : null
    const before = { ...album, coverPhotoId }
    await tx
      .update(albums)
      .set({ ...pick(wanted, parts), updatedAt: clock() })
      .where(eq(albums.id, id))
    return [{ id, ...pick(before, parts) }]
  })
}

const pick = <Part extends (typeof PARTS)[number]>(from: Pick<ChangeInput, Part>, parts: readonly Part[]) =>
  Object.fromEntries(parts.map((part) => [part, from[part]])) as Pick<ChangeInput, Part> // its keys are the parts

const holds = async (db: Read, albumId: number, photoId: number) =>
  (await db.$count(albumPhotos, and(eq(albumPhotos.albumId, albumId), eq(albumPhotos.photoId, photoId)))) > 0
