import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import type { Database } from '../../db/connect.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isWithin } from '../areas/paths.ts'
import { type PictureKind, pictureFile } from '../media/pictures.ts'
import type { Rendering } from '../scan/rendering.ts'

/** A file of a photo on the host's disk. */
interface PictureFile {
  /** absolute */
  path: string
  mime: string
  /** what it is called when saved */
  fileName: string
  /** without quotes; changes with the bytes */
  etag: string
}

/**
 * The bytes of photos. Callers have checked that the photo is in scope. Throws `Refusal`: `not_found` where the photo has no
 * such picture, `unavailable` (`file_missing` or why it can't be made now) where its file can't be had at the moment.
 */
export interface Pictures {
  /** A made picture; made now where it is missing, once however many ask. */
  rendered(photoId: number, kind: PictureKind): Promise<PictureFile>
  original(photoId: number): Promise<PictureFile>
}

interface PicturesNeeds {
  db: Database
  /** absolute */
  cacheDirectory: string
  rendering: Rendering
}

/** Serves pictures from the cache, which can be deleted at any time and comes back. */
export function createPictures({ db, cacheDirectory, rendering }: PicturesNeeds): Pictures {
  async function cached(
    kind: PictureKind,
    contentHash: string,
    name: string,
  ): Promise<PictureFile | undefined> {
    for (const hasAlpha of [false, true]) {
      const { path: below, mime } = pictureFile(kind, contentHash, hasAlpha)
      const path = join(cacheDirectory, below)
      if (!(await exists(path))) continue
      const extension = mime === 'image/webp' ? 'webp' : 'jpg'
      return { path, mime, fileName: `${name}.${extension}`, etag: below.replaceAll(/[^\w.-]/g, '-') }
    }
    return undefined
  }

  return {
    async rendered(photoId, kind) {
      const file = await primaryFile(db, photoId)
      const present = file.contentHash === null ? undefined : await cached(kind, file.contentHash, file.name)
      if (present) return present
      const outcome = await rendering.ensureRendered(photoId, kind, { priority: 'urgent' })
      if (outcome?.state === 'trouble') throw new Refusal('unavailable', { reason: outcome.reason })
      if (outcome?.state !== 'ready') throw notFound()
      const made = await cached(kind, outcome.contentHash, file.name)
      if (!made) throw new Refusal('unavailable')
      return made
    },

    async original(photoId) {
      const { area, directory, name, mime } = await primaryFile(db, photoId)
      const path = join(directory, name)
      const found = await stat(path).catch(() => undefined)
      if (!found?.isFile() || !(await liesWithin(path, area)))
        throw new Refusal('unavailable', { reason: 'file_missing' })
      return { path, mime, fileName: name, etag: `${found.size.toString(36)}-${found.mtimeMs.toString(36)}` }
    },
  }
}

const exists = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

/** Whether an existing file still lies in its folder: a directory on the way may have become a link that leads out. */
async function liesWithin(path: string, folder: string): Promise<boolean> {
  const resolved = Promise.all([realpath(path), realpath(folder)])
  return resolved.then(
    ([file, root]) => isWithin(file, root),
    () => false,
  )
}

async function primaryFile(db: Database, photoId: number) {
  const [file] = await db.read
    .select({
      name: files.name,
      contentHash: files.contentHash,
      area: areas.path,
      directory: directories.path,
      mime: photos.mime,
    })
    .from(files)
    .innerJoin(photos, eq(photos.id, files.photoId))
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .innerJoin(areas, eq(areas.id, files.areaId))
    .where(and(eq(files.photoId, photoId), eq(files.part, 'primary')))
  if (!file) throw notFound()
  return file
}
