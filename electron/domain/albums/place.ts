import { and, eq, isNull, ne } from 'drizzle-orm'
import { DEPTH_MAX, EQUAL_TITLES_MAX } from '../../contract/overlays.ts'
import type { Tx } from '../../db/connect.ts'
import { albums } from '../../db/schema.ts'
import { Nesting } from '../../lib/nesting.ts'
import { invalidField } from '../../lib/refusal.ts'
import { findAlbum, heldBy } from './own.ts'

/** Where an album is to stand. */
interface Place {
  ownerId: number
  parentId: number | null
  title: string
}

/**
 * Throws `Refusal` unless an album (`id` where it is there already) may stand there: `not_found` where the parent is none of the owner's;
 * `invalid` for a place inside itself, too deep, or among too many of equal title.
 */
export async function requirePlace(tx: Tx, { ownerId, parentId, title }: Place, id?: number): Promise<void> {
  if (parentId !== null) {
    await findAlbum(tx, ownerId, parentId)
    const rows = await tx
      .select({ id: albums.id, parentId: albums.parentId })
      .from(albums)
      .where(heldBy(ownerId))
    const nesting = new Nesting(rows)
    const above = nesting.upFrom(parentId)
    if (id !== undefined && above.includes(id)) throw invalidField('parentId', 'nested_in_itself')
    const height = id === undefined ? 1 : nesting.height(id)
    if (above.length + height > DEPTH_MAX) throw invalidField('parentId', 'nested_too_deep')
  }
  const place = parentId === null ? isNull(albums.parentId) : eq(albums.parentId, parentId)
  const others = id === undefined ? undefined : ne(albums.id, id)
  const equal = await tx.$count(albums, and(heldBy(ownerId), place, eq(albums.title, title), others))
  if (equal >= EQUAL_TITLES_MAX) throw invalidField('title', 'titles_too_many')
}
