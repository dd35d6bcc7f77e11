import type { Database } from '../db/connect.ts'
import type { Passwords } from '../domain/accounts/passwords.ts'
import type { SetupCode } from '../domain/accounts/setup-code.ts'
import type { SignUps } from '../domain/accounts/sign-ups.ts'
import type { Throttle } from '../domain/accounts/throttle.ts'
import type { Tickets } from '../domain/downloads/tickets.ts'
import type { Announce, Hints } from '../domain/events/hints.ts'
import type { Live } from '../domain/events/live.ts'
import type { Lan } from '../domain/lan/lan.ts'
import type { FolderTallies } from '../domain/library/folder-tallies.ts'
import type { LibraryWork } from '../domain/library-work.ts'
import type { Uploads } from '../domain/uploads/uploads.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { Secrets } from '../lib/secrets.ts'

/** What procedures work with; built once by `core.ts`. */
export interface Services
  extends Pick<
    LibraryWork,
    | 'advanced'
    | 'backups'
    | 'folders'
    | 'jobs'
    | 'makeBackup'
    | 'makePreviews'
    | 'lookAgain'
    | 'pictures'
    | 'sidecars'
    | 'storage'
    | 'watching'
  > {
  readonly dataDir: string
  readonly migrationsFolder: string
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly hints: Pick<Hints, 'subscribe'>
  readonly announce: Announce
  readonly folderTallies: Pick<FolderTallies, 'of'>
  readonly live: Live
  /** archives that were asked for */
  readonly tickets: Tickets
  readonly passwords: Passwords
  readonly secrets: Secrets
  readonly throttle: Throttle
  readonly signUps: SignUps
  readonly setupCode: SetupCode
  readonly lan: Lan
  readonly uploads: Uploads
  readonly reopen: Reopen
}

/**
 * Closes the household, makes a change to its files, and opens it again; also where the change failed. Answers the services of the
 * household as it is then. Throws `Refusal` `unavailable` (`restoring`) where that is going on already or it could not be opened.
 */
export type Reopen = (change: () => Promise<void>) => Promise<Services>
