import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Rebuild } from '../../contract/values.ts'
import type { Database, Read } from '../../db/connect.ts'
import { photos } from '../../db/schema.ts'
import type { JobContext } from '../jobs/work.ts'
import type { PictureKind } from '../media/pictures.ts'
import { renderAll } from './render-pass.ts'
import type { Rendering } from './rendering.ts'
import { hasFailed, inFailedIndex } from './retries.ts'

/** Photos of one page of ids. */
const photosAtOnce = 200

interface AgainNeeds {
  db: Database
  rendering: Rendering
  /** photos in work at a time */
  atOnce: () => number
}

interface Again {
  which: SQL | undefined
  picture: PictureKind
  /** what somebody waits to see goes ahead of what is there already */
  priority: 'normal' | 'idle'
}

/** Which photos of an area have which picture made once more. */
const AGAIN: Record<Rebuild, Again> = {
  'retry-failed': { which: and(inFailedIndex, hasFailed), picture: 'thumb', priority: 'normal' },
  'rebuild-thumbnails': {
    which: sql`state = 'ready' and missing_at is null`,
    picture: 'thumb',
    priority: 'idle',
  },
  'rebuild-previews': {
    which: sql`state = 'ready' and has_preview = 1 and missing_at is null`,
    picture: 'preview',
    priority: 'idle',
  },
}

/** How many photos of an area that is. */
export async function countAgain(read: Read, areaId: number, what: Rebuild): Promise<number> {
  const [row] = await read
    .select({ count: sql<number>`count(*)` })
    .from(photos)
    .where(and(eq(photos.areaId, areaId), AGAIN[what].which))
  return row?.count ?? 0
}

/**
 * Makes pictures of an area's photos once more, the newest photos of the household first. What there is stays until the new one is made,
 * so nothing is seen of it, and a stop leaves nothing half done; one that was paused goes on where it was. Answers counts; throws as `renderWaiting` does.
 */
export async function makeAgain(
  { db, rendering, atOnce }: AgainNeeds,
  what: Rebuild,
  areaId: number,
  context: JobContext,
): Promise<{ ready: number; broken: number }> {
  const { ready = 0, broken = 0, next = Number.MAX_SAFE_INTEGER } = context.earlier ?? {}
  const counts = { ready, unsupported: 0, broken }
  const result = () => ({ ready: counts.ready, broken: counts.broken + counts.unsupported })
  const { which, picture, priority } = AGAIN[what]
  let done = ready + broken
  const inWork = new Set<number>()
  let lowest = next
  const total = done + (await countBelow(db.read, areaId, which, next))
  context.progress(done, total)
  const begun = async function* () {
    for await (const id of photosBelow(db.read, areaId, which, next)) {
      inWork.add(id)
      lowest = id
      yield id
    }
  }
  await renderAll(
    { rendering, atOnce, counts },
    { ids: begun(), picture, priority, anew: true },
    context,
    (id) => {
      done += 1
      inWork.delete(id)
      // all above this are done: what is in work when it is paused is made when it goes on
      context.progress(done, total, {
        ...result(),
        next: Math.max(lowest, ...[...inWork].map((one) => one + 1)),
      })
    },
  )
  return result()
}

async function countBelow(read: Read, areaId: number, which: SQL | undefined, next: number): Promise<number> {
  const [row] = await read
    .select({ count: sql<number>`count(*)` })
    .from(photos)
    .where(and(eq(photos.areaId, areaId), which, lt(photos.id, next)))
  return row?.count ?? 0
}

async function* photosBelow(
  read: Read,
  areaId: number,
  which: SQL | undefined,
  next: number,
): AsyncGenerator<number, void> {
  for (let below = next; ; ) {
    const page = await read
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.areaId, areaId), which, lt(photos.id, below)))
      .orderBy(desc(photos.id))
      .limit(photosAtOnce)
    for (const { id } of page) yield id
    below = page.at(-1)?.id ?? 0
    if (page.length < photosAtOnce) return
  }
}
