import { z } from 'zod'
import { emptySchema, idSchema } from './fields.ts'
import { JOB_STATES } from './values.ts'

const jobSchema = z.object({
  id: idSchema,
  kind: z.string(),
  state: z.enum(JOB_STATES),
  /** the folder it works on: for those who administer the host's path, for others below the folder they were given */
  folder: z.string().nullable(),
  folderId: idSchema.nullable(),
  /** name of whoever asked; null for the system itself and the command line */
  startedBy: z.string().nullable(),
  startedByKind: z.enum(['account', 'operator', 'system', 'schedule', 'watch']),
  queuedAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  done: z.number(),
  total: z.number().nullable(),
  failed: z.number(),
  /** items a second over the last while; null when not running */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  result: z.record(z.string(), z.number()).nullable(),
  /** a reason code */
  error: z.string().nullable(),
  may: z.object({ pause: z.boolean(), resume: z.boolean(), cancel: z.boolean(), retry: z.boolean() }),
})
export type Job = z.output<typeof jobSchema>

const stateSchema = z.object({ state: z.enum(JOB_STATES) })

export const jobsContract = {
  'jobs.list': {
    input: z.strictObject({
      limit: z.int().min(1).max(500).optional(),
      state: z.enum(JOB_STATES).optional(),
    }),
    output: z.object({ jobs: z.array(jobSchema) }),
  },
  'jobs.failures': {
    input: z.strictObject({ id: idSchema }),
    output: z.object({
      failures: z.array(z.object({ path: z.string(), reason: z.string() })),
      /** failures beyond these, which were counted only */
      more: z.number(),
    }),
  },
  /**
   * Scans the given folders, else every folder the caller may scan. A scan that was paused goes on, unless it is the household's and the
   * caller may not resume it: then it stays, and is answered all the same.
   */
  'jobs.scan': {
    input: z.strictObject({ folderIds: z.array(idSchema).optional() }),
    output: z.object({ jobIds: z.array(idSchema) }),
  },
  /** Stops a job that is waiting or running until it is resumed; one that has ended stays as it is. Answers its state now. */
  'jobs.pause': { input: z.strictObject({ id: idSchema }), output: stateSchema },
  /** Queues a paused job again; any other stays as it is. Answers its state now. */
  'jobs.resume': { input: z.strictObject({ id: idSchema }), output: stateSchema },
  'jobs.cancel': { input: z.strictObject({ id: idSchema }), output: emptySchema },
  'jobs.retry': { input: z.strictObject({ id: idSchema }), output: z.object({ jobIds: z.array(idSchema) }) },
}
