import { and, eq, isNull } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { albums } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'

export type AlbumRow = typeof albums.$inferSelect

/** The albums of an account that were not removed. */
export const heldBy = (ownerId: number) => and(eq(albums.ownerId, ownerId), isNull(albums.removedAt))

/** An album of the account's own. Throws `Refusal` `not_found` for another's, and for one that was removed. */
export async function findAlbum(db: Read, ownerId: number, id: number): Promise<AlbumRow> {
  const [row] = await db
    .select()
    .from(albums)
    .where(and(eq(albums.id, id), heldBy(ownerId)))
  if (!row) throw notFound()
  return row
}
