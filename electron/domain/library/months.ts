import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { MonthPayload } from '../../contract/photos.ts'
import { HAND_MONTH } from '../../contract/values.ts'
import type { Read } from '../../db/connect.ts'
import { monthCounts, overlays, photos } from '../../db/schema.ts'
import { hostMonth, hostTime } from './host-time.ts'
import { type PhotoList, rowsOf } from './lists.ts'
import { mayIn, mayOfPage } from './page-may.ts'

/** How many photos each month of a list holds, newest first; an album in order by hand has the one {@link HAND_MONTH}. */
export async function countMonths(db: Read, list: PhotoList): Promise<{ month: string; count: number }[]> {
  if (list.scope.areas.size === 0) return []
  if (!list.held) return countKept(db, list.scope)
  if (list.order === 'added') return countAdded(db, list)
  const month = list.order === 'hand' ? sql`${HAND_MONTH}` : sql`${photos.month}`
  return db.all(sql`
    select ${month} as month, count(*) as count from ${rowsOf(list)} where ${photosIn(list.scope)}
    group by 1 order by 1 desc`)
}

/** By months of the host's clock, which SQLite would look up anew for each photo. */
async function countAdded(db: Read, list: PhotoList): Promise<{ month: string; count: number }[]> {
  const [row] = await db.all<{ moments: string }>(sql`
    select json_group_array(${photos.addedAt}) as moments from ${rowsOf(list)} where ${photosIn(list.scope)}`)
  const moments: number[] = JSON.parse(row?.moments ?? '[]')
  const months = Map.groupBy(moments, (ms) => hostTime(ms).slice(0, 7))
  return [...months]
    .map(([month, { length: count }]) => ({ month, count }))
    .sort((one, other) => (one.month < other.month ? 1 : -1))
}

/**
 * The months of a scope, read from counts kept by triggers, not by counting. Added up here: SQLite would sort the rows of all areas by
 * month first, which takes it twice as long.
 */
