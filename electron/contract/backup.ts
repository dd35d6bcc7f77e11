import { z } from 'zod'
import { because, emptySchema, idSchema } from './fields.ts'
import { timeSchema } from './library-settings.ts'
import { BACKUP_KINDS, BACKUPS_KEPT, JOB_STATES } from './values.ts'

/** Longer than any name that Mantel gives. */
const nameSchema = z.string().min(1, because('required')).max(200)
const pathSchema = z.string().min(1, because('required')).max(4096)

export const backupSettingsSchema = z.object({
  /** time of day of the nightly backup, the host's own */
  at: timeSchema,
  /** how many nightly ones are kept, and as many that somebody asked for */
  keep: z
    .int(because('backup_keep'))
    .min(BACKUPS_KEPT.least, because('backup_keep'))
    .max(BACKUPS_KEPT.most, because('backup_keep')),
  /** absolute; null: `backups` in the data directory */
  folder: pathSchema.nullable(),
  /** whether the key file goes along, which opens link addresses and second factors */
  withKey: z.boolean(),
})
export type BackupSettings = z.output<typeof backupSettingsSchema>

const settingsState = z.object({
  ...backupSettingsSchema.shape,
  /** the folder in use, as a path of the host */
  folderInUse: z.string(),
  /** folder and key are super admins' to choose */
  mayChoosePlace: z.boolean(),
})

const backupSchema = z.object({
  name: z.string(),
  kind: z.enum(BACKUP_KINDS),
  /** epoch ms, by the clock of then */
  at: z.number(),
  bytes: z.number(),
  withKey: z.boolean(),
  /** looked through whole when it was written; what a restore set aside was not */
  checked: z.boolean(),
  /** the last migration of its schema; null where it cannot be read */
  schema: z.string().nullable(),
  /** why this version of Mantel cannot open it, a reason code; null where it can */
  problem: z.string().nullable(),
})

const countsSchema = z.object({ accounts: z.number(), photos: z.number() })

/** What becomes of the key where the backup brings another one. */
const keySchema = z.enum(['keep', 'take'])

export const backupContract = {
  /** Starts a backup. `to` (the command line alone): writes one to that file, and has done so when it answers. */
  'backup.create': {
    input: z.strictObject({ to: pathSchema.optional() }),
    output: z.object({ jobId: idSchema.nullable() }),
  },
  'backup.list': {
    input: emptySchema,
    output: z.object({
      /** the newest first */
      backups: z.array(backupSchema),
      /** the newest job that made one, or tried; null where none is remembered */
      last: z
        .object({ jobId: idSchema, state: z.enum(JOB_STATES), at: z.number(), error: z.string().nullable() })
        .nullable(),
      /** what was restored last; told until the next restore */
      restored: z.object({ at: z.number(), from: z.string(), setAside: z.string().nullable() }).nullable(),
      may: z.object({ restore: z.boolean() }),
    }),
  },
  /** What would be gone, and which key there would be, were this one restored. */
  'backup.preview': {
    input: z.strictObject({ name: nameSchema }),
    output: z.object({
      name: z.string(),
      at: z.number(),
      saved: countsSchema,
      present: countsSchema,
      /** none: it brings no key · same: the one in use · missing: none is in use · other: another one is in use */
      key: z.enum(['none', 'same', 'missing', 'other']),
    }),
  },
  /** Puts a backup in the place of the present database, which is set aside. `file` (the command line alone): of that path. */
  'backup.restore': {
    input: z.strictObject({
      name: nameSchema.optional(),
      file: pathSchema.optional(),
      key: keySchema.optional(),
    }),
    output: z.object({ from: z.string(), setAside: z.string().nullable() }),
  },
  'settings.backup': { input: emptySchema, output: settingsState },
  /** What is left out stays as it is. */
  'settings.setBackup': {
    input: z.strictObject(backupSettingsSchema.partial().shape),
    output: settingsState,
  },
}
