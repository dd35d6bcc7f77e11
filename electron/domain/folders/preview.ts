import { and, eq, gte, isNull, lt, or, sql } from 'drizzle-orm'
import { administrationScope, photosIn, type Scope } from '../../access/scope.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, areas, directories, files, grants, photos } from '../../db/schema.ts'
import type { Actor } from '../accounts/rules.ts'
import { type Area, readAreas } from '../areas/areas.ts'
import { deepestHolding, isBelow, isWithin, rangeBelow } from '../areas/paths.ts'
import { countByArea } from '../library/months.ts'

/** What granting folders would come to; numbers are photos. */
export interface GrantsPreview {
  folders: {
    path: string
    photoCount: number
    /** names of the others who have it, or a folder around it */
    alsoSeenBy: string[]
    /** Mantel has not looked into it yet, so the count will grow */
    isNew: boolean
  }[]
  /** in reach of the account afterwards and not before, and the other way round */
  appear: number
  vanish: number
}

/**
 * What it would come to if these paths (checked, links resolved) were an account's folders; without `accountId`, a new one's.
 * Only reads: nothing is made or changed.
 */
export async function previewGrants(
  read: Read,
  by: Actor,
  paths: readonly string[],
  accountId: number | undefined,
): Promise<GrantsPreview> {
  const all = await readAreas(read)
  const count = await counterOf(read, await administrationScope(read, by), all)
  const held = await readHolders(read)
  const before = held.filter((holder) => holder.accountId === accountId).map(({ path }) => path)
  const folders: GrantsPreview['folders'] = []
  for (const path of paths) {
    const others = held.filter((holder) => holder.accountId !== accountId && isWithin(path, holder.path))
    const alsoSeenBy = [...new Map(others.map((holder) => [holder.accountId, holder.name])).values()]
    const isNew = (deepestHolding(all, path)?.lastScanAt ?? null) === null
    folders.push({ path, photoCount: await count(path), alsoSeenBy, isNew })
  }
  return {
    folders,
    appear: await countOnly(paths, before, count),
    vanish: await countOnly(before, paths, count),
  }
}

type Count = (path: string) => Promise<number>

/** Photos below any of `these` and below none of `those`. */
async function countOnly(these: readonly string[], those: readonly string[], count: Count): Promise<number> {
  let sum = 0
  for (const path of topmost(these)) {
    if (those.some((other) => isWithin(path, other))) continue
    sum += await count(path)
    for (const other of topmost(those)) if (isBelow(other, path)) sum -= await count(other)
  }
  return sum
}

const topmost = (paths: readonly string[]) =>
  paths.filter((path) => !paths.some((other) => isBelow(path, other)))

/** Counts what lies below a path: areas from the counts that are kept anyway, a part of one by its directories. */
async function counterOf(read: Read, scope: Scope, all: readonly Area[]): Promise<Count> {
  const byArea = await countByArea(read, scope)
  const known = new Map<string, Promise<number>>()
  const count = async (path: string) => {
    const whole = all.filter((area) => isWithin(area.path, path))
    const sum = whole.reduce((total, { id }) => total + (byArea.get(id) ?? 0), 0)
    const around = deepestHolding(all, path)
    if (!around || around.path === path) return sum
    return sum + (await countInPart(read, scope, around.id, path))
  }
  return (path) => {
    const counting = known.get(path) ?? count(path)
    known.set(path, counting)
    return counting
  }
}

async function countInPart(read: Read, scope: Scope, areaId: number, path: string): Promise<number> {
  const { from, to } = rangeBelow(path)
  const below = and(gte(directories.path, from), lt(directories.path, to))
  const [row] = await read
    .select({ count: sql<number>`count(distinct ${photos.id})` })
    .from(directories)
    .innerJoin(files, eq(files.directoryId, directories.id))
    .innerJoin(photos, eq(photos.id, files.photoId))
    .where(and(eq(directories.areaId, areaId), or(eq(directories.path, path), below), photosIn(scope)))
  return row?.count ?? 0
}

function readHolders(read: Read): Promise<{ accountId: number; name: string; path: string }[]> {
  return read
    .select({
      accountId: grants.accountId,
      name: sql<string>`coalesce(nullif(${accounts.name}, ''), ${accounts.username})`,
      path: areas.path,
    })
    .from(grants)
    .innerJoin(areas, eq(areas.id, grants.areaId))
    .innerJoin(accounts, and(eq(accounts.id, grants.accountId), isNull(accounts.deletedAt)))
    .orderBy(accounts.username)
}
