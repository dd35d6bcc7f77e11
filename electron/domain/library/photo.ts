import { and, asc, eq, isNull } from 'drizzle-orm'
import { mayWith, photosIn, type Scope } from '../../access/scope.ts'
import type { Photo } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, areaAccess, areas, directories, files, photos } from '../../db/schema.ts'
import type { Enclosure } from '../../lib/open-inside.ts'

declare const minted: unique symbol

interface FoundPhoto {
  photo: typeof photos.$inferSelect
  file: typeof files.$inferSelect
  /** the file's, absolute */
  directory: string
  /** the area it lies in, as a place on the disk */
  folder: Enclosure
}

/**
 * A photo that somebody may look at. Only {@link findPhoto} can make one, so handing out a photo's bytes without having asked a scope
 * does not compile.
 */
export interface VisiblePhoto extends FoundPhoto {
  readonly [minted]: true
}

/** A photo in scope with its primary file, or undefined: out of scope is answered like non-existent. */
export async function findPhoto(db: Read, scope: Scope, id: number): Promise<VisiblePhoto | undefined> {
  const [row] = await db
    .select({ photo: photos, file: files, directory: directories.path, folder: placeOfArea })
    .from(photos)
    .innerJoin(files, and(eq(files.photoId, photos.id), eq(files.part, 'primary')))
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .innerJoin(areas, eq(areas.id, files.areaId))
    .where(and(eq(photos.id, id), photosIn(scope)))
  const found: FoundPhoto | undefined = row
  return found as VisiblePhoto | undefined // the brand exists in types only
}

const placeOfArea = { path: areas.path, device: areas.device, inode: areas.inode }

/** A photo as the viewer's panel shows it. */
export async function describePhoto(db: Read, scope: Scope, found: VisiblePhoto): Promise<Photo> {
  const { photo, file, directory } = found
  return {
    id: photo.id,
    version: photo.version,
    kind: photo.kind,
    state: photo.state,
    stateReason: photo.stateReason,
    fileName: file.name,
    folder: directory,
    sizeBytes: file.sizeBytes,
    mime: photo.mime,
    takenAt: photo.takenAt,
    takenOffset: photo.takenOffset,
    takenSource: photo.takenSource,
    width: photo.width,
    height: photo.height,
    camera: cameraOf(photo),
    gps:
      photo.latitude !== null && photo.longitude !== null
        ? { latitude: photo.latitude, longitude: photo.longitude, altitude: photo.altitude }
        : null,
    seenBy: await namesWith(db, photo.areaId),
    may: mayWith(scope, photo.areaId),
  }
}

function cameraOf(photo: FoundPhoto['photo']): Photo['camera'] {
  const camera = {
    make: photo.cameraMake,
    model: photo.cameraModel,
    lens: photo.lens,
    iso: photo.iso,
    fNumber: photo.fNumber,
    exposureSeconds: photo.exposureSeconds,
    focalLengthMm: photo.focalLengthMm,
  }
  return Object.values(camera).some((value) => value !== null) ? camera : null
}

async function namesWith(db: Read, areaId: number): Promise<string[]> {
  const rows = await db
    .select({ name: accounts.name, username: accounts.username })
    .from(areaAccess)
    .innerJoin(accounts, eq(accounts.id, areaAccess.accountId))
    .where(and(eq(areaAccess.areaId, areaId), isNull(accounts.deletedAt)))
    .orderBy(asc(accounts.username))
  return rows.map(({ name, username }) => name || username)
}
