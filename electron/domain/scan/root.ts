import { eq } from 'drizzle-orm'
import type { Reason } from '../../contract/reasons.ts'
import type { Database, Read } from '../../db/connect.ts'
import { areas } from '../../db/schema.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { WalkError } from '../../workers/walk-client.ts'
import type { Area } from '../areas/areas.ts'
import { countPresent, isUnchanged, readKnownFiles } from './known.ts'

/** So many files found as they were tell that a folder is the one it was, whatever its numbers say. */
const filesToRecognise = 20

/** How an area's root stands before a scan. */
export type RootState =
  | { ok: true; device: string; inode: string }
  /** `offline`: the area is to be set aside, with all that is known of it */
  | {
      ok: false
      reason: Reason
      offline: boolean
      /** known files that would be missing if an admin says that another folder here is meant */
      vanishedCount?: number
    }

interface RootNeeds {
  db: Database
  walk: Pick<WalkClient, 'check' | 'walk'>
  /** options for walking through the area */
  walkOptions: Parameters<WalkClient['walk']>[0]
}

/**
 * Looks whether an area's root is there, readable, and the same folder as before. Numbers of devices change when a computer starts
 * anew, so a root with other numbers is looked into: with files as they are known it is the same folder, otherwise
 * another volume stands at its path, unless an admin said that what was known is really gone.
 */
export async function lookAtRoot(needs: RootNeeds, area: Area, signal: AbortSignal): Promise<RootState> {
  const found = await needs.walk.check(area.path)
  if (!found.ok) return rootProblem(found.problem)
  const { device, inode } = found
  if (device === area.device && inode === area.inode) return { ok: true, device, inode }
  if (await looksFamiliar(needs, area, signal)) return { ok: true, device, inode }
  const vanishedCount = await countPresent(needs.db.read, area.id)
  if (vanishedCount <= (area.acceptedVanished ?? 0)) return { ok: true, device, inode }
  return { ok: false, reason: 'root_replaced', offline: true, vanishedCount }
}

/**
 * Looks once more whether a root is there and the folder that the scan began with: before anything is written down that was found in it,
 * and before anything is concluded of what was not found.
 */
export async function lookAtRootAgain(walk: Pick<WalkClient, 'check'>, begun: Area): Promise<RootState> {
  const found = await walk.check(begun.path)
  if (!found.ok) return rootProblem(found.problem)
  const { device, inode } = found
  if (device === begun.device && inode === begun.inode) return { ok: true, device, inode }
  return { ok: false, reason: 'root_replaced', offline: true }
}

/** What a failure to look at a root, or to walk through it, means. A worker's crash says nothing of the folder. */
export function rootProblem(reason: WalkError['reason']): RootState & { ok: false } {
  switch (reason) {
    case 'folder_missing':
    case 'folder_not_directory':
      return { ok: false, reason: 'root_missing', offline: true }
    case 'folder_unreadable':
    case 'folder_timeout':
      return { ok: false, reason, offline: true }
    case 'folder_relative':
    case 'worker_crashed':
      return { ok: false, reason, offline: false }
  }
}

/**
 * Sets an area aside with a reason, where it was braked with the number of files not found, or back to work (`null`). What an
 * admin accepted is used up by that. Answers whether anything changed for those who look.
 */
export async function setAreaStatus(
  db: Database,
  areaId: number,
  reason: Reason | null,
  vanishedCount = 0,
): Promise<boolean> {
  const status = reason === null ? 'online' : 'offline'
  return db.write(async (tx) => {
    const [area] = await tx.select().from(areas).where(eq(areas.id, areaId))
    if (!area) return false
    const values = { status, statusReason: reason, vanishedCount, acceptedVanished: null } as const
    const isSeen =
      area.status !== status || area.statusReason !== reason || area.vanishedCount !== vanishedCount
    if (isSeen || area.acceptedVanished !== null)
      await tx.update(areas).set(values).where(eq(areas.id, areaId))
    return isSeen
  })
}

async function looksFamiliar(
  { db, walk, walkOptions }: RootNeeds,
  area: Area,
  signal: AbortSignal,
): Promise<boolean> {
  const present = await countPresent(db.read, area.id)
  let same = 0
  try {
    for await (const { directory, entries } of walk.walk(walkOptions, signal)) {
      same += await countSame(db.read, directory, entries)
      if (same >= filesToRecognise || same > present / 2) return true
    }
  } catch (error) {
    if (!(error instanceof WalkError)) throw error
  }
  return present === 0
}

async function countSame(
  read: Read,
  directory: string,
  entries: Parameters<typeof isUnchanged>[1][],
): Promise<number> {
  if (entries.length === 0) return 0
  const known = await readKnownFiles(read, directory)
  return entries.filter((entry) => {
    const file = known.get(entry.name)
    return file !== undefined && isUnchanged(file, entry)
  }).length
}
