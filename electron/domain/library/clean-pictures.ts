import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { withoutEnding } from '../../lib/file-names.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import { failureState } from '../../workers/media-messages.ts'
import { cleanFile } from '../media/pictures.ts'
import type { PictureFile } from './open-file.ts'
import { placeOf, type VisiblePhoto } from './photo.ts'

interface CleanNeeds {
  /** absolute */
  cacheDirectory: string
  media: Pick<MediaClient, 'clean'>
}

/**
 * Photos in their own size without what their files say beside the picture, for links that keep that back. Made when they are asked for, each
 * once however many ask; the cache holds the last few.
 * @returns the picture; null for a photo of which none can be made. Throws `Refusal` `unavailable` where its file, or the cache, can't be had at
 * the moment.
 */
export function createCleanPictures({ cacheDirectory, media }: CleanNeeds) {
  const underWay = new Map<number, ReturnType<typeof make>>()

  async function cached(contentHash: string, name: string): Promise<PictureFile | null> {
    for (const hasAlpha of [false, true]) {
      const { path: below, mime } = cleanFile(contentHash, hasAlpha)
      const path = join(cacheDirectory, below)
      const isThere = await stat(path).then(
        ({ size }) => size > 0,
        () => false,
      )
      const fileName = `${withoutEnding(name)}.${hasAlpha ? 'webp' : 'jpg'}`
      if (isThere) return { path, mime, fileName, etag: below.replaceAll(/[^\w.-]/g, '-'), original: null }
    }
    return null
  }

  async function make(photo: VisiblePhoto): Promise<string | null> {
    const { sizeBytes, mtimeMs } = photo.file
    const file = { ...placeOf(photo), sizeBytes, mtimeMs }
    const reply = await media.clean(file, cacheDirectory, { priority: () => 'urgent' })
    if (reply.ok) return reply.contentHash
    if (failureState(reply.reason) === 'trouble') throw new Refusal('unavailable', { reason: reply.reason })
    return null
  }

  return async (photo: VisiblePhoto): Promise<PictureFile | null> => {
    const { id } = photo.photo
    const { contentHash, name } = photo.file
    const present = contentHash === null ? null : await cached(contentHash, name)
    if (present) return present
    const making = underWay.get(id) ?? make(photo).finally(() => underWay.delete(id))
    underWay.set(id, making)
    const made = await making
    return made === null ? null : cached(made, name)
  }
}
