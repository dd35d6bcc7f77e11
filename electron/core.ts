import { OPERATOR, type Principal } from './access/principal.ts'
import { type Caller, NO_EFFECTS, NO_MEMORY } from './api/caller.ts'
import { createDispatch } from './api/dispatch.ts'
import { bytesRouter, type FileDescription } from './api/media.ts'
import { router } from './api/router.ts'
import type { Services } from './api/services.ts'
import type { Result } from './contract/errors.ts'
import { StorageError } from './db/errors.ts'
import { recoverFromEnvironment } from './domain/accounts/recovery.ts'
import { followScreen } from './domain/accounts/screen.ts'
import { principalOf } from './domain/accounts/sessions.ts'
import { setupIsOpen } from './domain/accounts/setup.ts'
import type { Hints } from './domain/events/hints.ts'
import { createLive, type Live } from './domain/events/live.ts'
import type { OpenFile } from './domain/library/open-file.ts'
import { type HouseholdOptions, holdDataDirectory } from './household.ts'
import type { Log } from './lib/log.ts'
import { openSwappable, type Swappable } from './swappable.ts'

export interface CoreOptions extends Omit<HouseholdOptions, 'live' | 'reopen'> {
  /** read for `MANTEL_ADMIN_USERNAME` and `MANTEL_ADMIN_PASSWORD` */
  environment?: Record<string, string | undefined>
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

/**
 * Opens the household (see `openHousehold` for what that refuses) and starts its background work. Where that fails, on a full
 * disk for one, nothing stays open. A restore closes and opens it again behind what is answered here.
 */
export async function createCore({
  environment = {},
  leaveJobs = false,
  ...options
}: CoreOptions): Promise<Core> {
  const release = await holdDataDirectory(options.dataDir)
  try {
    const live = createLive()
    const household = await openSwappable({ ...options, live }, !leaveJobs, (services) =>
      recover(services, environment),
    )
    return coreOf(household, live, release)
  } catch (error) {
    await release()
    throw error
  }
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

function coreOf(household: Swappable, live: Live, release: () => Promise<void>): Core {
  const { dataDir, log } = household.first
  const dispatchBytes = household.answering((services) => createDispatch(bytesRouter, services))
  return {
    dataDir,
    log,
    dispatch: household.answering((services) => createDispatch(router, services)),
    // the byte router's output schema is FileDescription
    openMedia: (caller, input) =>
      dispatchBytes(caller, 'media.open', input) as Promise<Result<FileDescription>>,
    mayHaveMedia: (caller, input) => dispatchBytes(caller, 'media.may', input),
    openFile: async (file) => household.now().pictures.open(file),
    authenticate: async (token) => principalOf(household.now().db, household.now().clock, token),
    followScreen: async (token, screen) => followScreen(household.now(), token, screen),
    // while there is nothing to hear, whoever asks is ended with all others in a moment
    hints: { subscribe: (by, listener) => household.peek()?.hints.subscribe(by, listener) ?? (() => {}) },
    live,
    async setupCode() {
      const { db, setupCode } = household.now()
      return (await setupIsOpen(db.read)) ? setupCode.code : null
    },
    async close() {
      try {
        await household.close()
      } finally {
        await release()
      }
    },
  }
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