async function countKept(db: Read, scope: Scope): Promise<{ month: string; count: number }[]> {
  const [gathered] = await db.all<{ months: string; counts: string }>(sql`
    select json_group_array(month) as months, json_group_array(count) as counts from ${countsIn(scope)}`)
  const counts: number[] = JSON.parse(gathered?.counts ?? '[]')
  const sums = new Map<string, number>()
  for (const [index, month] of (JSON.parse(gathered?.months ?? '[]') as string[]).entries()) // SQLite made it of text
    sums.set(month, (sums.get(month) ?? 0) + (counts[index] ?? 0))
  return [...sums]
    .map(([month, count]) => ({ month, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => (a.month < b.month ? 1 : -1))
}

/**
 * Rows (area_id, month, count) of the scope: those that triggers keep, or counted now where more than shelves narrows it, of which those know
 * nothing.
 */
function countsIn(scope: Scope): SQL {
  if (!scope.videos || scope.only)
    return sql`(select area_id, month, count(*) as count from ${photos} where ${photosIn(scope)} group by area_id, month)`
  const ids = [...scope.areas.keys()]
  const kept = and(inArray(monthCounts.areaId, ids), inArray(monthCounts.shelf, [...scope.shelves]))
  return sql`(select area_id, month, count from ${monthCounts} where ${kept})`
}

/** Where a page of a month goes on. */
interface PageOf {
  month: string
  /** the last photo of the page before */
  after?: { takenAt: string; id: number } | undefined
  /** most photos of a page */
  limit: number
}

/**
 * Columns as SQLite gathers them, each one text for the whole page, which costs a fifth of fetching it row by row: numbers as JSON, times
 * and hexadecimal hashes with commas between, of states and kinds the first letters. Null where there are no photos.
 */
interface Gathered {
  ids: string
  versions: string
  widths: string
  heights: string
  takenAt: string | null
  thumbhashes: string | null
  states: string | null
  kinds: string | null
  /** area and shelf of each; null where these make no difference */
  places: string | null
}

const STATES: Readonly<Record<string, MonthPayload['states'][number]>> = {
  p: 'pending',
  r: 'ready',
  u: 'unsupported',
  b: 'broken',
}
const KINDS: Readonly<Record<string, MonthPayload['kinds'][number]>> = { i: 'image', r: 'raw', v: 'video' }

function namesOf<Name extends string>(letters: string | null, names: Readonly<Record<string, Name>>): Name[] {
  return Array.from(letters ?? '', (letter) => {
    const name = names[letter]
    if (name === undefined) throw new Error(`No name begins with ${letter}.`)
    return name
  })
}

/**
 * A page of one month (`YYYY-MM`) of a list as parallel arrays, newest first, or as the album is ordered by hand; equal moments by id, so
 * the order never wavers. Fewer than `limit` photos say that it was the last one.
 */
export async function readMonth(db: Read, list: PhotoList, page: PageOf): Promise<MonthPayload> {
  const { scope } = list
  const answers = mayIn(scope)
  const places = answers.may.length > 1 ? sql`group_concat(area_id || ' ' || shelf, ',')` : sql`null`
  // Ids alone are put in order, then each photo is looked up: sorting whole rows takes three times as long.
  const [gathered] = await db.all<Gathered>(sql`
    select json_group_array(id) as ids, json_group_array(version) as versions,
      json_group_array(width) as widths, json_group_array(height) as heights,
      group_concat(${list.order === 'added' ? sql`added_at` : sql`taken_at`}, ',') as takenAt, group_concat(hex(thumbhash), ',') as thumbhashes,
      group_concat(substr(state, 1, 1), '') as states, group_concat(substr(kind, 1, 1), '') as kinds,
      ${places} as places
    from (${await pageOf(db, list, page)}) cross join ${photos} on id = page_id`)
  if (!gathered) throw new Error('An aggregate answered no row.')
  const heights: (number | null)[] = JSON.parse(gathered.heights)
  const widths: (number | null)[] = JSON.parse(gathered.widths)
  const times = gathered.takenAt?.split(',') ?? []
  return {
    ids: JSON.parse(gathered.ids),
    versions: JSON.parse(gathered.versions),
    takenAt: list.order === 'added' ? times.map((ms) => hostTime(Number(ms))) : times,
    ratios: widths.map((width, index) => ratioOf(width, heights[index])),
    thumbhashes: gathered.thumbhashes?.split(',').map((hash) => hash || null) ?? [],
    states: namesOf(gathered.states, STATES),
    kinds: namesOf(gathered.kinds, KINDS),
    ...mayOfPage(answers, gathered.places),
    favourites: await favouritesAmong(db, scope, gathered.ids),
  }
}

/** A query of the ids of a page as `page_id`, in its order. */
async function pageOf(db: Read, list: PhotoList, page: PageOf): Promise<SQL> {
  if (list.order === 'hand') return pageByHand(list, page)
  if (list.order === 'added') return pageAdded(list, page)
  const { month, after, limit } = page
  const older = after && sql`(${photos.takenAt}, ${photos.id}) < (${after.takenAt}, ${after.id})`
  const byMonth = list.isHeld && (await countKeptIn(db, list.scope, month)) <= MONTH_LOOKED_THROUGH
  return sql`
    select ${photos.id} as page_id from ${byMonth ? photos : rowsOf(list)}
    where ${and(photosIn(list.scope), inMonth(month, after?.takenAt), older, byMonth ? list.isHeld : undefined)}
    order by ${photos.takenAt} desc, ${photos.id} desc limit ${limit}`
}

/** Up to so many photos of a month are each asked whether a list holds them; of larger months all that the list holds is looked through. */
const MONTH_LOOKED_THROUGH = 10_000

async function countKeptIn(db: Read, scope: Scope, month: string): Promise<number> {
  const { areaId, shelf, count } = monthCounts
  const kept = and(inArray(areaId, [...scope.areas.keys()]), inArray(shelf, [...scope.shelves]))
  const [row] = await db
    .select({ count: sql<number>`coalesce(sum(${count}), 0)` })
    .from(monthCounts)
    .where(and(kept, eq(monthCounts.month, month)))
  return row?.count ?? 0
}

/** Put in order before any photo is looked up, which only so many of them then are; the limit makes SQLite keep to that. */
function pageByHand({ scope, held }: PhotoList, { month, after, limit }: PageOf): SQL {
  const last = sql`(select place, id from (${held}) where id = ${after?.id ?? null})`
  const later = after && sql`where (place, id) > ${last}`
  return sql`
    select held.id as page_id from (select id, place from (${held}) ${later} order by place, id limit -1) as held
    cross join ${photos} on ${photos.id} = held.id
    where ${month === HAND_MONTH ? photosIn(scope) : sql`0`} limit ${limit}`
}

/** By the moments themselves: an hour that a clock shows twice in autumn keeps its order. */
function pageAdded(list: PhotoList, { month, after, limit }: PageOf): SQL {
  const { from, to } = hostMonth(month)
  const last = sql`(select added_at, id from ${photos} as last where id = ${after?.id ?? null})`
  const older = after && sql`(${photos.addedAt}, ${photos.id}) < ${last}`
  return sql`
    select ${photos.id} as page_id from ${rowsOf(list)}
    where ${and(photosIn(list.scope), sql`${photos.addedAt} >= ${from} and ${photos.addedAt} < ${to}`, older)}
    order by ${photos.addedAt} desc, ${photos.id} desc limit ${limit}`
}

/** Those of a page, its ids as JSON, that the scope's owner has as favourites. */
async function favouritesAmong(db: Read, { by }: Scope, ids: string): Promise<number[]> {
  if (by.kind !== 'account' || !by.flags.favourites) return []
  const { accountId, photoId } = overlays
  const rows = await db.all<{ id: number }>(sql`
    select ${photoId} as id from json_each(${ids}) as page cross join ${overlays}
    on ${eq(accountId, by.accountId)} and ${photoId} = page.value and favourite = 1`)
  return rows.map(({ id }) => id)
}

/** Width by height, 1 where they are not known. */
const ratioOf = (width: number | null, height: number | null | undefined) =>
  width && height ? Math.round((width / height) * 10_000) / 10_000 : 1

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
  if (scope.areas.size === 0) return new Map()
  const rows = await db.all<{ areaId: number; count: number }>(sql`
    select area_id as areaId, sum(count) as count from ${countsIn(scope)} group by area_id`)
  return new Map(rows.map(({ areaId, count }) => [areaId, count]))
}
