import { and, eq, inArray, isNull } from 'drizzle-orm'
import { readAreasInUse } from '../../access/areas-in-use.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { areas, directories, files, grants, jobs, photos } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { deriveAccess } from './access.ts'
import type { FolderIdentity } from './check-folder.ts'
import { deepestHolding, isBelow } from './paths.ts'
import { moveRowsBelow, moveRowsUp } from './split.ts'

export type Area = typeof areas.$inferSelect

interface AreaNeeds {
  db: Database
  clock: Clock
}

/**
 * The area of a checked folder, made where there is none; answers its id. A new area inside another one starts with what that
 * one's accounts have, then what is known below it moves over in small background writes. To be awaited before the
 * folder is granted: the grant itself then only flips. An interrupted move is finished by the next call. `onMade` is told the id
 * of an area that was not there before, ahead of the move.
 */
export async function ensureArea(
  { db, clock }: AreaNeeds,
  folder: FolderIdentity,
  onMade: (areaId: number) => void = () => undefined,
): Promise<number> {
  const { area, isNew } = await db.write(async (tx) => {
    const all = await tx.select().from(areas)
    const known = all.find(({ path }) => path === folder.path)
    return { area: known ?? (await insertArea(tx, all, folder, clock())), isNew: !known }
  })
  if (isNew) onMade(area.id)
  await moveRowsBelow(db, area.path)
  return area.id
}

/**
 * Takes an area that {@link ensureArea} made back out of the tree, what it took over goes to the one around it again: for a folder that
 * was not granted after all. Leaves one alone that is granted, registered or known to a job, or holds what nobody else can take.
 */
export async function unmakeArea(db: Database, areaId: number): Promise<void> {
  const area = await db.write((tx) => findUnused(tx, areaId))
  if (!area) return
  if (area.parentId !== null) await moveRowsUp(db, areaId)
  await db.write(async (tx) => {
    const unused = await findUnused(tx, areaId)
    // rows of photos would go with their area
    if (!unused || (await holdsRows(tx, areaId))) return
    await tx.update(areas).set({ parentId: unused.parentId }).where(eq(areas.parentId, areaId))
    await tx.delete(areas).where(eq(areas.id, areaId))
    await deriveAccess(tx)
  })
}

/** Finishes the moves that a stop of the program interrupted. To be called once at start. */
export async function finishMoves(db: Database): Promise<void> {
  for (const { path } of await db.read.select().from(areas)) await moveRowsBelow(db, path)
}

/** Enters an area as a root of the household, or takes that mark away; what it holds is kept either way. */
export async function setRegistered(tx: Tx, areaId: number, registered: boolean): Promise<void> {
  await tx.update(areas).set({ registered }).where(eq(areas.id, areaId))
}

/** Every area, whether or not anybody has it. */
export async function readAreas(read: Read): Promise<Area[]> {
  return read.select().from(areas).orderBy(areas.path)
}

/** Whether `path` lies in a folder the household has: a browser's admin may choose among these only. */
export async function isOffered(read: Read, path: string): Promise<boolean> {
  return deepestHolding(await readAreasInUse(read), path) !== undefined
}

/** The area, if nothing but its making has happened to it. */
async function findUnused(tx: Tx, areaId: number): Promise<Area | undefined> {
  const [area] = await tx.select().from(areas).where(eq(areas.id, areaId))
  if (!area || area.registered) return undefined
  for (const table of [grants, jobs] as const)
    if ((await tx.select({ id: table.areaId }).from(table).where(eq(table.areaId, areaId)).limit(1)).length)
      return undefined
  return area
}

async function holdsRows(tx: Tx, areaId: number): Promise<boolean> {
  for (const table of [directories, files, photos] as const)
    if ((await tx.select({ id: table.areaId }).from(table).where(eq(table.areaId, areaId)).limit(1)).length)
      return true
  return false
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
