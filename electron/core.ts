import { OPERATOR, type Principal } from './access/principal.ts'
import type { ArchiveDescription } from './api/archive.ts'
import { type Caller, NO_EFFECTS, NO_MEMORY } from './api/caller.ts'
import type { CardDescription } from './api/card.ts'
import { createDispatch } from './api/dispatch.ts'
import type { FileDescription } from './api/file-description.ts'
import { bytesRouter } from './api/media.ts'
import { router } from './api/router.ts'
import type { Services } from './api/services.ts'
import type { Result } from './contract/errors.ts'
import type { HeldMediaInput, MediaInput } from './contract/photos.ts'
import type { BeginUpload, HeldPictureInput } from './contract/uploads.ts'
import { StorageError } from './db/errors.ts'
import { recoverFromEnvironment } from './domain/accounts/recovery.ts'
import { followScreen } from './domain/accounts/screen.ts'
import { principalOf } from './domain/accounts/sessions.ts'
import { setupIsOpen } from './domain/accounts/setup.ts'
import type { Hints } from './domain/events/hints.ts'
import { createLive, type Live } from './domain/events/live.ts'
import { createLanBoard, type LanBoard } from './domain/lan/board.ts'
import type { LanPlan, ListenOn } from './domain/lan/lan.ts'
import type { OpenFile } from './domain/library/open-file.ts'
import { visitorOf } from './domain/sharing/visits.ts'
import type { Incoming } from './domain/uploads/incoming.ts'
import { type HouseholdOptions, holdDataDirectory } from './household.ts'
import type { Log } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { openSwappable, type Swappable } from './swappable.ts'

export interface CoreOptions extends Omit<HouseholdOptions, 'live' | 'lanBoard' | 'reopen'> {
  /** read for `MANTEL_ADMIN_USERNAME` and `MANTEL_ADMIN_PASSWORD` */
  environment?: Record<string, string | undefined>
  /** leaves queued jobs to the next start: for a command that is over at once */
  leaveJobs?: boolean
}

/** {@link Core.lan}. */
interface LanSide extends Pick<LanBoard, 'tell' | 'onLookAgain'> {
  /** What is wanted; null: no such door. Throws `Refusal`, `StorageError`, and errors of the file system. */
  plan(listenOn: ListenOn): Promise<LanPlan | null>
}

export type { Incoming, LanPlan, ListenOn }

/** A photo's bytes, as a link shows them too, or a picture of a file that was sent and is held. */
export type BytesInput = MediaInput | HeldMediaInput | HeldPictureInput

/** {@link Core.uploads}: how a door hands on a file that somebody sends through a link. Each runs its procedure, and never throws. */
interface UploadSide {
  /** Begins it; `id` is what the others are asked with. */
  begin(caller: Caller, input: BeginUpload): Promise<Result<{ id: string }>>
  /** What the door fills, and closes whatever happens. Throws `Refusal` where the household was closed meanwhile. */
  incoming(id: string): Incoming
  /** Whether the caller may still send at this moment. */
  may(caller: Caller, input: { share: number }): Promise<Result<unknown>>
  /** Holds the file, once it is there whole. */
  finish(caller: Caller, input: { id: string }): Promise<Result<unknown>>
}

