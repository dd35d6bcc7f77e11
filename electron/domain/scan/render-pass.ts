import { and, desc, eq, sql } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { photos } from '../../db/schema.ts'
import { type JobContext, JobFailedError } from '../jobs/work.ts'
import type { Rendering } from './rendering.ts'

const photosAtOnce = 200

/** Where there is something to show; the missing have no file to decode. */
const shelves = ['shown', 'archived', 'private', 'trashed'] as const

interface RenderPass {
  read: Read
  rendering: Rendering
  areaId: number
  /** photos in work at a time; a few more than there are worker processes keeps those busy */
  atOnce: number
}

/** Counts of photos by what their rendering came to. */
export interface Rendered {
  ready: number
  unsupported: number
  broken: number
}

/**
 * Makes the pictures of an area's photos that have none yet, newest first. `told` is called after each. A file that can't be
 * decoded is listed as a failure and does not stop the rest; a full or read-only disk does, with a
 * {@link JobFailedError}. Throws the signal's reason when aborted; what is in work then finishes unheard.
 */
export async function renderPending(
  { read, rendering, areaId, atOnce }: RenderPass,
  { signal, fail }: Pick<JobContext, 'signal' | 'fail'>,
  told: () => void,
): Promise<Rendered> {
  const counts: Rendered = { ready: 0, unsupported: 0, broken: 0 }
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  aborted.promise.catch(() => undefined)

  const ids = pendingPhotos(read, areaId)
  const work = async () => {
    for await (const id of ids) {
      signal.throwIfAborted()
      const outcome = await Promise.race([rendering.ensureRendered(id), aborted.promise])
      if (outcome?.state === 'trouble' && /^storage_/.test(outcome.reason))
        throw new JobFailedError(outcome.reason)
      if (outcome && outcome.state !== 'trouble') counts[outcome.state] += 1
      if (outcome && outcome.state !== 'ready' && outcome.state !== 'unsupported')
        fail(outcome.path, outcome.reason)
      told()
    }
  }
  try {
    signal.throwIfAborted()
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  return counts
}

/** Ids of pending photos, newest first, read page by page along the timeline's index. */
async function* pendingPhotos(read: Read, areaId: number): AsyncGenerator<number, void> {
  for (const shelf of shelves) {
    let last: { takenAt: string; id: number } | undefined
    for (;;) {
      const after = last && sql`(${photos.takenAt}, ${photos.id}) < (${last.takenAt}, ${last.id})`
      const page = await read
        .select({ id: photos.id, takenAt: photos.takenAt })
        .from(photos)
        .where(and(eq(photos.areaId, areaId), eq(photos.shelf, shelf), eq(photos.state, 'pending'), after))
        .orderBy(desc(photos.takenAt), desc(photos.id))
        .limit(photosAtOnce)
      for (const { id } of page) yield id
      last = page.at(-1)
      if (page.length < photosAtOnce) break
    }
  }
}
