import type { Job } from '../../contract/jobs.ts'

/** Who asked for a job. */
export type StartedBy =
  | { kind: 'account'; accountId: number }
  | { kind: 'operator' | 'system' | 'schedule' | 'watch' }

/** A job without `may`, which depends on who looks. */
export type JobInfo = Omit<Job, 'may'>

/** Which jobs to list. */
export interface JobFilter {
  /** only those on these areas; all when left out */
  areaIds?: readonly number[]
  state?: Job['state']
  /** newest first */
  limit: number
}

/** The queue of background work. Rights are checked by the procedures; this is how it runs. */
export interface Jobs {
  /** Queues again what a stop interrupted, and starts working. */
  start(): Promise<void>
  list(filter: JobFilter): Promise<JobInfo[]>
  find(id: number): Promise<JobInfo | undefined>
  failures(id: number): Promise<{ path: string; reason: string }[]>
  /** Queues a scan of an area; one that is queued or running already is answered instead. Answers the job's id. */
  scan(areaId: number, by: StartedBy): Promise<number>
  cancel(id: number): Promise<void>
  /** Queues the same work again; answers the new job's id. */
  retry(id: number, by: StartedBy): Promise<number>
}
