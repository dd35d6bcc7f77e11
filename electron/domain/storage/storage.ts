import { asc, isNull } from 'drizzle-orm'
import { readAreasInUse } from '../../access/areas-in-use.ts'
import type { StorageUsage } from '../../contract/storage.ts'
import type { Database } from '../../db/connect.ts'
import { accounts, areaAccess } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import type { Announce } from '../events/hints.ts'
import { readTopDirectories } from '../library/directories.ts'
import { type AreaCounts, countFiles } from './count-files.ts'
import { lookAtDisks } from './disks.ts'
import { createKept } from './kept.ts'
import { measureOwn } from './own-files.ts'

/** How much the household's pictures take, and Mantel itself. */
export interface Storage {
  /** As it was counted last; what was not counted yet is null and announced (`storage`) when it was. */
  usage(): Promise<StorageUsage>
  /** Something in the library changed. Cheap. */
  touch(): void
  close(): void
}

interface StorageNeeds {
  db: Database
  walk: Pick<WalkClient, 'measure' | 'space'>
  clock: Clock
  log: Log
  /** absolute */
  dataDir: string
  announce: Announce
}

/** Builds the household's {@link Storage}: counted in slices and in worker processes, so that nobody has to wait for it. */
export function createStorage({ db, walk, clock, log, dataDir, announce }: StorageNeeds): Storage {
  const common = {
    clock,
    changed: () => announce({ topic: 'storage' }),
    failed: (error: unknown) => log.error('the storage in use could not be counted', error),
  }
  const counts = createKept({ ...common, find: (signal) => countFiles(db.read, signal) })
  const own = createKept({ ...common, find: (signal) => measureOwn(walk, dataDir, signal) })
  const disks = createKept({
    ...common,
    find: async () => lookAtDisks(walk, dataDir, await readAreasInUse(db.read)),
  })
  const all = [counts, own, disks]
  return {
    async usage() {
      const [counted, measured, looked] = await Promise.all([counts.get(), own.get(), disks.get()])
      const inUse = await readAreasInUse(db.read)
      const directoryIds = await readTopDirectories(db.read)
      const of = (areaId: number) => counted && (counted.value.get(areaId) ?? null)
      const known = new Set(inUse.map(({ id }) => id))
      return {
        countedAt: counted?.at ?? null,
        folders: inUse.map(({ id, path, status, statusReason }) => ({
          id,
          path,
          directoryId: directoryIds.get(id) ?? null,
          online: status === 'online',
          offlineReason: status === 'online' ? null : statusReason,
          counts: counted && (of(id) ?? NOTHING),
        })),
        accounts: await byAccount(db, counted?.value ?? null),
        own: measured?.value ?? null,
        disks:
          looked?.value.map((disk) => ({
            ...disk,
            folderIds: disk.folderIds.filter((id) => known.has(id)),
          })) ?? null,
      }
    },
    touch() {
      for (const kept of all) kept.touch()
    },
    close() {
      for (const kept of all) kept.close()
    },
  }
}

const NOTHING: AreaCounts = { photos: 0, videos: 0, pictured: 0, failed: 0, missing: 0, files: 0, bytes: 0 }

/** What each account is given to see, and how much of it nobody else is; by username. */
async function byAccount({ read }: Database, counts: ReadonlyMap<number, AreaCounts> | null) {
  const people = await read
    .select({ id: accounts.id, username: accounts.username, name: accounts.name })
    .from(accounts)
    .where(isNull(accounts.deletedAt))
    .orderBy(asc(accounts.username))
  const known = new Set(people.map(({ id }) => id))
  const reach = (await read.select().from(areaAccess)).filter(({ accountId }) => known.has(accountId))
  const holders = Map.groupBy(reach, ({ areaId }) => areaId)
  return people.map((person) => {
    if (!counts) return { ...person, counts: null }
    const sums = { photos: 0, bytes: 0, onlyPhotos: 0, onlyBytes: 0 }
    for (const { areaId } of reach.filter(({ accountId }) => accountId === person.id)) {
      const { photos, bytes } = counts.get(areaId) ?? NOTHING
      const only = holders.get(areaId)?.length === 1
      sums.photos += photos
      sums.bytes += bytes
      if (only) sums.onlyPhotos += photos
      if (only) sums.onlyBytes += bytes
    }
    return { ...person, counts: sums }
  })
}
