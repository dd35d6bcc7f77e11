import { eq, isNull, or, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { Output } from '../../contract/contract.ts'
import type { Read } from '../../db/connect.ts'
import { photos, photoTags, tags } from '../../db/schema.ts'
import { mayEditTags } from './tag-changes.ts'
import { DEEPEST } from './tags.ts'

type Listed = Output<'tags.list'>['tags'][number]

/**
 * The account's tags, and those for everyone that photos of the scope have or that lead to one of these; parents first. Counts are of the
 * scope's photos.
 */
export async function listTags(db: Read, scope: Scope, by: AccountPrincipal): Promise<Listed[]> {
  const rows = await db
    .select()
    .from(tags)
    .where(or(eq(tags.accountId, by.accountId), isNull(tags.accountId)))
    .orderBy(tags.name, tags.id)
  const counts = await countTags(db, scope, rows)
  const deepCounts = await countBelow(db, scope, rows)
  const listed = rows
    .map((row) => {
      const shared = row.accountId === null
      const count = counts.get(row.id) ?? 0
      return {
        ...{ id: row.id, parentId: row.parentId, name: row.name, shared, count },
        deepCount: deepCounts.get(row.id) ?? count,
        may: { edit: mayEditTags(by, shared) },
      }
    })
    .filter(({ shared, deepCount }) => !shared || deepCount > 0)
  return parentsFirst(listed)
}

/** How many tags {@link listTags} lists, without counting photos. */
export async function countListedTags(db: Read, scope: Scope, by: AccountPrincipal): Promise<number> {
  const onPhoto = sql`exists (select 1 from ${photoTags} cross join ${photos} on ${photos.id} = ${photoTags.photoId}
    where ${photoTags.tagId} = ${tags.id} and ${photosIn(scope)})`
  const [row] = await db.all<{ count: number }>(sql`
    with recursive leading (id, parent_id) as (
      select ${tags.id}, ${tags.parentId} from ${tags} where ${isNull(tags.accountId)} and ${onPhoto}
      union select ${tags.id}, ${tags.parentId} from leading join ${tags} on ${tags.id} = leading.parent_id)
    select (select count(*) from leading) + (select count(*) from ${tags} where ${eq(tags.accountId, by.accountId)}) as count`)
  return row?.count ?? 0
}

type Row = typeof tags.$inferSelect

const seenIds = (rows: readonly Row[]) => JSON.stringify(rows.map(({ id }) => id))

async function countTags(db: Read, scope: Scope, rows: readonly Row[]): Promise<Map<number, number>> {
  const counted = await db
    .select({ tagId: photoTags.tagId, count: sql<number>`count(*)` })
    .from(photoTags)
    .innerJoin(photos, eq(photos.id, photoTags.photoId))
    .where(sql`${photoTags.tagId} in (select value from json_each(${seenIds(rows)})) and ${photosIn(scope)}`)
    .groupBy(photoTags.tagId)
  return new Map(counted.map(({ tagId, count }) => [tagId, count]))
}

/** For tags that have others below them: a photo with several of these counts once. */
async function countBelow(db: Read, scope: Scope, rows: readonly Row[]): Promise<Map<number, number>> {
  const parents = new Set(rows.flatMap(({ parentId }) => parentId ?? []))
  const tops = rows.filter(({ id }) => parents.has(id))
  if (tops.length === 0) return new Map()
  const counted = await db.all<{ top: number; count: number }>(sql`
    with recursive below(top, id, depth) as (
      select value, value, 0 from json_each(${seenIds(tops)})
      union all
      select below.top, ${tags.id}, below.depth + 1 from ${tags} join below on ${tags.parentId} = below.id
        where below.depth < ${DEEPEST})
    select below.top as top, count(distinct ${photoTags.photoId}) as count
      from below join ${photoTags} on ${photoTags.tagId} = below.id join ${photos} on ${photos.id} = ${photoTags.photoId}
      where ${photosIn(scope)} group by below.top`)
  const found = new Map(counted.map(({ top, count }) => [top, count]))
  return new Map(tops.map(({ id }) => [id, found.get(id) ?? 0]))
}

function parentsFirst(listed: readonly Listed[]): Listed[] {
  const children = Map.groupBy(listed, ({ parentId }) => parentId)
  const ordered: Listed[] = []
  const add = (parentId: number | null) => {
    for (const tag of children.get(parentId) ?? []) {
      ordered.push(tag)
      add(tag.id)
    }
  }
  add(null)
  return ordered
}
