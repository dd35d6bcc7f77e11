import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { readAreasInUse } from '../access/areas-in-use.ts'
import type { Rebuild } from '../contract/values.ts'
import type { Database } from '../db/connect.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import { clearTemporary } from '../workers/cache-file.ts'
import { createMediaClient, type MediaClient } from '../workers/media-client.ts'
import type { Spawner } from '../workers/spawn.ts'
import { createWalkClient, type WalkClient } from '../workers/walk-client.ts'
import { purgeDue } from './accounts/purge.ts'
import { createPurgeSchedule } from './accounts/purge-schedule.ts'
import { finishMoves } from './areas/areas.ts'
import { createBackupSchedule } from './backup/backup-schedule.ts'
import { type Backups, createBackups } from './backup/backups.ts'
import type { Announce } from './events/hints.ts'
import { createFolders } from './folders/folder-service.ts'
import type { Folders } from './folders/folders.ts'
import { createJobs } from './jobs/job-runner.ts'
import type { Check, Jobs, StartedBy } from './jobs/jobs.ts'
import type { JobContext, JobWork } from './jobs/work.ts'
import { createPictures, type Pictures } from './library/pictures.ts'
import { makeAgain } from './scan/again-pass.ts'
import { makePreviews } from './scan/preview-pass.ts'
import { countWaiting } from './scan/render-pass.ts'
import { createRendering } from './scan/rendering.ts'
import { type ScanNeeds, scanArea } from './scan/scan-area.ts'
import { createSurroundings } from './scan/surroundings.ts'
import { hasVoidPreviews } from './scan/void-previews.ts'
import { type Advanced, createAdvanced } from './settings/advanced.ts'
import { clearCache } from './storage/clear-cache.ts'
import { createStorage, type Storage } from './storage/storage.ts'
import { createLookAgain, type LookAgain } from './watch/look-again.ts'
import { createProbe } from './watch/probe.ts'
import { createScheduler } from './watch/scheduler.ts'
import { createWatching, type Watching } from './watch/watching.ts'

export interface LibraryWorkNeeds {
  db: Database
  clock: Clock
  log: Log
  /** absolute; the cache of pictures is `<dataDir>/cache` */
  dataDir: string
  spawn: Spawner
  announce: Announce
  migrationsFolder: string
}

/** The parts of the household that work on folders and pictures, with the worker processes they share. */
export interface LibraryWork {
  readonly folders: Folders
  readonly jobs: Jobs
  readonly pictures: Pictures
  readonly sidecars: Pick<WalkClient, 'writeSidecar'>
  readonly placing: Pick<WalkClient, 'place'>
  readonly media: Pick<MediaClient, 'render'>
  /** absolute */
  readonly cacheDirectory: string
  readonly lookAgain: LookAgain
  readonly advanced: Advanced
  /** Queues the previews that areas in use wait for. */
  makePreviews(by: StartedBy): Promise<void>
  readonly watching: Watching
  readonly storage: Storage
  readonly backups: Backups
  /** Queues a backup; answers its job's id, or that of the one that waits or runs already. */
  makeBackup(by: StartedBy, check?: Check): Promise<number>
  /** Starts the queue of jobs and whatever puts scans into it without being asked. */
  start(): Promise<void>
  /** Stops jobs and worker processes. */
  close(): Promise<void>
}

/** Files decoded at a time unless an admin chose. Two at least, so that reading one and decoding another overlap; workers run at low priority. */
const AUTOMATIC_WORKERS = Math.max(2, availableParallelism() - 1)

