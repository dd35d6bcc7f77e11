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

/** One month (`YYYY-MM`) as parallel arrays, newest first; equal moments by id, so the order never wavers. */
export async function readMonth(db: Read, scope: Scope, month: string): Promise<MonthPayload> {
  const rows = await db
    .select({
      id: photos.id,
      version: photos.version,
      takenAt: photos.takenAt,
      width: photos.width,
      height: photos.height,
      thumbhash: photos.thumbhash,
      state: photos.state,
      kind: photos.kind,
    })
    .from(photos)
    .where(and(photosIn(scope), inMonth(month)))
    .orderBy(desc(photos.takenAt), desc(photos.id))
  return {
    ids: rows.map((row) => row.id),
    versions: rows.map((row) => row.version),
    takenAt: rows.map((row) => row.takenAt),
    ratios: rows.map(({ width, height }) => (width && height ? Number((width / height).toFixed(4)) : 1)),
    thumbhashes: rows.map((row) => row.thumbhash?.toString('base64') ?? null),
    states: rows.map((row) => row.state),
    kinds: rows.map((row) => row.kind),
  }
}

/** A range over `taken_at`, so that the timeline's index is used; `YYYY-MM-` sorts before all of the month's days. */
const inMonth = (month: string) =>
  sql`${photos.takenAt} >= ${`${month}-`} and ${photos.takenAt} < ${`${month}.`}`

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
