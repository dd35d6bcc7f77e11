import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { DECODABLE_MIMES } from '../media/kinds.ts'

/** What an area holds, without the areas below it. */
export interface AreaCounts {
  /** all but the missing, whatever their shelf */
  photos: number
  /** of these */
  videos: number
  /** photos whose pictures were made, those that could be made again */
  pictured: number
  /** photos that should decode and don't */
  failed: number
  /** photos none of whose files is on the disk any more */
  missing: number
  /** on the disk, companions included */
  files: number
  /** of these files */
  bytes: number
}

const NOTHING: AreaCounts = { photos: 0, videos: 0, pictured: 0, failed: 0, missing: 0, files: 0, bytes: 0 }

/** Ids of one statement: some 10 ms, so that nobody who reads has to wait for it. */
const idsAtOnce = 10_000

const decodable = sql.join(
  [...DECODABLE_MIMES].map((mime) => sql`${mime}`),
  sql`, `,
)

/**
 * Counts photos, files and bytes by area, all of the household's, in slices of ids: of a million photos it takes seconds, in which others
 * read. What changes meanwhile is counted as it was before or after. Throws the signal's reason when aborted.
 */
export async function countFiles(read: Read, signal: AbortSignal): Promise<Map<number, AreaCounts>> {
  const counts = new Map<number, AreaCounts>()
  const add = (rows: readonly ({ areaId: number } & Partial<AreaCounts>)[]) => {
    for (const { areaId, ...more } of rows) {
      const sums = counts.get(areaId) ?? { ...NOTHING }
      for (const key of COUNTED) sums[key] += more[key] ?? 0
      counts.set(areaId, sums)
    }
  }
  await inSlices(read, 'photos', signal, async (from, to) => {
    add(
      await read.all(sql`
        select area_id as areaId, sum(shelf <> 'missing') as photos, sum(shelf <> 'missing' and kind = 'video') as videos,
          sum(shelf <> 'missing' and state = 'ready') as pictured, sum(shelf = 'missing') as missing,
          sum(shelf <> 'missing' and (state = 'broken' or (state = 'unsupported' and mime in (${decodable})))) as failed
        from photos where id > ${from} and id <= ${to} group by area_id`),
    )
  })
  await inSlices(read, 'files', signal, async (from, to) => {
    add(
      await read.all(sql`
        select area_id as areaId, count(*) as files, sum(size_bytes) as bytes
        from files where id > ${from} and id <= ${to} and presence = 'present' group by area_id`),
    )
  })
  return counts
}

const COUNTED = ['photos', 'videos', 'pictured', 'failed', 'missing', 'files', 'bytes'] as const

async function inSlices(
  read: Read,
  table: 'photos' | 'files',
  signal: AbortSignal,
  each: (from: number, to: number) => Promise<void>,
): Promise<void> {
  const [row] = await read.all<{ last: number | null }>(
    sql`select max(id) as last from ${sql.identifier(table)}`,
  )
  for (let from = 0; from < (row?.last ?? 0); from += idsAtOnce) {
    signal.throwIfAborted()
    await each(from, from + idsAtOnce)
    await breathe()
  }
}
