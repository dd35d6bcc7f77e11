import { and, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { Output } from '../../contract/contract.ts'
import { OVERLAY_FORMAT, OVERLAY_VERSION } from '../../contract/overlay-document.ts'
import type { ExportCursor } from '../../contract/overlays.ts'
import type { Read } from '../../db/connect.ts'
import {
  albumPhotos,
  albums,
  directories,
  files,
  overlays,
  photos,
  photoTags,
  tags,
} from '../../db/schema.ts'
import { heldBy } from '../albums/own.ts'
import { readOverlays } from './import-photos.ts'
import { NO_OVERLAY } from './overlay.ts'
import { placesFor } from './whereabouts.ts'

type Page = Output<'overlays.export'>
type Lists = Omit<Page, 'header' | 'next'>

/** Entries of a page: some 100 KB. */
const PAGE = 500

const NOTHING: Lists = { photos: [], albums: [], albumPhotos: [] }
const START: ExportCursor = { of: 'photos', id: 0 }

/**
 * A page of what an account added to the photos of its scope: first all photos it added something to or has in an album, then its own
 * albums, then what these hold. `now`: epoch ms.
 */
export async function exportPage(
  db: Read,
  scope: Scope,
  holder: AccountPrincipal,
  { after, now }: { after: ExportCursor | null; now: number },
): Promise<Page> {
  const { username, name } = holder
  const header: Page['header'] = {
    format: OVERLAY_FORMAT,
    version: OVERLAY_VERSION,
    exportedAt: new Date(now).toISOString(),
    account: { username, name },
  }
  const from = after ?? START
  if (from.of === 'photos') return { header, ...(await photoPage(db, scope, holder, from.id)) }
  if (from.of === 'albums') return { header, ...(await albumPage(db, scope, holder.accountId, from.id)) }
  return { header, ...(await albumPhotoPage(db, scope, holder.accountId, from)) }
}

type PageOf = Lists & Pick<Page, 'next'>

/** The photos an account added anything to. */
const touchedBy = (accountId: number): SQL => sql`${photos.id} in (
  select ${overlays.photoId} from ${overlays} where ${and(
    eq(overlays.accountId, accountId),
    or(eq(overlays.favourite, true), gt(overlays.rating, 0), sql`${overlays.caption} <> ''`),
  )}
  union select ${photoTags.photoId} from ${tags} cross join ${photoTags} on ${photoTags.tagId} = ${tags.id}
    where ${eq(tags.accountId, accountId)}
  union select ${albumPhotos.photoId} from ${albums} cross join ${albumPhotos} on ${albumPhotos.albumId} = ${albums.id}
    where ${heldBy(accountId)}
  union select ${albums.coverPhotoId} from ${albums}
    where ${albums.coverPhotoId} is not null and ${heldBy(accountId)})`

async function photoPage(db: Read, scope: Scope, holder: AccountPrincipal, after: number): Promise<PageOf> {
  const { accountId } = holder
  const ids = await db
    .select({ id: photos.id })
    .from(photos)
    .where(and(gt(photos.id, after), touchedBy(accountId), photosIn(scope)))
    .orderBy(photos.id)
    .limit(PAGE)
  const wanted = ids.map(({ id }) => id)
  const rows = await db
    .select({
      id: photos.id,
      takenAt: photos.takenAt,
      contentHash: files.contentHash,
      quickHash: files.quickHash,
      sizeBytes: files.sizeBytes,
      fileName: files.name,
      directory: directories.path,
    })
    .from(photos)
    .innerJoin(files, and(eq(files.photoId, photos.id), eq(files.part, 'primary')))
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .where(and(inArray(photos.id, wanted), photosIn(scope)))
    .orderBy(photos.id)
  const placeOf = await placesFor(db, holder)
  const mine = await readOverlays(db, accountId, wanted)
  return {
    ...NOTHING,
    photos: rows.map(({ directory, ...row }) => ({
      ...row,
      ...placeOf(directory),
      ...(mine.get(row.id) ?? NO_OVERLAY),
    })),
    next: wanted.length < PAGE ? { of: 'albums', id: 0 } : { of: 'photos', id: wanted.at(-1) ?? 0 },
  }
}

async function albumPage(db: Read, scope: Scope, ownerId: number, after: number): Promise<PageOf> {
  const isOwn = inArray(albums.parentId, db.select({ id: albums.id }).from(albums).where(heldBy(ownerId)))
  const rows = await db
    .select({
      id: albums.id,
      parent: sql<number | null>`case when ${isOwn} then ${albums.parentId} end`,
      title: albums.title,
      description: albums.description,
      order: albums.order,
      cover: sql<
        number | null
      >`(select ${photos.id} from ${photos} where ${and(eq(photos.id, albums.coverPhotoId), photosIn(scope))})`,
      createdAt: albums.createdAt,
    })
    .from(albums)
    .where(and(heldBy(ownerId), gt(albums.id, after)))
    .orderBy(albums.id)
    .limit(PAGE)
  const last = rows.at(-1)
  return {
    ...NOTHING,
    albums: rows,
    next:
      rows.length < PAGE || !last ? { of: 'albumPhotos', id: 0, photo: 0 } : { of: 'albums', id: last.id },
  }
}

async function albumPhotoPage(
  db: Read,
  scope: Scope,
  ownerId: number,
  { id, photo = 0 }: ExportCursor,
): Promise<PageOf> {
  const behind = sql`(${albumPhotos.albumId}, ${albumPhotos.photoId}) > (${id}, ${photo})`
  const rows = await db
    .select({
      album: albumPhotos.albumId,
      photo: albumPhotos.photoId,
      addedAt: albumPhotos.addedAt,
      position: albumPhotos.position,
    })
    .from(albumPhotos)
    .innerJoin(albums, eq(albums.id, albumPhotos.albumId))
    .innerJoin(photos, eq(photos.id, albumPhotos.photoId))
    .where(and(heldBy(ownerId), behind, photosIn(scope)))
    .orderBy(albumPhotos.albumId, albumPhotos.photoId)
    .limit(PAGE)
  const last = rows.at(-1)
  return {
    ...NOTHING,
    albumPhotos: rows,
    next: rows.length < PAGE || !last ? null : { of: 'albumPhotos', id: last.album, photo: last.photo },
  }
}
