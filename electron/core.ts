import { chmod, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { OPERATOR, type Principal } from './access/principal.ts'
import { type Caller, NO_EFFECTS, NO_MEMORY } from './api/caller.ts'
import { createDispatch } from './api/dispatch.ts'
import { bytesRouter, type FileDescription } from './api/media.ts'
import { router } from './api/router.ts'
import type { Services } from './api/services.ts'
import type { Result } from './contract/errors.ts'
import { openDatabase } from './db/connect.ts'
import { StorageError } from './db/errors.ts'
import { lockDataDirectory } from './db/lock.ts'
import { migrationsFolder } from './db/migrations-folder.ts'
import { unusable } from './db/unusable.ts'
import { createPasswords } from './domain/accounts/passwords.ts'
import { recoverFromEnvironment } from './domain/accounts/recovery.ts'
import { followScreen } from './domain/accounts/screen.ts'
import { principalOf } from './domain/accounts/sessions.ts'
import { setupIsOpen } from './domain/accounts/setup.ts'
import { createSetupCode } from './domain/accounts/setup-code.ts'
import { createSignUps } from './domain/accounts/sign-ups.ts'
import { createThrottle } from './domain/accounts/throttle.ts'
import { createHints, type Hints } from './domain/events/hints.ts'
import { createLive, type Live } from './domain/events/live.ts'
import type { OpenFile } from './domain/library/open-file.ts'
import { createLibraryWork } from './domain/library-work.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import { createSecrets } from './lib/secrets.ts'
import type { Spawner } from './workers/spawn.ts'

export interface CoreOptions {
  /** absolute; made when missing */
  dataDir: string
  log: Log
  /** how worker processes are started: `fork` under Node, `utilityProcess` in Electron */
  spawn: Spawner
  clock?: Clock
  /** read for `MANTEL_ADMIN_USERNAME` and `MANTEL_ADMIN_PASSWORD` */
  environment?: Record<string, string | undefined>
  /** bcrypt's work factor; lowered by tests alone */
  bcryptCost?: number
  /** leaves queued jobs to the next start: for a command that is over at once */
  leaveJobs?: boolean
}

/** The household at work, without any door. Doors authenticate, dispatch and encode; they reach nothing else. */
export interface Core {
  readonly dataDir: string
  readonly log: Log
  /** Runs a procedure for a caller; never throws. */
  dispatch(caller: Caller, name: string, input: unknown): Promise<Result<unknown>>
  /** Runs the byte procedure: a description of the file that a door then streams. */
  openMedia(caller: Caller, input: unknown): Promise<Result<FileDescription>>
  /** Whether the caller may have that file at this moment; `result.ok` tells. */
  mayHaveMedia(caller: Caller, input: unknown): Promise<Result<unknown>>
  /** Opens the described file. Throws `Refusal` where it can't be had. */
  openFile(file: FileDescription): Promise<OpenFile>
  /** Who a session token stands for at this moment. */
  authenticate(sessionToken: string | null): Promise<Principal>
  /** Locks or unlocks a session with the computer's own screen; throws `StorageError`. */
  followScreen(sessionToken: string, screen: 'locked' | 'unlocked'): Promise<void>
  readonly hints: Pick<Hints, 'subscribe'>
  readonly live: Live
  /** The code an empty household asks for outside the host's window; null once it is set up. */
  setupCode(): Promise<string | null>
  /** Stops jobs, ends streams and closes the database. */
  close(): Promise<void>
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
export async function openHousehold(options: CoreOptions): Promise<Household> {
  const dataDir = resolve(options.dataDir)
  return open({ ...options, dataDir }).catch((error: unknown) => {
    throw unusable(dataDir, error)
  })
}

async function open(options: CoreOptions): Promise<Household> {
  const { dataDir, log, spawn, clock = systemClock } = options
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // what is open, the last one first to be closed
  const opened: (() => void | Promise<void>)[] = [await lockDataDirectory(dataDir)]
  const close = () => closeAll(opened)
  try {
    const db = await openDatabase({
      file: join(dataDir, 'mantel.sqlite'),
      migrationsFolder: migrationsFolder(),
    })
    opened.push(() => db.close())
    await keepPrivate(join(dataDir, 'mantel.sqlite'))
    const hints = createHints(db, log)
    const live = createLive()
    const { announce } = hints
    const library = await createLibraryWork({ db, clock, log, dataDir, spawn, announce })
    hints.listen(({ topic }) => {
      if (['accounts', 'folders', 'settings'].includes(topic)) library.watching.refresh()
      if (['library', 'folders', 'jobs'].includes(topic)) library.storage.touch()
    })
    opened.push(
      () => library.close(),
      () => live.endAll(),
      () => hints.close(),
    )
    const passwords = createPasswords(options.bcryptCost === undefined ? {} : { cost: options.bcryptCost })
    const services: Services = {
      dataDir,
      db,
      clock,
      log,
      hints,
      announce,
      live,
      passwords,
      secrets: createSecrets(dataDir),
      throttle: createThrottle(clock),
      signUps: createSignUps(clock),
      setupCode: createSetupCode(clock),
      folders: library.folders,
      jobs: library.jobs,
      pictures: library.pictures,
      lookAgain: library.lookAgain,
      watching: library.watching,
      storage: library.storage,
      advanced: library.advanced,
      makePreviews: library.makePreviews,
    }
    return { services, start: library.start, close }
  } catch (error) {
    await close()
    throw error
  }
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
 * Opens the household (see {@link openHousehold} for what that refuses) and starts its background work. Where that fails, on a full
 * disk for one, nothing stays open.
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const household = await openHousehold(options)
  try {
    await recover(household.services, options.environment ?? {})
    if (!options.leaveJobs) await household.start()
  } catch (error) {
    await household.close()
    throw error
  }
  return coreOf(household)
}

/** A disk that is full at the moment must not keep a household from being looked at. */
async function recover(services: Services, environment: Record<string, string | undefined>): Promise<void> {
  try {
    await recoverFromEnvironment(services, environment)
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    services.log.error('no super admin could be restored from the environment', error)
  }
}

function coreOf({ services, close }: Household): Core {
  const { dataDir, db, clock, log, hints, live, setupCode } = services
  const dispatchBytes = createDispatch(bytesRouter, services)
  return {
    dataDir,
    log,
    dispatch: createDispatch(router, services),
    // the byte router's output schema is FileDescription
    openMedia: (caller, input) =>
      dispatchBytes(caller, 'media.open', input) as Promise<Result<FileDescription>>,
    mayHaveMedia: (caller, input) => dispatchBytes(caller, 'media.may', input),
    openFile: (file) => services.pictures.open(file),
    authenticate: (token) => principalOf(db, clock, token),
    followScreen: (token, screen) => followScreen(services, token, screen),
    hints,
    live,
    setupCode: async () => ((await setupIsOpen(db.read)) ? setupCode.code : null),
    close,
  }
}

/**
 * The database holds password hashes: its owner's alone, also in a data directory that was there before with wider rights. What
 * SQLite adds beside it takes the same rights; where there is no such file, or are no such rights, nothing is done.
 */
async function keepPrivate(file: string): Promise<void> {
  for (const part of ['', '-wal', '-shm']) await chmod(file + part, 0o600).catch(() => undefined)
}

/** The command line's caller: works on the host with the data directory's owner's rights. */
export const operatorCaller: Caller = {
  principal: OPERATOR,
  address: 'command line',
  device: 'command line',
  deviceToken: null,
  hostWindow: false,
  effects: NO_EFFECTS,
  memory: NO_MEMORY,
}