/** The household at work, without any door. Doors authenticate, dispatch and encode; they reach nothing else. */
export interface Core {
  readonly dataDir: string
  readonly log: Log
  /** Runs a procedure for a caller; never throws. */
  dispatch(caller: Caller, name: string, input: unknown): Promise<Result<unknown>>
  /** Runs the byte procedure: a description of the file that a door then streams. */
  openMedia(caller: Caller, input: BytesInput): Promise<Result<FileDescription>>
  /** Whether the caller may have that file at this moment; `result.ok` tells. */
  mayHaveMedia(caller: Caller, input: BytesInput): Promise<Result<unknown>>
  /** Begins to look; what it answers tells whether anything was written since. */
  watchWrites(): () => boolean
  /** Describes an archive that a door then streams, file by file. */
  openArchive(caller: Caller, input: { id: string; share?: number }): Promise<Result<ArchiveDescription>>
  /** What a link's page tells messengers of it. */
  describeCard(caller: Caller, token: string): Promise<Result<CardDescription>>
  /** Describes the picture on that card. */
  openCard(caller: Caller, token: string): Promise<Result<FileDescription>>
  readonly uploads: UploadSide
  /** Opens the described file. Throws `Refusal` where it can't be had. */
  openFile(file: FileDescription): Promise<OpenFile>
  /** Who a session token stands for at this moment; where it is nobody's, who a visitor's token does. */
  authenticate(sessionToken: string | null, visitorToken?: string | null): Promise<Principal>
  /** Locks or unlocks a session with the computer's own screen; throws `StorageError`. */
  followScreen(sessionToken: string, screen: 'locked' | 'unlocked'): Promise<void>
  readonly hints: Pick<Hints, 'subscribe'>
  readonly live: Live
  /** What a door to the house's network works with. */
  readonly lan: LanSide
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
    const lanBoard = createLanBoard()
    const household = await openSwappable({ ...options, live, lanBoard }, !leaveJobs, (services) =>
      recover(services, environment),
    )
    return coreOf(household, { live, lanBoard }, release)
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

interface Lasting {
  live: Live
  lanBoard: LanBoard
}

function coreOf(household: Swappable, { live, lanBoard }: Lasting, release: () => Promise<void>): Core {
  const { dataDir, log } = household.first
  const dispatchBytes = household.answering((services) => createDispatch(bytesRouter, services))
  return {
    dataDir,
    log,
    dispatch: household.answering((services) => createDispatch(router, services)),
    // the byte router's output schema is FileDescription
    openMedia: (caller, input) =>
      dispatchBytes(caller, bytesProcedure(input).open, input) as Promise<Result<FileDescription>>,
    mayHaveMedia: (caller, input) => dispatchBytes(caller, bytesProcedure(input).may, input),
    uploads: {
      // as its output schema says
      begin: (caller, input) =>
        dispatchBytes(caller, 'uploads.begin', input) as Promise<Result<{ id: string }>>,
      incoming(id) {
        const incoming = household.now().uploads.incoming(id)
        if (!incoming) throw new Refusal('unavailable', { reason: 'restoring' })
        return incoming
      },
      may: (caller, input) => dispatchBytes(caller, 'uploads.may', input),
      finish: (caller, input) => dispatchBytes(caller, 'uploads.finish', input),
    },
    watchWrites() {
      const { db } = household.now()
      const commits = db.commits()
      // a restore puts another database in its place
      return () => household.peek()?.db !== db || db.commits() !== commits
    },
    // its output schema is ArchiveDescription
    openArchive: (caller, input) =>
      dispatchBytes(caller, byLink(input) ? 'zip.openHeld' : 'zip.open', input) as Promise<
        Result<ArchiveDescription>
      >,
    // theirs are CardDescription and FileDescription
    describeCard: (caller, token) =>
      dispatchBytes(caller, 'card.describe', { token }) as Promise<Result<CardDescription>>,
    openCard: (caller, token) =>
      dispatchBytes(caller, 'card.open', { token }) as Promise<Result<FileDescription>>,
    openFile: async (file) => household.now().pictures.open(file),
    async authenticate(token, visitorToken = null) {
      const { db, clock } = household.now()
      const principal = await principalOf(db, clock, token)
      return principal.kind === 'anonymous' ? visitorOf(db, clock, visitorToken) : principal
    },
    followScreen: async (token, screen) => followScreen(household.now(), token, screen),
    // while there is nothing to hear, whoever asks is ended with all others in a moment
    hints: { subscribe: (by, listener) => household.peek()?.hints.subscribe(by, listener) ?? (() => {}) },
    live,
    lan: {
      tell: lanBoard.tell,
      onLookAgain: lanBoard.onLookAgain,
      plan: async (listenOn) => household.now().lan.plan(listenOn),
    },
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

/** Whether bytes are asked for as a link shows them. */
const byLink = (input: object) => 'share' in input

function bytesProcedure(input: BytesInput) {
  if ('upload' in input) return { open: 'uploads.open', may: 'uploads.mayOpen' }
  return byLink(input)
    ? { open: 'media.openHeld', may: 'media.mayHeld' }
    : { open: 'media.open', may: 'media.may' }
}

/** The command line's caller: works on the host with the data directory's owner's rights. */
export const operatorCaller: Caller = {
  principal: OPERATOR,
  address: 'command line',
  device: 'command line',
  deviceToken: null,
  visitorToken: null,
  origin: null,
  hostWindow: false,
  effects: NO_EFFECTS,
  memory: NO_MEMORY,
}
