import { z } from 'zod'
import { correctedSchema } from './corrections.ts'
import { because, idSchema, photoIdsSchema } from './fields.ts'
import { dayOfYearSchema, filterSchema, type PhotoFilter } from './photo-filter.ts'
import { MEDIA_KINDS, MONTH_PAGE } from './values.ts'

/** Whose photos: the caller's own folders, or (admins) the whole household's, or those granted to one account. */
export const viewSchema = z.union([z.enum(['mine', 'everyone']), z.strictObject({ accountId: idSchema })])
export type View = z.output<typeof viewSchema>
export type { PhotoFilter }

const PHOTO_STATES = ['pending', 'ready', 'unsupported', 'broken'] as const
const photoStateSchema = z.enum(PHOTO_STATES)
export type PhotoState = z.output<typeof photoStateSchema>

/** What may be done with a photo; each photo travels with which of them its viewer may. */
export const PHOTO_ACTIONS = [
  'download',
  /** date and place */
  'edit',
  'archive',
  'private',
  'trash',
  'share',
  'favourite',
  'rate',
  'caption',
  'tag',
  'captionForAll',
  'tagForAll',
  'album',
] as const
export type PhotoAction = (typeof PHOTO_ACTIONS)[number]

// every key of the record is filled from the closed list
const mayShape = Object.fromEntries(PHOTO_ACTIONS.map((action) => [action, z.boolean()])) as Record<
  PhotoAction,
  z.ZodBoolean
>
const maySchema = z.object(mayShape)
export type PhotoMay = z.output<typeof maySchema>

const monthSchema = z.string().regex(/^\d{4}-\d{2}$/)

/** One month as parallel arrays, in the list's order; entry `n` of each belongs to one photo. */
export const monthPayloadSchema = z.object({
  ids: z.array(z.number()),
  versions: z.array(z.number()),
  /** local wall clock, `YYYY-MM-DDTHH:mm:ss.sss`; of when it was added, on the host's clock, in the list of what was added last */
  takenAt: z.array(z.string()),
  /** width / height after orientation; 1 where unknown */
  ratios: z.array(z.number()),
  /** hexadecimal, or null until one was made */
  thumbhashes: z.array(z.string().nullable()),
  states: z.array(photoStateSchema),
  kinds: z.array(z.enum(['image', 'raw', 'video'])),
  /** what may be done with them: each answer once, as most photos share theirs */
  may: z.array(maySchema),
  /** for each photo its place in `may`; null where all have the first */
  mayOf: z.array(z.number()).nullable(),
  /** ids of those that are favourites of the caller */
  favourites: z.array(z.number()),
})
export type MonthPayload = z.output<typeof monthPayloadSchema>

const seerSchema = z.object({
  accountId: idSchema,
  name: z.string().nullable(),
  by: z.enum(['folder', 'household']),
})

export const photoSchema = z.object({
  id: idSchema,
  version: z.number(),
  kind: z.enum(['image', 'raw', 'video']),
  state: photoStateSchema,
  /** a reason code for `unsupported` and `broken` */
  stateReason: z.string().nullable(),
  fileName: z.string(),
  /** the directory it lies in: for those who administer the host's path, for others below the folder they were given; null while the household
   * has switched `folders` off */
  folder: z.string().nullable(),
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
  /** degrees (WGS 84) and metres; null also while the household has switched `places` off */
  gps: z.object({ latitude: z.number(), longitude: z.number(), altitude: z.number().nullable() }).nullable(),
  ...correctedSchema,
  /** everybody who sees it: by a folder of theirs, or as admins, who see every folder of the household; `name` is null for an admin without a
   * display name, told to who is none */
  seenBy: z.array(seerSchema),
  /** kept out of the lists, but findable under what is archived */
  archived: z.boolean(),
  /** kept from viewers and shares, and out of the lists */
  private: z.boolean(),
  may: maySchema,
  /** what the caller added; neutral while the household has switched that feature off */
  favourite: z.boolean(),
  /** 0 (none) to 5 */
  rating: z.number(),
  caption: z.string(),
  /** “for everyone with this folder”; empty where there is none */
  sharedCaption: z.string(),
  /** the caller's own and those for everyone, by their names */
  tags: z.array(z.object({ id: idSchema, path: z.array(z.string()), shared: z.boolean() })),
  /** the caller's own that it is in, by their titles */
  albums: z.array(z.object({ id: idSchema, title: z.string() })),
})
export type Photo = z.output<typeof photoSchema>

/** How many photos a list holds; null where it is not for this account, or the household has switched it off. */
const shelfSchema = z.number().nullable()

const marksInput = z
  .strictObject({
    ids: photoIdsSchema,
    archived: z.boolean().optional(),
    private: z.boolean().optional(),
  })
  .refine((marks) => marks.archived !== undefined || marks.private !== undefined, because('required'))
export type Marks = z.output<typeof marksInput>

export const monthsSchema = z.object({
  months: z.array(z.object({ month: monthSchema, count: z.number() })),
})

/** Which part of a month. */
export const pageSchema = z.strictObject({
  month: monthSchema,
  /** the last photo of the page before; a page with fewer than `limit` photos was the last one */
  after: z.strictObject({ takenAt: z.string().max(23), id: idSchema }).optional(),
  limit: z.int().min(1).max(MONTH_PAGE).optional(),
})

export const photosContract = {
  /** The months of a list, newest first. Without a filter it is the timeline. */
  'timeline.months': {
    input: z.strictObject({ view: viewSchema.optional(), filter: filterSchema.optional() }),
    output: monthsSchema,
  },
  'timeline.month': {
    input: pageSchema.extend({ view: viewSchema.optional(), filter: filterSchema.optional() }),
    output: monthPayloadSchema,
  },
  /**
   * How many photos there are in each list that needs no further choice, how many have a rating at all (`rated`), and how many tags there are
   * to choose among. `today`: `MM-DD` as the one who looks calls it.
   */
  'library.shelves': {
    input: z.strictObject({ view: viewSchema.optional(), today: dayOfYearSchema }),
    output: z.object({
      favourites: shelfSchema,
      recent: shelfSchema,
      onThisDay: shelfSchema,
      archived: shelfSchema,
      private: shelfSchema,
      offline: shelfSchema,
      failed: shelfSchema,
      rated: shelfSchema,
      /** null while the household has switched tags off */
      tags: z.number().nullable(),
    }),
  },
  'photos.get': { input: z.strictObject({ id: idSchema }), output: photoSchema },
  /**
   * Who goes on seeing photos when they are archived or private, as `seenBy` of `photos.get` tells it; `count`: how many of them that account
   * sees. All of the photos or none.
   */
  'photos.seenWhenHidden': {
    input: z.strictObject({ ids: photoIdsSchema }),
    output: z.object({ seenBy: z.array(seerSchema.extend({ count: z.number() })) }),
  },
  /**
   * Marks photos as archived or private, or takes the mark away: all of them or none. `changed`: those that were marked otherwise
   * before; `undo`: inputs of this procedure that bring back what was.
   */
  'photos.update': {
    input: marksInput,
    output: z.object({ changed: z.array(idSchema), undo: z.array(marksInput) }),
  },
}

export { MEDIA_KINDS }

export const mediaInputSchema = z.strictObject({
  kind: z.enum(MEDIA_KINDS),
  id: idSchema,
  version: z.string(),
})
export type MediaInput = z.output<typeof mediaInputSchema>

/** The same as a link shows it; `original` is what may be saved of it. */
export const heldMediaInputSchema = mediaInputSchema.extend({ share: idSchema })
export type HeldMediaInput = z.output<typeof heldMediaInputSchema>
