import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Reason } from '../../contract/reasons.ts'
import type { Database } from '../../db/connect.ts'
import { photos } from '../../db/schema.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import { DECODABLE_MIMES } from '../media/kinds.ts'
import type { PictureKind } from '../media/pictures.ts'

/** Photos for one write. */
const photosAtOnce = 500

interface RetryNeeds {
  db: Database
  media: Pick<MediaClient, 'decoder'>
}

/** What is known of a photo's last decoding. */
interface Tried {
  state: (typeof photos.$inferSelect)['state']
  stateReason: string | null
  decoder: string | null
}

/** A photo that came to nothing is tried again when its file changed (the scan sees to that) or what decodes it. */
export interface Retries {
  /**
   * Makes photos of an area pending again that another decoder has failed on, once a run of the program: it does not change
   * meanwhile. Answers how many. Throws the signal's reason when aborted.
   */
  takeUp(areaId: number, signal: AbortSignal): Promise<number>
  /** What the decoder of today has come to with this version of the photo's file already, if it failed. */
  failureOf(
    tried: Tried,
    picture: PictureKind,
  ): Promise<{ state: 'unsupported' | 'broken'; reason: Reason } | undefined>
}

/** Builds the {@link Retries} of a household. */
export function createRetries({ db, media }: RetryNeeds): Retries {
  const done = new Set<number>()
  return {
    async takeUp(areaId, signal) {
      if (done.has(areaId)) return 0
      const failed = await db.read
        .select({ id: photos.id, decoder: photos.decoder })
        .from(photos)
        .where(and(eq(photos.areaId, areaId), inFailedIndex, hasFailed))
      const decoder = failed.length > 0 ? await media.decoder() : null
      const again = failed.filter((photo) => photo.decoder !== decoder).map(({ id }) => id)
      for (let start = 0; start < again.length; start += photosAtOnce) {
        signal.throwIfAborted()
        const chunk = again.slice(start, start + photosAtOnce)
        const stillSo = and(
          inArray(photos.id, chunk),
          hasFailed,
          or(isNull(photos.decoder), ne(photos.decoder, decoder ?? '')),
        )
        await db.write(
          (tx) => tx.update(photos).set({ state: 'pending', stateReason: null }).where(stillSo),
          {
            priority: 'background',
          },
        )
      }
      done.add(areaId)
      return again.length
    },
    async failureOf({ state, stateReason, decoder }, picture) {
      if (decoder === null || decoder !== (await media.decoder())) return undefined
      // A photo with a thumbnail was noted with a decoder: its preview alone has failed.
      if (state === 'ready' && picture === 'preview') return { state: 'broken', reason: 'decode_failed' }
      if (state !== 'unsupported' && state !== 'broken') return undefined
      // whatever noted the decoder noted a reason of the set with it
      return { state, reason: (stateReason ?? 'decode_failed') as Reason }
    },
  }
}

/** As the partial index `photos_failed` has it, which serves only where its terms are repeated. */
export const inFailedIndex = sql`state in ('broken', 'unsupported') and missing_at is null`

/** Kinds that nothing here decodes have not failed: they wait for a version that does. */
export const hasFailed = or(
  eq(photos.state, 'broken'),
  and(eq(photos.state, 'unsupported'), inArray(photos.mime, [...DECODABLE_MIMES])),
)