/** Puts the working parts together; nothing runs before `start`. */
export async function createLibraryWork(needs: LibraryWorkNeeds): Promise<LibraryWork> {
  const { db, clock, log, dataDir, spawn, announce } = needs
  const walk = createWalkClient({ spawner: spawn })
  const media = createMediaClient({ spawner: spawn, processes: AUTOMATIC_WORKERS })
  const advanced = await createAdvanced({ db, clock, media, automaticWorkers: AUTOMATIC_WORKERS })
  const cacheDirectory = join(dataDir, 'cache')
  clearTemporary(cacheDirectory)
  const changed = (areaId: number) => announce({ topic: 'library', areas: [areaId] })
  const statusChanged = (areaId: number) => {
    announce({ topic: 'folders' })
    changed(areaId)
  }
  const surroundings = createSurroundings({ db, walk, statusChanged })
  const { previewRecipe } = advanced
  const rendering = createRendering({ db, media, surroundings, cacheDirectory, changed, previewRecipe })
  const atOnce = () => advanced.workers() * 2
  const scan: ScanNeeds = {
    db,
    walk,
    media,
    rendering,
    surroundings,
    clock,
    dataDir,
    atOnce,
    changed,
    statusChanged,
  }
  const backups = createBackups({ db, dataDir, migrationsFolder: needs.migrationsFolder })
  const previewsLater = async (areaId: number, by: StartedBy = { kind: 'system' }) => {
    const isWaiting =
      (await countWaiting(db.read, areaId, 'preview')) > 0 || (await hasVoidPreviews(db.read, areaId))
    if (isWaiting) await jobs.enqueue('previews', areaId, by)
  }
  const again = async (what: Rebuild, areaId: number, context: JobContext) => {
    const result = await makeAgain(scan, what, areaId, context)
    await previewsLater(areaId)
    return result
  }
  const jobs = createJobs({
    db,
    clock,
    log,
    announce,
    kinds: {
      scan: onArea(async (areaId, context) => {
        const result = await scanArea(scan, areaId, context)
        await previewsLater(areaId)
        return result
      }),
      previews: onArea((areaId, context) => makePreviews(scan, areaId, context)),
      purge: (_task, context) => purgeDue({ db, clock, announce }, context),
      backup: backups.work,
      'retry-failed': onArea((areaId, context) => again('retry-failed', areaId, context)),
      'rebuild-thumbnails': onArea((areaId, context) => again('rebuild-thumbnails', areaId, context)),
      'rebuild-previews': onArea((areaId, context) => again('rebuild-previews', areaId, context)),
      'clear-cache': (_task, context) => clearCache({ db, walk, clock, cacheDirectory }, context),
    },
    // Previews work beside scans, never in their place; of scans the walk workers allow for two.
    atOnce: { scan: 2, previews: 1, 'rebuild-thumbnails': 1, 'rebuild-previews': 1 },
  })
  const lookAgain = createLookAgain({ jobs, clock, log })
  const probe = createProbe({ read: db.read, walk })
  const foldersChanged = () => announce({ topic: 'folders' })
  const watching = createWatching({ db, spawn, lookAgain, log, dataDir, changed: foldersChanged })
  const makeBackup = (by: StartedBy, check?: Check) => jobs.enqueue('backup', null, by, check)
  const nightly = createBackupSchedule({
    db,
    enqueue: () => makeBackup({ kind: 'schedule' }),
    clock,
    log,
  })
  const scheduler = createScheduler({ db, jobs, probe, clock, log })
  const storage = createStorage({ db, walk, clock, log, dataDir, announce })
  const purging = createPurgeSchedule({ db, jobs, clock, log })
  await finishMoves(db)
  return {
    folders: createFolders({ db, clock, log, dataDir, walk, jobs, announce }),
    jobs,
    pictures: createPictures({ cacheDirectory, rendering, walk, media }),
    sidecars: walk,
    placing: walk,
    media,
    cacheDirectory,
    lookAgain,
    watching,
    storage,
    advanced,
    backups,
    makeBackup,
    async makePreviews(by) {
      for (const { id } of await readAreasInUse(db.read)) await previewsLater(id, by)
    },
    async start() {
      await jobs.start()
      scheduler.start()
      purging.start()
      nightly.start()
      watching.start()
    },
    async close() {
      storage.close()
      watching.close()
      lookAgain.close()
      scheduler.close()
      await purging.close()
      nightly.close()
      await jobs.close()
      walk.close()
      media.close()
      await rendering.idle()
    },
  }
}

/** Work on an area, as nearly all kinds here are. */
function onArea(work: (areaId: number, context: JobContext) => Promise<Record<string, number>>): JobWork {
  return async ({ areaId }, context) => {
    if (areaId === null) throw new Error('this kind of job needs an area')
    return work(areaId, context)
  }
}
