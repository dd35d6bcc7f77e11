import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Reason } from '../../contract/reasons.ts'
import type { Read } from '../../db/connect.ts'
import { photos } from '../../db/schema.ts'
import { type JobContext, JobFailedError } from '../jobs/work.ts'
import type { PictureKind } from '../media/pictures.ts'
import type { Rendering } from './rendering.ts'
import { isAway } from './surroundings.ts'

const photosAtOnce = 200

/** How long a pass that is to stop waits for the pictures in work, so that their outcome is counted and listed; milliseconds. */
const lastWordsMs = 2000

interface RenderPass extends Lanes {
  read: Read
  areaId: number
}

interface Lanes {
  rendering: Rendering
  /** photos in work at a time, which may change on the way; a few more than there are worker processes keeps those busy */
  atOnce: () => number
  /** counted on as the pass goes */
  counts?: Rendered
}

type Context = Pick<JobContext, 'signal' | 'fail'>

/** Counts of photos by what their rendering came to. */
export interface Rendered {
  ready: number
  unsupported: number
  broken: number
}

/** What a pass makes of which photos. The terms are those of partial indexes, which serve only where they are repeated. */
const passes: Record<PictureKind, { waiting: SQL; priority: 'normal' | 'idle' }> = {
  thumb: { waiting: sql`state = 'pending' and missing_at is null`, priority: 'normal' },
  preview: { waiting: sql`state = 'ready' and has_preview = 0 and missing_at is null`, priority: 'idle' },
}

/**
 * Makes a picture of each of an area's photos that waits for it: thumbnails of those that have none yet, or, behind all other
 * work, previews. Newest first. `told` is called after each. A file that can't be decoded is listed as a failure and
 * does not stop the rest; a full or read-only disk does, or one that went away, with a {@link JobFailedError}. Throws the signal's
 * reason when aborted, when what is in work has come to its end or has been waited for a moment.
 */
export async function renderWaiting(
  pass: RenderPass,
  picture: PictureKind,
  context: Context,
  told: () => void,
): Promise<Rendered> {
  const { waiting, priority } = passes[picture]
  const wanted = { ids: waitingPhotos(pass, waiting), picture, priority }
  return renderAll(pass, wanted, context, () => told())
}

/** Which picture of which photos is made. */
interface WantedPictures {
  ids: AsyncGenerator<number, void>
  picture: PictureKind
  priority: 'normal' | 'idle'
  /** also where there is one, or where it came to nothing before */
  anew?: boolean
}

/** Makes a picture of each of these photos; otherwise as {@link renderWaiting}. `told` is called after each with its id. */
export async function renderAll(
  pass: Lanes,
  { ids, picture, priority, anew = false }: WantedPictures,
  { signal, fail }: Context,
  told: (id: number) => void,
): Promise<Rendered> {
  const counts = pass.counts ?? { ready: 0, unsupported: 0, broken: 0 }
  const aborted = Promise.withResolvers<never>()
  let patience: NodeJS.Timeout | undefined
  const onAbort = () => {
    patience = setTimeout(() => aborted.reject(signal.reason), lastWordsMs)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  aborted.promise.catch(() => undefined)

  const makeNext = async (): Promise<boolean> => {
    signal.throwIfAborted()
    const { value: id, done } = await ids.next()
    if (done) return false
    signal.throwIfAborted()
    const outcome = await Promise.race([
      pass.rendering.ensureRendered(id, picture, { priority, anew }),
      aborted.promise,
    ])
    if (outcome?.state === 'trouble' && stopsAll(outcome.reason)) throw new JobFailedError(outcome.reason)
    if (outcome && outcome.state !== 'trouble') counts[outcome.state] += 1
    if (outcome && outcome.state !== 'ready' && outcome.state !== 'unsupported')
      fail(outcome.path, outcome.reason)
    told(id)
    return true
  }
  try {
    signal.throwIfAborted()
    await inLanes(pass.atOnce, makeNext, signal)
  } finally {
    clearTimeout(patience)
    signal.removeEventListener('abort', onAbort)
  }
  return counts
}

/**
 * Repeats a step in as many lanes as are wanted at the time, until one answers that nothing is left. Throws what the first one throws that
 * fails; when aborted, not before all have ended.
 */
async function inLanes(
  wanted: () => number,
  step: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const over = Promise.withResolvers<void>()
  const lanes: Promise<void>[] = []
  let open = 0
  let isOver = false
  const runLane = async () => {
    try {
      while (!isOver && open <= wanted()) {
        if (await step()) openLanes()
        else isOver = true
      }
    } catch (error) {
      isOver = true
      over.reject(error)
    }
    open -= 1
    if (open === 0) over.resolve()
  }
  const openLanes = () => {
    while (!isOver && open < wanted()) {
      open += 1
      lanes.push(runLane())
    }
  }
  openLanes()
  await over.promise.catch(async (error: unknown) => {
    if (signal.aborted) await Promise.all(lanes)
    throw error
  })
}

/** Troubles of a disk, its folder's or the cache's: the next file would have them too. */
const stopsAll = (reason: Reason) => isAway(reason) || /^storage_/.test(reason)

/** How many photos of an area wait for a picture. */
export async function countWaiting(read: Read, areaId: number, picture: PictureKind): Promise<number> {
  const [row] = await read
    .select({ count: sql<number>`count(*)` })
    .from(photos)
    .where(and(eq(photos.areaId, areaId), passes[picture].waiting))
  return row?.count ?? 0
}

/** Ids of photos, newest first, read page by page along the index of those that wait. */
async function* waitingPhotos({ read, areaId }: RenderPass, waiting: SQL): AsyncGenerator<number, void> {
  let last: { takenAt: string; id: number } | undefined
  for (;;) {
    const after = last && sql`(${photos.takenAt}, ${photos.id}) < (${last.takenAt}, ${last.id})`
    const page = await read
      .select({ id: photos.id, takenAt: photos.takenAt })
      .from(photos)
      .where(and(eq(photos.areaId, areaId), waiting, after))
      .orderBy(desc(photos.takenAt), desc(photos.id))
      .limit(photosAtOnce)
    for (const { id } of page) yield id
    last = page.at(-1)
    if (page.length < photosAtOnce) return
  }
}
