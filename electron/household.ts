import { chmod, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Reopen, Services } from './api/services.ts'
import { openDatabase } from './db/connect.ts'
import { ENDED_TOKENS } from './db/ended-tokens.ts'
import { lockDataDirectory } from './db/lock.ts'
import { migrationsFolder } from './db/migrations-folder.ts'
import { DATABASE_FILE, finishRestore } from './db/restore.ts'
import { unusable } from './db/unusable.ts'
import { createPasswords } from './domain/accounts/passwords.ts'
import { createSetupCode } from './domain/accounts/setup-code.ts'
import { createSignUps } from './domain/accounts/sign-ups.ts'
import { createThrottle } from './domain/accounts/throttle.ts'
import { purgeRemoved } from './domain/albums/remove.ts'
import { pruneAudit } from './domain/audit/prune.ts'
import { createTickets } from './domain/downloads/tickets.ts'
import { createHints } from './domain/events/hints.ts'
import { createLive, type Live } from './domain/events/live.ts'
import { createLanBoard, type LanBoard } from './domain/lan/board.ts'
import { type LookAtHost, lookAtHost } from './domain/lan/host.ts'
import { createLan } from './domain/lan/lan.ts'
import { createFolderTallies } from './domain/library/folder-tallies.ts'
import { createLibraryWork } from './domain/library-work.ts'
import type { UploadLimits } from './domain/uploads/limits.ts'
import { createUploads } from './domain/uploads/uploads.ts'
import { createDaily } from './domain/watch/daily.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { createSecrets } from './lib/secrets.ts'
import type { Spawner } from './workers/spawn.ts'

export interface HouseholdOptions {
  /** absolute; made when missing */
  dataDir: string
  log: Log
  /** how worker processes are started: `fork` under Node, `utilityProcess` in Electron */
  spawn: Spawner
  clock?: Clock
  /** bcrypt's work factor; lowered by tests alone */
  bcryptCost?: number
  /** the registry of open responses, where it outlives this opening */
  live?: Live
  /** where it leaves word for the door to the network, where that outlives this opening */
  lanBoard?: LanBoard
  /** how the host is called and reached; other than the system tells it in tests alone */
  lookAtHost?: LookAtHost
  /** what strangers may leave here; smaller in tests alone */
  uploadLimits?: UploadLimits
  /** how the household is closed, changed and opened again; without it nothing can be restored */
  reopen?: Reopen
}

