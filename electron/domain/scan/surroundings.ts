import type { Database } from '../../db/connect.ts'
import type { MediaFailureReason } from '../../workers/media-messages.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { type Area, readAreas } from '../areas/areas.ts'
import { lookAtRoot, type RootState, setAreaStatus } from './root.ts'

/** What a file's failure may have been: a fault of its own, or that its folder can't be had at the moment. */
export interface Surroundings {
  /**
   * Finds out whether a file of an area failed because of the disk it lies on. Then the area is set aside, as after a walk that fails,
   * and the reason is answered; undefined where the file alone is to blame.
   */
  blame(areaId: number, path: string, reason: MediaFailureReason): Promise<AwayReason | undefined>
}

interface SurroundingsNeeds {
  db: Database
  walk: Pick<WalkClient, 'check' | 'look' | 'read' | 'walk'>
  /** called when an area went offline */
  statusChanged: (areaId: number) => void
}

/** Reasons for which the disk itself can't be used: no file of the area can be had until a scan finds it back. */
const awayReasons = ['root_missing', 'root_replaced', 'folder_timeout', 'folder_unreadable'] as const

export type AwayReason = (typeof awayReasons)[number]

export const isAway = (reason: string | null): reason is AwayReason =>
  awayReasons.some((away) => away === reason)

/** Failures that a folder on its way out gives its files, besides those that are their own. */
const suspicious: readonly MediaFailureReason[] = [
  'worker_timeout',
  'folder_timeout',
  'file_missing',
  'file_unreadable',
  'file_is_link',
  'file_changed',
]

/** Read of a file whose process was silent: enough to tell whether its disk answers. */
const PROBE_BYTES = 64 * 1024

/** Builds the {@link Surroundings} that scans and the making of pictures share. A folder is looked at once, however many files of it fail. */
export function createSurroundings(needs: SurroundingsNeeds): Surroundings {
  const looking = new Map<number, Promise<AwayReason | undefined>>()
  return {
    async blame(areaId, path, reason) {
      if (!suspicious.includes(reason)) return undefined
      // After silence this very file is asked for: a root may be remembered by the system when nothing else answers any more.
      const wasSilent = reason === 'worker_timeout' || reason === 'folder_timeout'
      return looking.get(areaId) ?? begin(areaId, wasSilent ? path : undefined)
    },
  }

  function begin(areaId: number, silent: string | undefined) {
    const look = lookAtArea(needs, areaId, silent).finally(() => looking.delete(areaId))
    looking.set(areaId, look)
    return look
  }
}

async function lookAtArea(needs: SurroundingsNeeds, areaId: number, silent: string | undefined) {
  const { db, walk } = needs
  const area = (await readAreas(db.read)).find(({ id }) => id === areaId)
  if (!area) return undefined
  const walkOptions = { root: area.path, ignore: [], skip: [] }
  const root = await lookAtRoot({ db, walk, walkOptions }, area, new AbortController().signal)
  const found = root.ok && silent !== undefined ? await lookAtFile(walk, { ...area, ...root }, silent) : root
  if (found.ok || !isAway(found.reason)) return undefined
  if (await setAreaStatus(db, areaId, found.reason)) needs.statusChanged(areaId)
  return found.reason
}

/** Whether a file's disk answers when it is read; what it answers does not matter. */
async function lookAtFile(
  walk: SurroundingsNeeds['walk'],
  folder: Pick<Area, 'path' | 'device' | 'inode'>,
  path: string,
): Promise<{ ok: true } | (RootState & { ok: false })> {
  const file = { path, folder: { path: folder.path, device: folder.device, inode: folder.inode } }
  const look = await walk.look(file)
  const part = look.ok ? await walk.read(file, { stamp: look.stamp, offset: 0, length: PROBE_BYTES }) : look
  const isSilent = !part.ok && part.problem === 'folder_timeout'
  return isSilent ? { ok: false, reason: 'folder_timeout', offline: true } : { ok: true }
}
