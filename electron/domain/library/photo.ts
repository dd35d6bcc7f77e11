import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { mayWith } from '../../access/photo-actions.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, type Scope } from '../../access/scope.ts'
import { whoSees } from '../../access/seen-by.ts'
import type { Photo } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import type { EnclosedFile, Enclosure } from '../../lib/open-inside.ts'
import { filePlace, readCorrections } from '../corrections/file-says.ts'
import { toldPaths } from '../folders/told-path.ts'
import { readAttached } from '../overlays/of-photo.ts'

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

/** The photo's file, as one of the folder it must lie in. */
export const placeOf = ({ file, directory, folder }: VisiblePhoto): EnclosedFile => ({
  path: join(directory, file.name),
  folder,
})

const placeOfArea = { path: areas.path, device: areas.device, inode: areas.inode }

/** A photo as the viewer's panel shows it to this account, whose scope it was found in. */
export async function describePhoto(
  db: Read,
  scope: Scope,
  found: VisiblePhoto,
  by: AccountPrincipal,
): Promise<Photo> {
  const { photo, file, directory } = found
  return {
    id: photo.id,
    version: photo.version,
    kind: photo.kind,
    state: photo.state,
    stateReason: photo.stateReason,
    fileName: file.name,
    folder: by.flags.folders ? (await toldPaths(db, by))(directory) : null,
    sizeBytes: file.sizeBytes,
    mime: photo.mime,
    takenAt: photo.takenAt,
    takenOffset: photo.takenOffset,
    takenSource: photo.takenSource,
    width: photo.width,
    height: photo.height,
    camera: cameraOf(photo),
    gps: by.flags.places ? gpsOf(photo) : null,
    ...(await describeCorrection(db, photo.id, by)),
    archived: photo.archived,
    private: photo.private,
    seenBy: await whoSees(db, photo, by),
    may: mayWith(scope, photo),
    ...(await readAttached(db, by, photo.id)),
  }
}

export function gpsOf({ latitude, longitude, altitude }: Coordinates): Photo['gps'] {
  return latitude !== null && longitude !== null ? { latitude, longitude, altitude } : null
}

type Coordinates = Pick<FoundPhoto['photo'], 'latitude' | 'longitude' | 'altitude'>

/** What of the photo was put right, and what its file says instead. Nothing of places while they are switched off. */
async function describeCorrection(
  db: Read,
  id: number,
  { flags }: AccountPrincipal,
): Promise<Pick<Photo, 'corrected' | 'file'>> {
  const row = (await readCorrections(db, [id])).get(id)
  const corrected = { date: row?.date ?? false, place: flags.places && (row?.place ?? false) }
  if (!row || !(corrected.date || corrected.place)) return { corrected, file: null }
  return {
    corrected,
    file: {
      takenAt: row.fileTakenAt,
      takenOffset: row.fileTakenOffset,
      gps: flags.places ? gpsOf(filePlace(row)) : null,
    },
  }
}

export function cameraOf(photo: FoundPhoto['photo']): Photo['camera'] {
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
