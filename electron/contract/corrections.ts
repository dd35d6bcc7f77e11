import { z } from 'zod'
import { because, idSchema, photoIdsSchema } from './fields.ts'
import type { Reason } from './reasons.ts'
import { PHOTOS_AT_ONCE, SIDECARS_AT_ONCE } from './values.ts'
import { isWallTime, isZone, LONGEST_SHIFT_MS } from './wall-clock.ts'

const wallTime = z.string().refine(isWallTime, because('date_form'))
const zone = z
  .string()
  .max(100)
  .refine((name) => isZone(name), because('zone_unknown'))

/** Degrees north and east (WGS 84), metres above the sea. Without an altitude there is none afterwards: the old one is another place's. */
const place = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  altitude: z.number().min(-50_000).max(50_000).nullable().optional(),
})

/** What is to hold of all photos named. */
const rule = {
  /** local wall clock, `YYYY-MM-DDTHH:mm:ss.sss`, for all of them */
  takenAt: wallTime.optional(),
  /** moves each one's wall clock instead, milliseconds */
  shiftMs: z.int().min(-LONGEST_SHIFT_MS).max(LONGEST_SHIFT_MS).optional(),
  /** `+02:00`, or an IANA name, which stands for its distance from UTC at each photo's local time (after the shift). No clock moves by it */
  zone: zone.optional(),
  /** null: taken nowhere that is known */
  place: place.nullable().optional(),
}
export type CorrectionRule = z.output<z.ZodObject<typeof rule>>

/** What is to hold of one photo: how a correction is taken back exactly. `file`: what the file says, whatever that is by then. */
const value = z.strictObject({
  id: idSchema,
  date: z
    .union([z.literal('file'), z.strictObject({ takenAt: wallTime, takenOffset: zone.nullable() })])
    .optional(),
  place: z
    .union([z.literal('file'), place])
    .nullable()
    .optional(),
})
export type CorrectionValue = z.output<typeof value>

const values = z.array(value).min(1).max(PHOTOS_AT_ONCE)
const RULE_PARTS = ['takenAt', 'shiftMs', 'zone', 'place'] as const

const correctInput = z
  .strictObject({
    /** with one part of the rule at least; or `values` instead of all this */
    ids: photoIdsSchema.optional(),
    ...rule,
    values: values.optional(),
  })
  .superRefine((input, context) => {
    const parts = RULE_PARTS.filter((part) => input[part] !== undefined)
    const isRule = input.ids !== undefined && parts.length > 0 && input.values === undefined
    const isValues = input.ids === undefined && parts.length === 0 && input.values !== undefined
    if (!isRule && !isValues) context.addIssue({ code: 'custom', message: 'required' satisfies Reason })
    if (input.takenAt !== undefined && input.shiftMs !== undefined)
      context.addIssue({ code: 'custom', path: ['shiftMs'], message: 'date_or_shift' satisfies Reason })
  })

const answer = z.object({
  /** those that were otherwise before */
  changed: z.array(idSchema),
  /** inputs of `photos.correct` that bring back what was before */
  undo: z.array(z.object({ values })),
  /** how many were given a local time that no clock of the zone showed, and how many one that it showed twice, of which the first counts */
  skipped: z.number(),
  repeated: z.number(),
})
export type Corrected = z.output<typeof answer>

/** What of a photo was put right, as `photos.get` tells it, and what its file says. */
export const correctedSchema = {
  corrected: z.object({ date: z.boolean(), place: z.boolean() }),
  /** what the file says instead; null where nothing was put right. `gps` null also while the household has switched `places` off */
  file: z
    .object({
      takenAt: z.string(),
      takenOffset: z.string().nullable(),
      gps: z
        .object({ latitude: z.number(), longitude: z.number(), altitude: z.number().nullable() })
        .nullable(),
    })
    .nullable(),
}

export const correctionsContract = {
  /**
   * Puts right when and where photos were taken: exactly the parts named, of all of them or of none. Files are not touched; a correction
   * stays whatever becomes of the file.
   */
  'photos.correct': { input: correctInput, output: answer },
  /** Goes by what the files say again, in date and place. */
  'photos.uncorrect': { input: z.strictObject({ ids: photoIdsSchema }), output: answer },
  /**
   * Writes date and place into the photos' sidecars (`<name>.<ext>.xmp` beside each), for other programs; what stands there otherwise stays,
   * and the photos' own files are not touched. `own`: also what the caller sees as caption, rating and tags, for everybody who can read the folder.
   * Disks are slow at this: few at a time.
   */
  'photos.writeSidecars': {
    input: z.strictObject({
      ids: z.array(idSchema).min(1).max(SIDECARS_AT_ONCE),
      own: z.boolean().optional(),
    }),
    output: z.object({
      written: z.array(idSchema),
      /** each as it was before, with a reason code */
      failed: z.array(z.object({ id: idSchema, reason: z.string() })),
    }),
  },
}
