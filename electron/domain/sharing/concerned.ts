import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { accounts, directories, files, shareGuests, shares } from '../../db/schema.ts'
import { isWithin } from '../areas/paths.ts'

/** The links to an album that were not revoked. */
export async function linksTo(db: Read, { albumId }: { albumId: number }): Promise<number[]> {
  const rows = await db
    .select({ id: shares.id })
    .from(shares)
    .where(and(eq(shares.albumId, albumId), isNull(shares.revokedAt)))
  return rows.map(({ id }) => id)
}

/** The links that some of these photos are in, or may be: picked, by their album, or below their folder; none that was revoked. */
export async function linksHolding(db: Read, photoIds: readonly number[]): Promise<number[]> {
  const ids = sql`(select value from json_each(${JSON.stringify(photoIds)}))`
  const named = await db.all<{ id: number }>(sql`
    select id from shares where revoked_at is null and (
      id in (select share_id from share_photos where photo_id in ${ids}
        union select share_id from share_contributions where photo_id in ${ids})
      or album_id in (select album_id from album_photos where photo_id in ${ids}))`)
  const toFolders = await db
    .select({ id: shares.id, path: directories.path })
    .from(shares)
    .innerJoin(directories, eq(directories.id, shares.directoryId))
    .where(isNull(shares.revokedAt))
  if (toFolders.length === 0) return named.map(({ id }) => id)
  const lying = await db
    .selectDistinct({ path: directories.path })
    .from(files)
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .where(and(eq(files.part, 'primary'), sql`${files.photoId} in ${ids}`))
  const above = toFolders.filter((folder) => lying.some(({ path }) => isWithin(path, folder.path)))
  return [...named, ...above].map(({ id }) => id)
}

/** Whom a change of links concerns beside visitors: their creators, their guests, and admins. Account ids. */
export async function concernedBy(db: Read, shareIds: readonly number[]): Promise<number[]> {
  const [creators, guests, admins] = await Promise.all([
    db
      .select({ id: shares.creatorId })
      .from(shares)
      .where(inArray(shares.id, [...shareIds])),
    db
      .select({ id: shareGuests.accountId })
      .from(shareGuests)
      .where(inArray(shareGuests.shareId, [...shareIds])),
    db
      .select({ id: accounts.id, role: accounts.role, superAdmin: accounts.superAdmin })
      .from(accounts)
      .where(isNull(accounts.deletedAt)),
  ])
  const administrators = admins.filter(({ role, superAdmin }) => superAdmin || role === 'admin')
  return [...new Set([...creators, ...guests, ...administrators].map(({ id }) => id))]
}
