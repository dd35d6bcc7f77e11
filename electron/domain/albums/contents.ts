import { and, eq, inArray, max } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { AddInput, TakeInput } from '../../contract/albums.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { albumPhotos, albums } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { requirePhotos } from '../library/to-change.ts'
import { findAlbum } from './own.ts'
import { FARTHEST, STEP } from './positions.ts'

interface ContentsNeeds {
  db: Database
  clock: Clock
}

/**
 * Puts photos, at most 500, into an album of the account's own, all or none; answers those that were not in it. Throws `Refusal` as
 * `findAlbum` and `requirePhotos`.
 */
export async function addToAlbum(
  { db, clock }: ContentsNeeds,
  by: AccountPrincipal,
  { id, ids: named, places }: AddInput,
): Promise<{ changed: number[]; undo: TakeInput[] }> {
  return db.write(async (tx) => {
    const { ids } = await requirePhotos(tx, by, named, ['album'])
    await findAlbum(tx, by.accountId, id)
    const placeOf = new Map(named.map((photoId, index) => [photoId, places?.[index]]))
    const inside = await membersOf(tx, id, ids)
    const fresh = ids.filter((photoId) => !inside.has(photoId))
    const now = clock()
    await putIn(tx, id, fresh, { addedBy: by.accountId, addedAt: now }, placeOf)
    if (fresh.length > 0) await touch(tx, id, now)
    return { changed: fresh, undo: fresh.length > 0 ? [{ id, ids: fresh }] : [] }
  })
}

/** Takes photos, at most 500, out of one, all or none; answers those that were in it, and where they stood. Throws the same. */
export async function takeFromAlbum(
  { db, clock }: ContentsNeeds,
  by: AccountPrincipal,
  { id, ids: named }: TakeInput,
): Promise<{ changed: number[]; undo: AddInput[] }> {
  return db.write(async (tx) => {
    const { ids } = await requirePhotos(tx, by, named, ['album'])
    await findAlbum(tx, by.accountId, id)
    const inside = await membersOf(tx, id, ids)
    const gone = [...inside.keys()]
    if (gone.length === 0) return { changed: [], undo: [] }
    await tx.delete(albumPhotos).where(and(eq(albumPhotos.albumId, id), inArray(albumPhotos.photoId, gone)))
    await touch(tx, id, clock())
    return { changed: gone, undo: [{ id, ids: gone, places: [...inside.values()] }] }
  })
}

interface Standing {
  position: number
  addedAt: number
}

async function membersOf(tx: Tx, albumId: number, ids: number[]): Promise<Map<number, Standing>> {
  const { photoId, position, addedAt } = albumPhotos
  const rows = await tx
    .select({ photoId, position, addedAt })
    .from(albumPhotos)
    .where(and(eq(albumPhotos.albumId, albumId), inArray(photoId, ids)))
  return new Map(rows.map(({ photoId: id, ...standing }) => [id, standing]))
}

/** Puts photos that are not in an album yet where `placeOf` says, else at its end, in the order given. */
export async function putIn(
  tx: Tx,
  albumId: number,
  ids: readonly number[],
  added: { addedBy: number; addedAt: number },
  placeOf: ReadonlyMap<number, Standing | undefined> = new Map(),
): Promise<void> {
  if (ids.length === 0) return
  const [last] = await tx
    .select({ position: max(albumPhotos.position) })
    .from(albumPhotos)
    .where(eq(albumPhotos.albumId, albumId))
  const end = Math.min(last?.position ?? 0, FARTHEST)
  await tx.insert(albumPhotos).values(
    ids.map((photoId, index) => ({
      ...{ albumId, photoId, ...added, position: end + (index + 1) * STEP },
      ...placeOf.get(photoId),
    })),
  )
}

const touch = (tx: Tx, id: number, updatedAt: number) =>
  tx.update(albums).set({ updatedAt }).where(eq(albums.id, id))
