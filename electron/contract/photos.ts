import { z } from 'zod'
import { idSchema } from './fields.ts'
import { MEDIA_KINDS, MONTH_PAGE } from './values.ts'

/** Whose photos: the caller's own folders, or (admins) the whole household's. */
const viewSchema = z.enum(['mine', 'everyone'])
export type View = z.output<typeof viewSchema>

const PHOTO_STATES = ['pending', 'ready', 'unsupported', 'broken'] as const
const photoStateSchema = z.enum(PHOTO_STATES)
export type PhotoState = z.output<typeof photoStateSchema>

const monthSchema = z.string().regex(/^\d{4}-\d{2}$/)

/** One month as parallel arrays, newest first; entry `n` of each belongs to one photo. */
const monthPayloadSchema = z.object({
  ids: z.array(z.number()),
  versions: z.array(z.number()),
  /** local wall clock, `YYYY-MM-DDTHH:mm:ss.sss` */
  takenAt: z.array(z.string()),
  /** width / height after orientation; 1 where unknown */
  ratios: z.array(z.number()),
  /** hexadecimal, or null until one was made */
  thumbhashes: z.array(z.string().nullable()),
  states: z.array(photoStateSchema),
  kinds: z.array(z.enum(['image', 'raw', 'video'])),
})
export type MonthPayload = z.output<typeof monthPayloadSchema>

const photoSchema = z.object({
  id: idSchema,
  version: z.number(),
  kind: z.enum(['image', 'raw', 'video']),
  state: photoStateSchema,
  /** a reason code for `unsupported` and `broken` */
  stateReason: z.string().nullable(),
  fileName: z.string(),
  /** absolute path of the directory it lies in */
  folder: z.string(),
  sizeBytes: z.number(),
  mime: z.string(),
  takenAt: z.string(),
  takenOffset: z.string().nullable(),
  takenSource: z.enum(['exif', 'container', 'gps', 'name', 'file']),
  /** pixels after orientation */
  width: z.number().nullable(),
  height: z.number().nullable(),
  camera: z
    .object({
      make: z.string().nullable(),
      model: z.string().nullable(),
      lens: z.string().nullable(),
      iso: z.number().nullable(),
      fNumber: z.number().nullable(),
      exposureSeconds: z.number().nullable(),
      focalLengthMm: z.number().nullable(),
    })
    .nullable(),
  /** degrees (WGS 84) and metres */
  gps: z.object({ latitude: z.number(), longitude: z.number(), altitude: z.number().nullable() }).nullable(),
  /** names of the accounts whose folders hold it */
  seenBy: z.array(z.string()),
  may: z.object({ download: z.boolean(), edit: z.boolean(), share: z.boolean() }),
})
export type Photo = z.output<typeof photoSchema>

export const photosContract = {
  'timeline.months': {
    input: z.strictObject({ view: viewSchema.optional() }),
    output: z.object({ months: z.array(z.object({ month: monthSchema, count: z.number() })) }),
  },
  'timeline.month': {
    input: z.strictObject({
      month: monthSchema,
      view: viewSchema.optional(),
      /** the last photo of the page before; a page with fewer than `limit` photos was the last one */
      after: z.strictObject({ takenAt: z.string().max(23), id: idSchema }).optional(),
      limit: z.int().min(1).max(MONTH_PAGE).optional(),
    }),
    output: monthPayloadSchema,
  },
  'photos.get': { input: z.strictObject({ id: idSchema }), output: photoSchema },
}

export { MEDIA_KINDS }

export const mediaInputSchema = z.strictObject({
  kind: z.enum(MEDIA_KINDS),
  id: idSchema,
  version: z.string(),
})
