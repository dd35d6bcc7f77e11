import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { Database, Read } from '../../electron/db/connect.ts'
import {
  accountSettings,
  albumPhotos,
  albums,
  appPasswords,
  areas,
  heldUploads,
  overlays,
  photos,
  photoTags,
  recoveryCodes,
  shareContributions,
  sharedCaptions,
  shareGuests,
  sharePhotos,
  shares,
  tags,
  visitorSessions,
} from '../../electron/db/schema.ts'

/** Rows of one write of these helpers. */
const AT_ONCE = 500

/** Photos of an area that is nowhere on disk; answers their ids. */
export async function makePhotos(db: Database, count: number): Promise<number[]> {
  const ids: number[] = []
  for (let start = 0; start < count; start += AT_ONCE)
    await db.write(async (tx) => {
      const area = { id: 900, path: '/nowhere', device: '1', inode: '1', createdAt: 0 }
      await tx.insert(areas).values(area).onConflictDoNothing()
      const photo = {
        areaId: 900,
        kind: 'image',
        state: 'ready',
        takenAt: '2024-07-06T12:00:00.000',
        takenSource: 'exif',
        mime: 'image/jpeg',
        addedAt: 0,
      } as const
      const rows = Array.from({ length: Math.min(AT_ONCE, count - start) }, () => photo)
      ids.push(...(await tx.insert(photos).values(rows).returning({ id: photos.id })).map(({ id }) => id))
    })
  return ids
}

/** One overlay of the account on each of the photos: every third a favourite, every second rated, every fifth with a caption. */
export async function addOverlays(
  db: Database,
  accountId: number,
  photoIds: readonly number[],
): Promise<void> {
  for (let start = 0; start < photoIds.length; start += AT_ONCE)
    await db.write((tx) =>
      tx.insert(overlays).values(
        photoIds.slice(start, start + AT_ONCE).map((photoId, at) => ({
          accountId,
          photoId,
          favourite: at % 3 === 0,
          rating: at % 2 === 0 ? 4 : 0,
          caption: at % 5 === 0 ? `of ${accountId}` : '',
          updatedAt: 1,
        })),
      ),
    )
}

/** An album with photos, put in by its owner where nobody is named; answers its id. */
export async function addAlbum(
  db: Database,
  ownerId: number,
  title: string,
  { parentId = null, photoIds = [], addedBy = ownerId }: Partial<AlbumWishes> = {},
): Promise<number> {
  return db.write(async (tx) => {
    const cover = photoIds[0] ?? null
    const row = {
      ownerId,
      title,
      parentId,
      coverPhotoId: cover,
      order: 'hand',
      createdAt: 1,
      updatedAt: 1,
    } as const
    const [made] = await tx.insert(albums).values(row).returning({ id: albums.id })
    const albumId = made?.id ?? 0
    for (const [position, photoId] of photoIds.entries())
      await tx.insert(albumPhotos).values({ albumId, photoId, addedBy, addedAt: 1, position })
    return albumId
  })
}

interface AlbumWishes {
  parentId: number | null
  photoIds: readonly number[]
  addedBy: number
}

