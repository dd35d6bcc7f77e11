import { and, inArray, sql } from 'drizzle-orm'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { MonthPayload } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import { monthCounts, photos } from '../../db/schema.ts'

/**
 * How many photos each month of the scope holds, newest first; read from counts kept by triggers, not by counting. Added up here:
 * SQLite would sort the rows of all areas by month first, which takes it twice as long.
 */
export async function countMonths(db: Read, scope: Scope): Promise<{ month: string; count: number }[]> {
  const ids = [...scope.areas.keys()]
  if (ids.length === 0) return []
  const kept = and(inArray(monthCounts.areaId, ids), inArray(monthCounts.shelf, [...scope.shelves]))
  const [gathered] = await db.all<{ months: string; counts: string }>(sql`
    select json_group_array(month) as months, json_group_array(count) as counts from ${monthCounts} where ${kept}`)
  const counts: number[] = JSON.parse(gathered?.counts ?? '[]')
  const sums = new Map<string, number>()
  for (const [index, month] of (JSON.parse(gathered?.months ?? '[]') as string[]).entries()) // SQLite made it of text
    sums.set(month, (sums.get(month) ?? 0) + (counts[index] ?? 0))
  return [...sums]
    .map(([month, count]) => ({ month, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => (a.month < b.month ? 1 : -1))
}

/** Where a page of a month goes on. */
interface PageOf {
  month: string
  /** the last photo of the page before */
  after?: { takenAt: string; id: number } | undefined
  /** most photos of a page */
  limit: number
}

/** Columns as SQLite gathers them: JSON arrays, one for the whole page, which costs a fifth of fetching it row by row. */
interface Gathered {
  ids: string
  versions: string
  takenAt: string
  ratios: string
  thumbhashes: string
  states: string
  kinds: string
}

/**
 * A page of one month (`YYYY-MM`) as parallel arrays, newest first; equal moments by id, so the order never wavers. Fewer than
 * `limit` photos say that it was the last one.
 */
export async function readMonth(
  db: Read,
  scope: Scope,
  { month, after, limit }: PageOf,
): Promise<MonthPayload> {
  const older = after && sql`(${photos.takenAt}, ${photos.id}) < (${after.takenAt}, ${after.id})`
  // Ids alone are put in order, then each photo is looked up: sorting whole rows takes three times as long.
  const page = sql`
    select ${photos.id} as page_id from ${photos}
    where ${and(photosIn(scope), inMonth(month, after?.takenAt), older)}
    order by ${photos.takenAt} desc, ${photos.id} desc limit ${limit}`
  const [gathered] = await db.all<Gathered>(sql`
    select json_group_array(id) as ids, json_group_array(version) as versions, json_group_array(taken_at) as takenAt,
      json_group_array(ifnull(round(1.0 * nullif(width, 0) / nullif(height, 0), 4), 1)) as ratios,
      json_group_array(nullif(hex(thumbhash), '')) as thumbhashes,
      json_group_array(state) as states, json_group_array(kind) as kinds
    from (${page}) cross join ${photos} on id = page_id`)
  if (!gathered) throw new Error('An aggregate answered no row.')
  return {
    ids: JSON.parse(gathered.ids),
    versions: JSON.parse(gathered.versions),
    takenAt: JSON.parse(gathered.takenAt),
    ratios: JSON.parse(gathered.ratios),
    thumbhashes: JSON.parse(gathered.thumbhashes),
    states: JSON.parse(gathered.states),
    kinds: JSON.parse(gathered.kinds),
  }
}

/**
 * A range over `taken_at`, so that the timeline's index is used; `YYYY-MM-` sorts before all of the month's days. Behind a page it
 * ends where that page did.
 */
const inMonth = (month: string, until: string | undefined) => {
  const end = until === undefined ? sql`< ${`${month}.`}` : sql`<= ${until}`
  return sql`${photos.takenAt} >= ${`${month}-`} and ${photos.takenAt} ${end}`
}

/** How many photos of the scope lie in each of its areas. */
export async function countByArea(db: Read, scope: Scope): Promise<Map<number, number>> {
  const ids = [...scope.areas.keys()]
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ areaId: monthCounts.areaId, count: sql<number>`sum(${monthCounts.count})` })
    .from(monthCounts)
    .where(and(inArray(monthCounts.areaId, ids), inArray(monthCounts.shelf, [...scope.shelves])))
    .groupBy(monthCounts.areaId)
  return new Map(rows.map(({ areaId, count }) => [areaId, count]))
}
