import { asc, eq, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { ArrangeInput } from '../../contract/albums.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { albumPhotos, albums } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound } from '../../lib/refusal.ts'
import { requirePhotos } from '../library/to-change.ts'
import { findAlbum } from './own.ts'
import { FARTHEST, STEP } from './positions.ts'

interface Standing {
  id: number
  position: number
}

/**
 * Puts photos of an album, at most 500, in front of another one of it, or at its end, in the order they are named; answers them, and what
 * brings back where each stood. In front of one that is moved itself: where the next one stands that is not. Throws `Refusal` as `requirePhotos` and
 * `findAlbum`; `not_found` where any is not in the album.
 */
export async function arrangeAlbum(
  { db, clock }: { db: Database; clock: Clock },
  by: AccountPrincipal,
  { id, ids: named, before }: ArrangeInput,
): Promise<{ changed: number[]; undo: ArrangeInput[] }> {
  return db.write(async (tx) => {
    const { ids } = await requirePhotos(tx, by, named, ['album'])
    await findAlbum(tx, by.accountId, id)
    const former = await orderOf(tx, id)
    const places = new Map(former.map((one, index) => [one.id, index]))
    if ([...ids, ...(before === null ? [] : [before])].some((one) => !places.has(one))) throw notFound()
    const moved = new Set(ids)
    const from = before === null ? former.length : (places.get(before) ?? 0)
    const next = former.slice(from).find((one) => !moved.has(one.id))
    const rest = former.filter((one) => !moved.has(one.id))
    const at = next ? rest.indexOf(next) : rest.length
    const order = [...rest.slice(0, at).map((one) => one.id), ...ids, ...rest.slice(at).map((one) => one.id)]
    if (order.every((one, index) => one === former[index]?.id)) return { changed: [], undo: [] }
    const between = positionsBetween(rest[at - 1], rest[at], ids.length)
    // those of a whole album lie closer than that only where others numbered them
    await setPositions(tx, id, between ? new Map(ids.map((one, n) => [one, between[n] ?? 0])) : evenly(order))
    await tx.update(albums).set({ updatedAt: clock() }).where(eq(albums.id, id))
    return { changed: ids, undo: runsOf(former, moved).map((run) => ({ id, ...run })) }
  })
}

/** The photos of an album in its order by hand, those too that nobody sees at the moment. */
const orderOf = (db: Read, albumId: number): Promise<Standing[]> =>
  db
    .select({ id: albumPhotos.photoId, position: albumPhotos.position })
    .from(albumPhotos)
    .where(eq(albumPhotos.albumId, albumId))
    .orderBy(asc(albumPhotos.position), asc(albumPhotos.photoId))

/** So many positions between two photos, or beyond the last of them; undefined where there is no room. */
function positionsBetween(
  lower: Standing | undefined,
  upper: Standing | undefined,
  count: number,
): number[] | undefined {
  const room = (count + 1) * STEP
  const start = lower?.position ?? (upper?.position ?? 0) - room
  const end = upper?.position ?? start + room
  if (start < -FARTHEST || end > FARTHEST) return undefined
  const step = Math.floor((end - start) / (count + 1))
  return step > 0 ? Array.from({ length: count }, (_, n) => start + step * (n + 1)) : undefined
}

const evenly = (order: readonly number[]) => new Map(order.map((id, index) => [id, (index + 1) * STEP]))

/** In one statement, however many there are. */
async function setPositions(tx: Tx, albumId: number, positions: ReadonlyMap<number, number>): Promise<void> {
  const rows = JSON.stringify([...positions])
  await tx.run(sql`
    update album_photos set position = json_extract(placed.value, '$[1]') from json_each(${rows}) as placed
    where album_id = ${albumId} and photo_id = json_extract(placed.value, '$[0]')`)
}

/** The moved ones as they stood, run by run, each in front of the one behind it that was not moved. */
function runsOf(former: readonly Standing[], moved: ReadonlySet<number>): Omit<ArrangeInput, 'id'>[] {
  const runs: Omit<ArrangeInput, 'id'>[] = []
  let run: number[] = []
  const end = (before: number | null) => {
    if (run.length > 0) runs.push({ ids: run, before })
    run = []
  }
  for (const { id } of former) {
    if (moved.has(id)) run.push(id)
    else end(id)
  }
  end(null)
  return runs
}
