import { z } from 'zod'
import { because, emptySchema } from './fields.ts'
import { RESCAN_HOURS, WEEKDAYS } from './values.ts'

/** More patterns than anyone writes by hand; every one is tried on every name of a scan. */
const MOST_PATTERNS = 500
const MOST_PATTERN_CHARACTERS = 1000

/** A time of day on the host. */
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, because('time_form'))

/** When all folders are looked through anew. Times are the host's own. */
const rescanSchema = z.discriminatedUnion(
  'every',
  [
    z.strictObject({ every: z.literal('never') }),
    z.strictObject({ every: z.literal('hours'), hours: z.literal(RESCAN_HOURS, because('rescan_hours')) }),
    z.strictObject({ every: z.literal('day'), at: timeSchema }),
    z.strictObject({ every: z.literal('week'), day: z.enum(WEEKDAYS, because('weekday')), at: timeSchema }),
  ],
  because('rescan_every'),
)

const patternSchema = z
  .string()
  .max(MOST_PATTERN_CHARACTERS, because('pattern_too_long'))
  .regex(/^[^\n\r\0]*$/, because('pattern_one_line'))

/** What the household's admins set for all its folders. */
export const librarySettingsSchema = z.object({
  /** whether folders are watched for changes between scans */
  watch: z.boolean(),
  rescan: rescanSchema,
  /** what scans leave out, in the form of `.gitignore`, relative to each folder's root; a line each */
  ignore: z.array(patternSchema).max(MOST_PATTERNS, because('patterns_too_many')),
})
export type LibrarySettings = z.output<typeof librarySettingsSchema>

export const librarySettingsContract = {
  'settings.library': { input: emptySchema, output: librarySettingsSchema },
  /** What is left out stays as it is. Other patterns have all folders in use scanned again. */
  'settings.setLibrary': {
    input: z.strictObject(librarySettingsSchema.partial().shape),
    output: librarySettingsSchema,
  },
}
