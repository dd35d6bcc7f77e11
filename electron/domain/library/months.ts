import { and, desc, gt, inArray, sql } from 'drizzle-orm'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { MonthPayload } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import { monthCounts, photos } from '../../db/schema.ts'

/** How many photos each month of the scope holds, newest first; read from counts kept by triggers, not by counting. */
export async function countMonths(db: Read, scope: Scope): Promise<{ month: string; count: number }[]> {
  const ids = [...scope.areas.keys()]
  if (ids.length === 0) return []
  return db
    .select({ month: monthCounts.month, count: sql<number>`sum(${monthCounts.count})` })
    .from(monthCounts)
    .where(
      and(
        inArray(monthCounts.areaId, ids),
        inArray(monthCounts.shelf, [...scope.shelves]),
        gt(monthCounts.count, 0),
      ),
    )
    .groupBy(monthCounts.month)
    .orderBy(desc(monthCounts.month))
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
  const page = sql`
    select ${photos.id}, ${photos.version}, ${photos.takenAt}, ${photos.width}, ${photos.height},
      ${photos.thumbhash}, ${photos.state}, ${photos.kind}
    from ${photos} where ${and(photosIn(scope), inMonth(month, after?.takenAt), older)}
    order by ${photos.takenAt} desc, ${photos.id} desc limit ${limit}`
  const [gathered] = await db.all<Gathered>(sql`
    select json_group_array(id) as ids, json_group_array(version) as versions, json_group_array(taken_at) as takenAt,
      json_group_array(ifnull(round(1.0 * nullif(width, 0) / nullif(height, 0), 4), 1)) as ratios,
      json_group_array(hex(thumbhash)) as thumbhashes,
      json_group_array(state) as states, json_group_array(kind) as kinds
    from (${page})`)
  if (!gathered) throw new Error('An aggregate answered no row.')
  const hashes: string[] = JSON.parse(gathered.thumbhashes)
  return {
    ids: JSON.parse(gathered.ids),
    versions: JSON.parse(gathered.versions),
    takenAt: JSON.parse(gathered.takenAt),
    ratios: JSON.parse(gathered.ratios),
    thumbhashes: hashes.map((hex) => (hex === '' ? null : Buffer.from(hex, 'hex').toString('base64'))),
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
