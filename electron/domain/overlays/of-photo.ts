import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Photo } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import { albumPhotos, albums, overlays, photoTags, sharedCaptions, tags } from '../../db/schema.ts'
import { DEEPEST } from './tags.ts'

type Attached = Pick<Photo, 'favourite' | 'rating' | 'caption' | 'sharedCaption' | 'tags' | 'albums'>

/** What an account added to a photo that it was found to see, and what others said of it for everyone; without what is switched off. */
export async function readAttached(db: Read, by: AccountPrincipal, photoId: number): Promise<Attached> {
  const { flags, accountId } = by
  const mine = and(eq(overlays.accountId, accountId), eq(overlays.photoId, photoId))
  const [own] = await db.select().from(overlays).where(mine)
  const [shared] = await db.select().from(sharedCaptions).where(eq(sharedCaptions.photoId, photoId))
  return {
    favourite: flags.favourites && own?.favourite === true,
    rating: flags.ratings ? (own?.rating ?? 0) : 0,
    caption: own?.caption ?? '',
    sharedCaption: shared?.caption ?? '',
    tags: flags.tags ? await tagsOn(db, accountId, photoId) : [],
    albums: flags.albums ? await albumsWith(db, accountId, photoId) : [],
  }
}

/** The account's tags of a photo, and those for everyone, each with the names that lead to it. */
async function tagsOn(db: Read, accountId: number, photoId: number): Promise<Attached['tags']> {
  const seen = or(eq(tags.accountId, accountId), isNull(tags.accountId))
  const rows = await db.all<{ id: number; path: string; shared: number }>(sql`
    with recursive above(tag, shared, parent, name, depth) as (
      select ${tags.id}, ${tags.accountId} is null, ${tags.parentId}, ${tags.name}, 0
        from ${photoTags} join ${tags} on ${tags.id} = ${photoTags.tagId}
        where ${photoTags.photoId} = ${photoId} and ${seen}
      union all
      select above.tag, above.shared, ${tags.parentId}, ${tags.name}, above.depth + 1
        from above join ${tags} on ${tags.id} = above.parent where above.depth < ${DEEPEST - 1})
    select tag as id, shared, json_group_array(name order by depth desc) as path from above group by tag`)
  return rows
    .map(({ id, path, shared }) => ({ id, path: JSON.parse(path) as string[], shared: shared === 1 })) // SQLite made it of names
    .sort((a, b) => (a.path.join('\0') < b.path.join('\0') ? -1 : 1))
}

const albumsWith = (db: Read, ownerId: number, photoId: number) =>
  db
    .select({ id: albums.id, title: albums.title })
    .from(albumPhotos)
    .innerJoin(albums, eq(albums.id, albumPhotos.albumId))
    .where(and(eq(albumPhotos.photoId, photoId), eq(albums.ownerId, ownerId), isNull(albums.removedAt)))
    .orderBy(asc(albums.title), asc(albums.id))
