import { and, eq, isNull } from 'drizzle-orm'
import type { Read } from '../db/connect.ts'
import { accounts, areas, grants } from '../db/schema.ts'

type Area = typeof areas.$inferSelect

/**
 * Areas in use: registered or granted, and those below such ones, by path. Only these are the household's: scanned, offered, and seen
 * by admins. Others wait, with all they know, until somebody is given them again.
 */
export async function readAreasInUse(read: Read): Promise<Area[]> {
  const all = await read.select().from(areas).orderBy(areas.path)
  const given = await readGivenAreas(read)
  const byId = new Map(all.map((area) => [area.id, area]))
  const isInUse = (area: Area | undefined): boolean =>
    area !== undefined && (area.registered || given.has(area.id) || isInUse(byId.get(area.parentId ?? 0)))
  return all.filter(isInUse)
}

/** Ids of the areas that somebody is granted. Deleted accounts keep their grants, for their return, but hold nothing. */
export async function readGivenAreas(read: Read): Promise<Set<number>> {
  const rows = await read
    .selectDistinct({ id: grants.areaId })
    .from(grants)
    .innerJoin(accounts, and(eq(accounts.id, grants.accountId), isNull(accounts.deletedAt)))
  return new Set(rows.map(({ id }) => id))
}