/** The services of an opened data directory, and how to close it again. */
export interface Household {
  readonly services: Services
  /** Starts background work. */
  start(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a data directory with everything that works on it. Throws `AlreadyRunningError` when another process holds the directory
 * and `StorageError` when the database can't be opened (full or read-only disk, network file system, newer version, corrupt), in a
 * sentence for whoever started it.
 */
export async function openHousehold(options: HouseholdOptions): Promise<Household> {
  const release = await holdDataDirectory(options.dataDir)
  try {
    const household = await openHeld(options)
    const close = () => closeAll([release, household.close])
    return { ...household, close }
  } catch (error) {
    await release()
    throw error
  }
}

/** Makes the data directory where it is missing and holds it for this process; answers what lets it go. Throws as {@link openHousehold} does. */
export async function holdDataDirectory(directory: string): Promise<() => Promise<void>> {
  const dataDir = resolve(directory)
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    return await lockDataDirectory(dataDir)
  } catch (error) {
    throw unusable(dataDir, error)
  }
}

/** {@link openHousehold} in a directory that this process holds already. A restore that was stopped is finished or undone first. */
export async function openHeld(options: HouseholdOptions): Promise<Household> {
  const dataDir = resolve(options.dataDir)
  return open({ ...options, dataDir }).catch((error: unknown) => {
    throw unusable(dataDir, error)
  })
}

async function open(options: HouseholdOptions): Promise<Household> {
  const { dataDir, log, spawn, clock = systemClock, reopen } = options
  const live = options.live ?? createLive()
  const board = options.lanBoard ?? createLanBoard()
  // what is open, the last one first to be closed
  const opened: (() => void | Promise<void>)[] = []
  const close = () => closeAll(opened)
  try {
    await finishRestore(dataDir)
    const file = join(dataDir, DATABASE_FILE)
    const migrations = migrationsFolder()
    const db = await openDatabase({
      file,
      migrationsFolder: migrations,
      endedTokens: join(dataDir, ENDED_TOKENS),
    })
    opened.push(() => db.close())
    await keepPrivate(file)
    const hints = createHints(db, log)
    const { announce } = hints
    const folderTallies = createFolderTallies(db.read)
    hints.listen(folderTallies.touch)
    const library = await createLibraryWork({
      db,
      clock,
      log,
      dataDir,
      spawn,
      announce,
      migrationsFolder: migrations,
    })
    hints.listen(({ topic }) => {
      if (['accounts', 'folders', 'settings'].includes(topic)) library.watching.refresh()
      if (['library', 'folders', 'jobs'].includes(topic)) library.storage.touch()
      if (topic === 'settings') board.lookAgain()
      // what is announced of all others was written down
      if (!['audit', 'jobs', 'lan', 'library', 'overlay', 'storage', 'uploads'].includes(topic))
        announce({ topic: 'audit' })
    })
    const throttle = createThrottle(clock)
    const { placing, media, cacheDirectory } = library
    const uploads = createUploads({
      ...{ db, clock, log, throttle, dataDir, placing, media, cacheDirectory },
      limits: options.uploadLimits,
    })
    await uploads.sweep()
    const daily = createDaily({
      log,
      tasks: {
        'pruning the audit log': () => pruneAudit({ db, clock }),
        'forgetting removed albums': () => purgeRemoved({ db, clock }),
        'forgetting files that were turned down': () => uploads.forget(),
      },
    })
    opened.push(
      board.onTold(() => announce({ topic: 'lan' })),
      () => library.close(),
      () => uploads.close(),
      () => daily.close(),
      // one that outlives this opening is ended by whoever opens and closes: then there is a household to ask again
      () => {
        if (!options.live) live.endAll()
      },
      () => hints.close(),
    )
    const passwords = createPasswords(options.bcryptCost === undefined ? {} : { cost: options.bcryptCost })
    const secrets = createSecrets(dataDir)
    const services: Services = {
      dataDir,
      migrationsFolder: migrations,
      db,
      clock,
      log,
      hints,
      announce,
      folderTallies,
      live,
      tickets: createTickets(clock),
      passwords,
      secrets,
      throttle,
      uploads,
      signUps: createSignUps(clock),
      setupCode: createSetupCode(clock),
      lan: createLan({ db, clock, secrets, board, lookAtHost: options.lookAtHost ?? lookAtHost }),
      folders: library.folders,
      jobs: library.jobs,
      pictures: library.pictures,
      sidecars: library.sidecars,
      lookAgain: library.lookAgain,
      watching: library.watching,
      storage: library.storage,
      advanced: library.advanced,
      makePreviews: library.makePreviews,
      backups: library.backups,
      makeBackup: library.makeBackup,
      reopen: reopen ?? cannotReopen,
    }
    const start = async () => {
      await library.start()
      daily.start()
    }
    return { services, start, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Opened for one command or a test, there is nobody who would open it again. */
async function cannotReopen(): Promise<never> {
  throw new Refusal('unavailable', { reason: 'restoring' })
}

/** Closes from the last to the first; a step that fails leaves none of the others open. */
async function closeAll(open: (() => void | Promise<void>)[]): Promise<void> {
  const last = open.pop()
  if (!last) return
  try {
    await last()
  } finally {
    await closeAll(open)
  }
}

/**
 * The database holds password hashes: its owner's alone, also in a data directory that was there before with wider rights. What
 * SQLite adds beside it takes the same rights; where there is no such file, or are no such rights, nothing is done.
 */
async function keepPrivate(file: string): Promise<void> {
  for (const part of ['', '-wal', '-shm']) await chmod(file + part, 0o600).catch(() => undefined)
}
