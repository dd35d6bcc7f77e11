import { mkdir, realpath, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { Database } from '../../electron/db/connect.ts'
import { areas, directories, files, photos } from '../../electron/db/schema.ts'
import { ensureArea } from '../../electron/domain/areas/areas.ts'
import { JobFailedError } from '../../electron/domain/jobs/work.ts'
import { createRendering } from '../../electron/domain/scan/rendering.ts'
import { type ScanNeeds, scanArea } from '../../electron/domain/scan/scan-area.ts'
import { createSurroundings } from '../../electron/domain/scan/surroundings.ts'
import { createMediaClient } from '../../electron/workers/media-client.ts'
import { forkSpawner } from '../../electron/workers/spawn.ts'
import { createWalkClient } from '../../electron/workers/walk-client.ts'
import { makeDatabase, makeFolder } from './database.ts'

/** Real workers, shared by all tests of a process; they end with it. */
export const walk = createWalkClient({ spawner: forkSpawner, processes: 2 })
export const media = createMediaClient({ spawner: forkSpawner, processes: 2 })

/** A folder of pictures, a data directory inside a household of its own, and how to scan. */
export async function makeScanned(wrap: (needs: ScanNeeds) => ScanNeeds = (needs) => needs) {
  const home = await realpath(await makeFolder())
  const root = join(home, 'pictures')
  const dataDir = join(home, 'data')
  await mkdir(root)
  const db = await makeDatabase()
  const changes: number[] = []
  const changed = (areaId: number) => void changes.push(areaId)
  const cacheDirectory = join(dataDir, 'cache')
  let now = 1000
  const clock = () => {
    now += 1
    return now
  }
  /** Moves the clock on, or back, milliseconds. */
  const passTime = (ms: number) => {
    now += ms
  }
  const statuses: number[] = []
  const statusChanged = (areaId: number) => void statuses.push(areaId)
  const atOnce = () => 2
  const surroundings = createSurroundings({ db, walk, statusChanged })
  const rendering = createRendering({ db, media, surroundings, cacheDirectory, changed })
  const base = { db, walk, media, rendering, surroundings, clock, dataDir, atOnce, changed, statusChanged }
  const needs = wrap(base)

  const areaOf = async (path: string) => {
    const found = await walk.check(path)
    if (!found.ok) throw new Error(found.problem)
    return ensureArea({ db, clock }, { path: found.realPath, device: found.device, inode: found.inode })
  }
  const scan = async (areaId: number, signal = new AbortController().signal) => {
    const failures: { path: string; reason: string }[] = []
    const progress: (readonly [number, number | null])[] = []
    const result = await scanArea(needs, areaId, {
      signal,
      fail: (path, reason) => failures.push({ path, reason }),
      progress: (done, total) => progress.push([done, total]),
    })
    return { result, failures, progress }
  }
  const areaId = await areaOf(root)
  return { home, root, dataDir, db, needs, areaId, areaOf, scan, changes, statuses, rendering, passTime }
}

/** All photos with their files, by path below `root`. */
export async function shown(db: Database, root: string) {
  const rows = await db.read
    .select({ photo: photos, file: files, directory: directories.path })
    .from(files)
    .innerJoin(photos, eq(photos.id, files.photoId))
    .innerJoin(directories, eq(directories.id, files.directoryId))
  return new Map(rows.map((row) => [join(row.directory, row.file.name).slice(root.length + 1), row]))
}

/** The reason a job failed for; any other error comes out. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof JobFailedError)) throw error ?? new Error('nothing was thrown')
  return error.reason
}

/** An area's status and its reason. */
export const statusOf = async (db: Database, areaId: number) => {
  const [area] = await db.read.select().from(areas).where(eq(areas.id, areaId))
  return [area?.status, area?.statusReason]
}

/** Sets a file's time of change apart from any other. */
export const touch = (path: string, seconds: number) => utimes(path, seconds, seconds)
