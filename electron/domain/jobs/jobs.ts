import type { Job } from '../../contract/jobs.ts'
import type { Rebuild } from '../../contract/values.ts'
import type { Tx } from '../../db/connect.ts'

/** Who asked for a job. */
export type StartedBy =
  | { kind: 'account'; accountId: number }
  | { kind: 'operator' | 'system' | 'schedule' | 'watch' }

/** Runs first in the transaction of a change, and throws for whoever may not make it. */
export type Check = (tx: Tx) => Promise<void>

/** A job without `may`, which depends on who looks. */
export interface JobInfo extends Omit<Job, 'may'> {
  /** the account that asked, deleted ones too; null for the house itself and the command line */
  starterId: number | null
  /** whether `startedBy` is a display name, not a username */
  starterHasName: boolean
}

/** Which jobs to list. */
export interface JobFilter {
  /** only those on these areas; all when left out */
  areaIds?: readonly number[] | undefined
  id?: number | undefined
  state?: Job['state'] | undefined
  kind?: string | undefined
  /** only those on this area */
  folderId?: number | undefined
  /** an account, or `house` for all that nobody asked for */
  startedBy?: number | 'house' | undefined
  /** queued then or later, epoch ms */
  since?: number | undefined
  withFailures?: true | undefined
  /** newest first */
  limit: number
  offset?: number | undefined
}

/** Files a job could not deal with, as far as they are kept, and how many more there were. */
export interface JobFailures {
  failures: { path: string; reason: string }[]
  more: number
}

/** The queue of background work. Rights are checked by the procedures; this is how it runs. */
export interface Jobs {
  /** Queues again what a stop interrupted, and starts working. */
  start(): Promise<void>
  list(filter: JobFilter): Promise<JobInfo[]>
  find(id: number): Promise<JobInfo | undefined>
  failures(id: number): Promise<JobFailures>
  /**
   * Queues a scan of an area and answers its job's id. One that is queued or running already is answered instead; so is one
   * that is paused, and goes on where an admin or the command line asks, or a user had started it.
   */
  scan(areaId: number, by: StartedBy, check?: Check): Promise<number>
  /** Queues the removal of what is kept of deleted accounts whose time is over. `check` runs first in the same transaction. */
  purge(by: StartedBy, check?: Check): Promise<number>
  /** Queues the making of an area's pictures once more; see {@link Jobs.scan} for the same work that is there already. */
  rebuild(what: Rebuild, areaId: number, by: StartedBy, check?: Check): Promise<number>
  /** Queues the removal of pictures that no file has any more; likewise. */
  clearCache(by: StartedBy, check?: Check): Promise<number>
  /** Stops a job that is waiting or running until it is resumed. Answers its state then: it may have ended meanwhile. */
  pause(id: number, check?: Check): Promise<Job['state']>
  /** Queues a paused job again, ahead of what was queued after it. Answers its state then. */
  resume(id: number, check?: Check): Promise<Job['state']>
  cancel(id: number, check?: Check): Promise<void>
  /** Queues the same work again; answers the new job's id. */
  retry(id: number, by: StartedBy, check?: Check): Promise<number>
}
