import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Read } from '../../db/connect.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import { failureState } from '../../workers/media-messages.ts'
import { mtimeMsOf } from '../../workers/walk.ts'
import type { PictureFile } from '../library/open-file.ts'
import { type PictureKind, pictureFile } from '../media/pictures.ts'
import { findDecidable, type HeldRow } from './deciders.ts'
import type { HeldFiles } from './held-files.ts'

/** Pictures of held files, for whoever decides about them. */
export interface HeldPictures {
  /** Throws `Refusal`: `not_found` where there is none of it, `unavailable` where it can't be made at the moment. */
  of(upload: HeldRow, kind: PictureKind): Promise<PictureFile>
}

interface PicturesNeeds {
  files: HeldFiles
  media: Pick<MediaClient, 'render'>
  /** absolute */
  cacheDirectory: string
}

/** Made by the media worker, as all pictures are, and kept in the same cache: an accepted photo has its thumbnail already. */
export function createHeldPictures({ files, media, cacheDirectory }: PicturesNeeds): HeldPictures {
  async function cached(contentHash: string, kind: PictureKind, name: string) {
    for (const hasAlpha of [false, true]) {
      const { path: below, mime } = pictureFile(kind, contentHash, hasAlpha)
      const path = join(cacheDirectory, below)
      if (!(await isThere(path))) continue
      const etag = below.replaceAll(/[^\w.-]/g, '-')
      return { path, mime, fileName: name, etag, original: null }
    }
    return undefined
  }

  return {
    async of({ fileKey, contentHash, fileName }, kind) {
      const present = await cached(contentHash, kind, fileName)
      if (present) return present
      const path = files.pathOf(fileKey)
      const status = await stat(path, { bigint: true }).catch(() => {
        throw new Refusal('unavailable', { reason: 'upload_damaged' })
      })
      const { dev, ino } = await stat(files.directory, { bigint: true })
      const folder = { path: files.directory, device: String(dev), inode: String(ino) }
      const file = { path, folder, sizeBytes: Number(status.size), mtimeMs: mtimeMsOf(status) }
      const reply = await media.render(file, cacheDirectory, { picture: kind, priority: () => 'urgent' })
      if (!reply.ok) {
        if (failureState(reply.reason) !== 'trouble') throw notFound()
        throw new Refusal('unavailable', { reason: reply.reason })
      }
      const made = await cached(reply.contentHash, kind, fileName)
      if (!made) throw new Refusal('unavailable')
      return made
    },
  }
}

/** A held file that somebody may decide about. Throws `Refusal` `not_found`. */
export async function findHeldUpload(db: Read, by: AccountPrincipal, id: number): Promise<HeldRow> {
  const [found] = await findDecidable(db, by, [id])
  if (!found) throw notFound()
  return found.upload
}

const isThere = (path: string) =>
  stat(path).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  )