/** Everything an account can hold beside albums: a tag tree, a link with guests and visitors, settings, an app password, recovery codes. */
export async function addRest(
  db: Database,
  accountId: number,
  guestId: number,
  photoId: number,
): Promise<void> {
  await db.write(async (tx) => {
    const [tag] = await tx
      .insert(tags)
      .values({ accountId, name: `trips ${accountId}` })
      .returning()
    const [sub] = await tx
      .insert(tags)
      .values({ accountId, name: 'sea', parentId: tag?.id ?? null })
      .returning()
    await tx.insert(photoTags).values({ tagId: sub?.id ?? 0, photoId })
    const link = {
      tokenHash: `link ${accountId}`,
      tokenSealed: 'sealed',
      download: 'none',
      createdAt: 1,
    } as const
    const [share] = await tx
      .insert(shares)
      .values({ creatorId: accountId, ...link })
      .returning()
    const shareId = share?.id ?? 0
    await tx.insert(sharePhotos).values({ shareId, photoId })
    await tx.insert(shareGuests).values({ shareId, accountId: guestId, openedAt: 1 })
    const upload = {
      fileName: 'sent.jpg',
      fileKey: `sent ${accountId}`,
      contentHash: 'a',
      mime: 'image/jpeg',
    }
    await tx
      .insert(heldUploads)
      .values({ ...upload, shareId, accountId: guestId, sizeBytes: 1, uploadedAt: 1 })
    const visit = { tokenHash: `visit ${accountId}`, passedPassword: true, createdAt: 1, expiresAt: 2 }
    await tx.insert(visitorSessions).values({ shareId, ...visit })
    await tx.insert(accountSettings).values({ accountId, key: 'theme', value: 'dark' })
    const app = { label: 'davfs', tokenHash: `app ${accountId}`, access: 'read-only', createdAt: 1 } as const
    await tx.insert(appPasswords).values({ accountId, ...app })
    await tx.insert(recoveryCodes).values({ accountId, codeHash: 'code' })
    await tx.insert(sharedCaptions).values({ photoId, caption: 'for everyone', accountId, updatedAt: 1 })
  })
}

/** Shares an album with an account, which adds a photo to it; answers the share's id. */
export const addMember = (
  db: Database,
  albumId: number,
  accountId: number,
  { sharedBy, photoId }: { sharedBy: number; photoId?: number | undefined },
): Promise<number> =>
  db.write(async (tx) => {
    const address = { tokenHash: `album ${albumId} ${accountId}`, tokenSealed: '', direct: true }
    const [share] = await tx
      .insert(shares)
      .values({ creatorId: sharedBy, albumId, ...address, download: 'none', createdAt: 1 })
      .returning()
    const shareId = share?.id ?? 0
    await tx.insert(shareGuests).values({ shareId, accountId, openedAt: 1, part: 'contributor' })
    if (photoId !== undefined)
      await tx.insert(shareContributions).values({ shareId, photoId, accountId, addedAt: 1 })
    return shareId
  })

/** Every table that tells of accounts, with the condition that a row is of account `$`. */
const TABLES = {
  accounts: 'id = $',
  account_settings: 'account_id = $',
  recovery_codes: 'account_id = $',
  app_passwords: 'account_id = $',
  sessions: 'account_id = $ or viewing_as = $',
  known_devices: 'account_id = $',
  grants: 'account_id = $',
  area_access: 'account_id = $',
  overlays: 'account_id = $',
  shared_captions: 'account_id = $',
  tags: 'account_id = $',
  photo_tags: 'tag_id in (select id from tags where account_id = $)',
  albums: 'owner_id = $',
  album_photos: 'added_by = $ or album_id in (select id from albums where owner_id = $)',
  shares: 'creator_id = $',
  share_photos: 'share_id in (select id from shares where creator_id = $)',
  share_contributions:
    'account_id = $ or withdrawn_by = $ or share_id in (select id from shares where creator_id = $)',
  share_guests: 'account_id = $ or share_id in (select id from shares where creator_id = $)',
  held_uploads: 'account_id = $ or share_id in (select id from shares where creator_id = $)',
  visitor_sessions: 'share_id in (select id from shares where creator_id = $)',
  jobs: 'started_by = $',
  audit: 'actor_id = $',
} as const

type Dump = Record<keyof typeof TABLES, Record<string, unknown>[]>

/** All rows that are of an account, by table. */
export async function dumpOf(read: Read, id: number): Promise<Dump> {
  const dump: Partial<Dump> = {}
  for (const [table, condition] of Object.entries(TABLES)) {
    const where = sql.raw(condition.replaceAll('$', String(Math.trunc(id))))
    dump[table as keyof Dump] = await read.all(sql`select * from ${sql.identifier(table)} where ${where}`) // a key of the record
  }
  return dump as Dump // filled from every key
}

/** Each file below a folder with the hash of its bytes. */
export function hashesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')]
    }),
  )
}
