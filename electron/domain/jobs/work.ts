import type { Reason } from '../../contract/reasons.ts'
import type { StartedBy } from './jobs.ts'

/** What a job tells while it works. */
export interface JobContext {
  /** aborted when somebody cancels the job or the program stops */
  signal: AbortSignal
  /** what the job had counted when it was paused, if it was: it goes on from there */
  earlier?: Readonly<Record<string, number>>
  /**
   * Items dealt with so far, and how many there are, null while not known; and what came of them so far, kept for `earlier`
   * should the job be paused. Cheap: written and told now and then.
   */
  progress(done: number, total: number | null, counts?: Readonly<Record<string, number>>): void
  /** A file (absolute path) that could not be dealt with, and why. */
  fail(path: string, reason: Reason): void
}

/** What a job works on. */
interface JobTask {
  id: number
  areaId: number | null
  startedByKind: StartedBy['kind']
}

/** The work of one kind of job. Answers counts that say what came of it. Throws {@link JobFailedError} with a reason. */
export type JobWork = (task: JobTask, context: JobContext) => Promise<Record<string, number>>

/** A job can't be done, for a reason that is told. Other errors become `job_crashed` and are logged. */
export class JobFailedError extends Error {
  readonly reason: Reason

  constructor(reason: Reason) {
    super(reason)
    this.name = 'JobFailedError'
    this.reason = reason
  }
}
