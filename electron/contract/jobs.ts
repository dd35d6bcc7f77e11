import { z } from 'zod'
import { emptySchema, idSchema } from './fields.ts'
import { JOB_KINDS, JOB_STATES, REBUILDS } from './values.ts'

const jobSchema = z.object({
  id: idSchema,
  kind: z.string(),
  state: z.enum(JOB_STATES),
  /**
   * the folder it works on: for those who administer the host's path, for others below the folder they were given, and null while the
   * household has folders switched off
   */
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

/** Named twice, a folder counts once. More than a household has are refused, as each is a write. */
const folderIds = z
  .array(idSchema)
  .max(1000)
  .transform((ids) => [...new Set(ids)])

export const jobsContract = {
  /** Jobs on folders that the caller may scan; of these, those that everything given holds for. What is to be done first, then the newest. */
  'jobs.list': {
    input: z.strictObject({
      limit: z.int().min(1).max(500).optional(),
      /** how many of the first ones to leave out */
      offset: z.int().min(0).max(10_000).optional(),
      id: idSchema.optional(),
      state: z.enum(JOB_STATES).optional(),
      kind: z.enum(JOB_KINDS).optional(),
      folderId: idSchema.optional(),
      /** an account, or all that nobody asked for */
      startedBy: z.union([idSchema, z.literal('house')]).optional(),
      /** queued at this moment or later, epoch ms */
      since: z.number().optional(),
      /** only those in which a file failed */
      withFailures: z.literal(true).optional(),
    }),
    output: z.object({
      jobs: z.array(jobSchema),
      /** whether there are more behind these */
      more: z.boolean(),
    }),
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
    input: z.strictObject({ folderIds: folderIds.optional() }),
    output: z.object({ jobIds: z.array(idSchema) }),
  },
  /**
   * Makes pictures of the given folders, else of all, once more: those that failed, or all thumbnails or previews. What there is stays
   * until the new one is made. Folders without any have no job.
   */
  'jobs.rebuild': {
    input: z.strictObject({ what: z.enum(REBUILDS), folderIds: folderIds.optional() }),
    output: z.object({ jobIds: z.array(idSchema) }),
  },
  /** Removes made pictures of which the household has no file any more. */
  'jobs.clearCache': { input: emptySchema, output: z.object({ jobIds: z.array(idSchema) }) },
  /** Stops a job that is waiting or running until it is resumed; one that has ended stays as it is. Answers its state now. */
  'jobs.pause': { input: z.strictObject({ id: idSchema }), output: stateSchema },
  /** Queues a paused job again; any other stays as it is. Answers its state now. */
  'jobs.resume': { input: z.strictObject({ id: idSchema }), output: stateSchema },
  'jobs.cancel': { input: z.strictObject({ id: idSchema }), output: emptySchema },
  'jobs.retry': { input: z.strictObject({ id: idSchema }), output: z.object({ jobIds: z.array(idSchema) }) },
}
