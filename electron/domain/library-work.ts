import type { Database } from '../db/connect.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { Spawner } from '../workers/spawn.ts'
import type { Announce } from './events/hints.ts'
import type { Folders } from './folders/folders.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Pictures } from './library/pictures.ts'

export interface LibraryWorkNeeds {
  db: Database
  clock: Clock
  log: Log
  /** the cache of pictures is `<dataDir>/cache` */
  dataDir: string
  spawn: Spawner
  announce: Announce
}

/** The parts of the household that work on folders and pictures, with the worker processes they share. */
export interface LibraryWork {
  readonly folders: Folders
  readonly jobs: Jobs
  readonly pictures: Pictures
  /** Stops jobs and worker processes. */
  close(): Promise<void>
}
