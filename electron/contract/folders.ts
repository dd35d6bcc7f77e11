import { z } from 'zod'
import { accessSchema, emptySchema, idSchema } from './fields.ts'
import { viewSchema } from './photos.ts'

/** A directory the household knows: granted to somebody, or registered as a root. */
const folderSchema = z.object({
  id: idSchema,
  path: z.string(),
  /** the same directory as `folders.tree` and the filter `folder` call it; null until it was scanned */
  directoryId: idSchema.nullable(),
  online: z.boolean(),
  /** a reason code while offline */
  offlineReason: z.string().nullable(),
  /** files its last scan did not find, where that is why it is offline; 0 otherwise */
  vanishedCount: z.number(),
  registered: z.boolean(),
  /** photos below it, nested folders included */
  photoCount: z.number(),
  lastScanAt: z.number().nullable(),
  /** whether changes in it are noticed at once */
  watched: z.boolean(),
  /** a reason code where it should be watched and can't */
  watchProblem: z.string().nullable(),
  accounts: z.array(z.object({ id: idSchema, username: z.string(), name: z.string(), access: accessSchema })),
})
export type Folder = z.output<typeof folderSchema>

/** A directory on disk as whoever looks through folders sees it. Counts are of what a timeline shows. */
const folderNodeSchema = z.object({
  /** what the filter `folder` takes */
  id: idSchema,
  name: z.string(),
  /** photos in it itself */
  count: z.number(),
  /** with those in the folders below it */
  deepCount: z.number(),
  /** four of its newest photos at most, of different folders below it where there are some; the hash hexadecimal, or null until one was made */
  covers: z.array(z.object({ id: idSchema, version: z.number(), thumbhash: z.string().nullable() })),
  hasChildren: z.boolean(),
  status: z.enum(['online', 'offline']),
})
export type FolderNode = z.output<typeof folderNodeSchema>

/** A folder on the way to another. `share`: a share of it, with the folders below, can be made. */
const folderStepSchema = z.object({ id: idSchema, name: z.string(), may: z.object({ share: z.boolean() }) })
export type FolderStep = z.output<typeof folderStepSchema>

export const foldersContract = {
  /**
   * The folders as on disk that the caller has: the outermost ones, or those directly inside one. `trail`: the way to that one, itself last.
   */
  'folders.tree': {
    input: z.strictObject({ parentId: idSchema.nullable().optional(), view: viewSchema.optional() }),
    output: z.object({ folders: z.array(folderNodeSchema), trail: z.array(folderStepSchema) }),
  },
  'folders.list': { input: emptySchema, output: z.object({ folders: z.array(folderSchema) }) },
  /** Enters a root into the household; only from the host's window or its command line. */
  'folders.add': {
    input: z.strictObject({ path: z.string().min(1) }),
    output: z.object({ folder: folderSchema }),
  },
  /**
   * The files that a braked scan did not find are really gone: they are marked missing and the folder is online again after the
   * scan this queues. `conflict` (`folder_not_braked`) for a folder that waits for nobody's decision.
   */
  'folders.accept': { input: z.strictObject({ id: idSchema }), output: z.object({ jobId: idSchema }) },
  /** Forgets a root that is granted to nobody. */
  'folders.remove': { input: z.strictObject({ id: idSchema }), output: emptySchema },
  /** Directories below the household's roots, for the chooser; without a path, the roots themselves. */
  'folders.browse': {
    input: z.strictObject({ path: z.string().min(1).optional() }),
    output: z.object({
      path: z.string().nullable(),
      parent: z.string().nullable(),
      directories: z.array(z.object({ name: z.string(), path: z.string() })),
    }),
  },
  /** Opens the host's native directory picker; null when the person cancelled. */
  'folders.pick': { input: emptySchema, output: z.object({ path: z.string().nullable() }) },
}
