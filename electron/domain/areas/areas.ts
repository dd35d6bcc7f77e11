import { and, eq, inArray, isNull } from 'drizzle-orm'
import { readAreasInUse } from '../../access/areas-in-use.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { areas } from '../../db/schema.ts'
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
  await moveRowsBelow(db, area.path)
  return area.id
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
