import { mayWith } from '../../access/photo-actions.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { reachableScope } from '../../access/scope.ts'
import type { Tx } from '../../db/connect.ts'
import { sharePhotos } from '../../db/schema.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { findAlbum } from '../albums/own.ts'
import { findDirectory } from '../library/directories.ts'
import { requirePhotos } from '../library/to-change.ts'

/** What somebody shares: one of the three. */
export interface Target {
  albumId?: number | undefined
  /** 500 at most */
  photoIds?: readonly number[] | undefined
  folderId?: number | undefined
}

/**
 * The columns of a share that say to what it is, after asking whether the account may share that. Throws `Refusal`: `not_found` for what is out of
 * reach, `forbidden` for what it may not share on.
 */
export async function requireTarget(
  tx: Tx,
  by: AccountPrincipal,
  { albumId, folderId }: Pick<Target, 'albumId' | 'folderId'>,
): Promise<{ albumId: number | null; directoryId: number | null }> {
  if (albumId !== undefined) await requireAlbum(tx, by, albumId)
  if (folderId !== undefined) await requireFolder(tx, by, folderId)
  return { albumId: albumId ?? null, directoryId: folderId ?? null }
}

/** Puts photos into a share of picked ones. Throws `Refusal` as {@link requireTarget} does. */
export async function pick(
  tx: Tx,
  by: AccountPrincipal,
  shareId: number,
  photoIds: readonly number[],
): Promise<void> {
  const { ids } = await requirePhotos(tx, by, photoIds, ['share'])
  await tx
    .insert(sharePhotos)
    .values(ids.map((photoId) => ({ shareId, photoId })))
    .onConflictDoNothing()
}

/** An album shows what its owner may share of it; one of which that is nothing is not refused, as photos may come. */
async function requireAlbum(tx: Tx, by: AccountPrincipal, albumId: number): Promise<void> {
  if (!by.flags.albums) throw new Refusal('forbidden', { reason: 'switched_off' })
  await findAlbum(tx, by.accountId, albumId)
}

async function requireFolder(tx: Tx, by: AccountPrincipal, folderId: number): Promise<void> {
  if (!by.flags.folders) throw new Refusal('forbidden', { reason: 'switched_off' })
  const scope = await reachableScope(tx, by)
  const directory = await findDirectory(tx, scope, folderId)
  if (!directory) throw notFound()
  if (!mayWith(scope, { areaId: directory.areaId, shelf: 'shown' }).share) throw new Refusal('forbidden')
}
