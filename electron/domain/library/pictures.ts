import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { olderPreviews } from '../../workers/cache-file.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { type PictureKind, pictureFile } from '../media/pictures.ts'
import type { Rendering } from '../scan/rendering.ts'
import { createCleanPictures } from './clean-pictures.ts'
import { type OpenFile, openFile, type PictureFile } from './open-file.ts'
import type { VisiblePhoto } from './photo.ts'

/**
 * The bytes of photos that somebody may see. Throws `Refusal`: `not_found` where the photo has no such picture, `unavailable` with
 * the reason where its file can't be had, or the picture can't be made, at the moment.
 */
export interface Pictures {
  /** A made picture; made now where it is missing, once however many ask. */
  rendered(photo: VisiblePhoto, kind: PictureKind): Promise<PictureFile>
  original(photo: VisiblePhoto): Promise<PictureFile>
  /** In its own size, with nothing but what is to be seen; its preview, which has no more either, where that can't be made. */
  clean(photo: VisiblePhoto): Promise<PictureFile>
  /** Opens what the others answered. */
  open(file: PictureFile): Promise<OpenFile>
}

interface PicturesNeeds {
  /** absolute */
  cacheDirectory: string
  rendering: Rendering
  walk: Pick<WalkClient, 'look' | 'read'>
  media: Pick<MediaClient, 'clean'>
}

/**
 * Serves pictures from the cache, which can be deleted at any time and comes back, and originals from their folders, whose disks are
 * never touched in this process.
 */
export function createPictures({ cacheDirectory, rendering, walk, media }: PicturesNeeds): Pictures {
  const cleanPicture = createCleanPictures({ cacheDirectory, media })
  /** `isOlder`: as it was made before an admin chose otherwise. */
  async function cached(
    kind: PictureKind,
    contentHash: string,
    name: string,
    isOlder = false,
  ): Promise<PictureFile | undefined> {
    for (const hasAlpha of [false, true]) {
      const { path: current, mime } = pictureFile(kind, contentHash, hasAlpha, rendering.previewRecipe())
      for (const below of isOlder ? olderPreviews(cacheDirectory, current) : [current]) {
        const path = join(cacheDirectory, below)
        if (!(await exists(path))) continue
        const extension = mime === 'image/webp' ? 'webp' : 'jpg'
        const etag = below.replaceAll(/[^\w.-]/g, '-')
        return { path, mime, fileName: `${name}.${extension}`, etag, original: null }
      }
    }
    return undefined
  }

  const pictures: Pictures = {
    async rendered({ photo, file }, kind) {
      const present = file.contentHash === null ? undefined : await cached(kind, file.contentHash, file.name)
      if (present) return present
      const outcome = await rendering.ensureRendered(photo.id, kind, { priority: 'urgent' })
      if (outcome?.state !== 'ready') {
        // its folder may be offline for long: better as it was made before than not at all
        const hash = kind === 'preview' ? file.contentHash : null
        const before = hash === null ? undefined : await cached(kind, hash, file.name, true)
        if (before) return before
        if (outcome?.state === 'trouble') throw new Refusal('unavailable', { reason: outcome.reason })
        throw notFound()
      }
      const made = await cached(kind, outcome.contentHash, file.name)
      if (!made) throw new Refusal('unavailable')
      return made
    },

    async original({ photo, file, directory, folder }) {
      const path = join(directory, file.name)
      const found = await walk.look({ path, folder })
      if (!found.ok) throw new Refusal('unavailable', { reason: found.problem })
      const { stamp } = found
      const etag = `${stamp.size.toString(36)}-${stamp.mtimeMs.toString(36)}`
      return { path, mime: photo.mime, fileName: file.name, etag, original: { folder, stamp } }
    },

    clean: async (photo) => (await cleanPicture(photo)) ?? pictures.rendered(photo, 'preview'),

    open: (file) => openFile(walk, file),
  }
  return pictures
}

const exists = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
