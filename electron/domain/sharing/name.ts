import { basename } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import type { LinkContent } from '../../contract/shares.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { albums, directories, shares } from '../../db/schema.ts'

type ShareRow = Pick<typeof shares.$inferSelect, 'id' | 'albumId' | 'directoryId'>

/** What links are to, each by its link's id, with the titles of albums and the names of folders (never where these lie). */
export async function contentsOf(
  db: Read | Tx,
  rows: readonly ShareRow[],
): Promise<Map<number, { content: LinkContent; description: string }>> {
  const ids = JSON.stringify(rows.map(({ id }) => id))
  const found = await db
    .select({ id: shares.id, title: albums.title, description: albums.description, path: directories.path })
    .from(shares)
    .leftJoin(albums, eq(albums.id, shares.albumId))
    .leftJoin(directories, eq(directories.id, shares.directoryId))
    .where(sql`${shares.id} in (select value from json_each(${ids}))`)
  const titles = new Map(found.map(({ id, ...named }) => [id, named]))
  return new Map(
    rows.map(({ id, albumId, directoryId }) => {
      const { title, description, path } = titles.get(id) ?? {}
      return [
        id,
        {
          content: contentOf(albumId, directoryId, title ?? basename(path ?? '')),
          description: description ?? '',
        },
      ]
    }),
  )
}

function contentOf(albumId: number | null, directoryId: number | null, title: string): LinkContent {
  if (albumId !== null) return { kind: 'album', id: albumId, title }
  if (directoryId !== null) return { kind: 'folder', id: directoryId, title }
  return { kind: 'photos' }
}

/** What a link is to as whoever holds it is told: its title is empty for picked photos, and never the label, which is its owner's. */
export async function heldNameOf(
  db: Read | Tx,
  share: ShareRow,
): Promise<{ title: string; description: string }> {
  const named = (await contentsOf(db, [share])).get(share.id)
  const title = named && named.content.kind !== 'photos' ? named.content.title : ''
  return { title, description: named?.description ?? '' }
}

/** What the audit log calls a link: by its label, else by what it is to. Empty for photos without one. */
export async function nameOf(db: Read | Tx, id: number): Promise<string> {
  const [share] = await db.select().from(shares).where(eq(shares.id, id))
  if (!share) return ''
  return share.label || (await heldNameOf(db, share)).title
}
