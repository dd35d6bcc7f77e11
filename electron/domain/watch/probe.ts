import { join } from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { directories, files } from '../../db/schema.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { WalkError } from '../../workers/walk-client.ts'
import type { Area } from '../areas/areas.ts'

interface ProbeNeeds {
  read: Read
  walk: Pick<WalkClient, 'check' | 'stat' | 'walk'>
}

/** Files that are looked for where many vanished, one of a directory. */
const filesToLookFor = 1000

/** Reasons for which a scan has seen the root: it must look different now for another one to make sense. */
const judgedReasons = ['root_replaced', 'root_empty', 'many_vanished']

/** How an offline area looks: not there, as if its files were back, or as the last scan found it. */
export type ProbeState = 'away' | 'back' | 'same'

/**
 * Tells of areas that are offline how they look, without a scan. Remembers how each looked when it said `back`, or was first
 * asked: what a scan has turned down once is not offered to it again every few minutes. A scan that found the area online ends that:
 * the next time it is back it looks the same.
 */
export function createProbe(needs: ProbeNeeds): (area: Area) => Promise<ProbeState> {
  const looks = new Map<number, { look: string; lastScanAt: number | null }>()
  return async (area) => {
    const { lastScanAt } = area
    const look = await lookAt(needs, area)
    const remembered = looks.get(area.id)
    const before = remembered?.lastScanAt === lastScanAt ? remembered.look : undefined
    looks.set(area.id, { look, lastScanAt })
    if (look === 'away') return 'away'
    const isBack = before === undefined ? looksBack(area, look) : look !== before
    return isBack ? 'back' : 'same'
  }
}

/** Where nothing is remembered: whether a look contradicts the reason for which the area is offline. */
function looksBack(area: Area, look: string): boolean {
  if (!judgedReasons.includes(area.statusReason ?? '')) return true
  return area.statusReason === 'root_empty' ? look.endsWith(' filled') : look === identityOf(area)
}

const identityOf = ({ device, inode }: { device: string; inode: string }) => `${device}:${inode}`

/** What can be told of an offline area in a moment: `away`, or what would change if its files came back. */
async function lookAt({ read, walk }: ProbeNeeds, area: Area): Promise<string> {
  const found = await walk.check(area.path)
  if (!found.ok) return 'away'
  const identity = identityOf(found)
  if (area.statusReason === 'root_empty')
    return `${identity} ${(await holdsAny(walk, area.path)) ? 'filled' : 'empty'}`
  if (area.statusReason === 'many_vanished') return `${identity} ${await countGone({ read, walk }, area)}`
  return identity
}

async function holdsAny(walk: Pick<WalkClient, 'walk'>, root: string): Promise<boolean> {
  try {
    for await (const { directory, entries } of walk.walk({ root, ignore: [], skip: [] }))
      if (entries.length > 0 || directory !== root) return true
  } catch (error) {
    if (!(error instanceof WalkError)) throw error
  }
  return false
}

/** How many directories have lost a file that was there, as far as one of each tells. */
async function countGone({ read, walk }: ProbeNeeds, area: Area): Promise<number> {
  const known = await read
    .select({ directory: directories.path, name: sql<string>`min(${files.name})` })
    .from(files)
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .where(and(eq(files.areaId, area.id), eq(files.presence, 'present')))
    .groupBy(directories.id)
    .orderBy(directories.id)
    .limit(filesToLookFor)
  const looked = await walk.stat(known.map(({ directory, name }) => join(directory, name)))
  return looked.filter(({ state }) => state !== 'there').length
}
