import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accounts, areas, grants } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { deriveAccess } from './access.ts'
import type { FolderIdentity } from './check-folder.ts'
import { deepestHolding, isBelow } from './paths.ts'
import { moveRowsBelow } from './split.ts'

export type Area = typeof areas.$inferSelect

interface AreaNeeds {
  db: Database
  clock: Clock
}

/**
 * The area of a checked folder, made where there is none; answers its id. A new area inside another one starts with what that
 * one's accounts have, then what is known below it moves over in small background writes. To be awaited before the
 * folder is granted: the grant itself then only flips. An interrupted move is finished by the next call.
 */
export async function ensureArea({ db, clock }: AreaNeeds, folder: FolderIdentity): Promise<number> {
  const area = await db.write(async (tx) => {
    const all = await tx.select().from(areas)
    return all.find(({ path }) => path === folder.path) ?? insertArea(tx, all, folder, clock())
  })
  if (area.parentId !== null) await moveRowsBelow(db, { from: area.parentId, to: area.id, path: area.path })
  return area.id
}

/** Finishes the moves that a stop of the program interrupted. To be called once at start. */
export async function finishMoves(db: Database): Promise<void> {
  for (const { id, parentId, path } of await db.read.select().from(areas)) {
    if (parentId !== null) await moveRowsBelow(db, { from: parentId, to: id, path })
  }
}

/** Enters an area as a root of the household, or takes that mark away; what it holds is kept either way. */
export async function setRegistered(tx: Tx, areaId: number, registered: boolean): Promise<void> {
  await tx.update(areas).set({ registered }).where(eq(areas.id, areaId))
}

/** Every area, whether or not anybody has it. */
export async function readAreas(read: Read): Promise<Area[]> {
  return read.select().from(areas).orderBy(areas.path)
}

/**
 * Areas in use: registered or granted, and those below such ones. Only these are scanned; others wait, with all they
 * know, until somebody is given them again.
 */
export async function readAreasInUse(read: Read): Promise<Area[]> {
  const all = await readAreas(read)
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

/** Whether `path` lies in a folder the household has: a browser's admin may choose among these only. */
export async function isOffered(read: Read, path: string): Promise<boolean> {
  return deepestHolding(await readAreasInUse(read), path) !== undefined
}

async function insertArea(tx: Tx, all: Area[], folder: FolderIdentity, now: number): Promise<Area> {
  const parent = deepestHolding(all, folder.path)
  const { path, device, inode } = folder
  const parentId = parent?.id ?? null
  const [area] = await tx.insert(areas).values({ path, device, inode, parentId, createdAt: now }).returning()
  if (!area) throw new Error('An insert answered no row.')
  const below = all
    .filter((other) => other.parentId === parentId && isBelow(other.path, path))
    .map(({ id }) => id)
  const siblings = parentId === null ? isNull(areas.parentId) : eq(areas.parentId, parentId)
  await tx
    .update(areas)
    .set({ parentId: area.id })
    .where(and(siblings, inArray(areas.id, below)))
  await deriveAccess(tx)
  return area
}
