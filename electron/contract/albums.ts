import { z } from 'zod'
import { because, emptySchema, idSchema, photoIdsSchema } from './fields.ts'
import { CAPTION_MAX, NAME_MAX, text } from './overlays.ts'
import { viewSchema } from './photos.ts'

const albumSchema = z.object({
  id: idSchema,
  /** the album it lies in */
  parentId: idSchema.nullable(),
  title: z.string(),
  description: z.string(),
  /** `date`: newest first */
  order: z.enum(['date', 'hand']),
  /** photos of the view in it; without a view those of all folders that the caller reaches */
  count: z.number(),
  /** the one that was chosen, else the first; null where the view has none of its photos */
  cover: z
    .object({ id: idSchema, version: z.number(), /** hexadecimal */ thumbhash: z.string().nullable() })
    .nullable(),
  /** when the oldest and the newest were taken, local wall clock */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** `edit`: change it, put photos in and take them out, remove it */
  may: z.object({ edit: z.boolean() }),
})
export type Album = z.output<typeof albumSchema>

const titleSchema = text(NAME_MAX)
  .transform((title) => title.trim())
  .refine((title) => title !== '', because('required'))
const descriptionSchema = text(CAPTION_MAX)

const takeInput = z.strictObject({ id: idSchema, ids: photoIdsSchema })
export type TakeInput = z.output<typeof takeInput>

const addInput = z
  .strictObject({
    id: idSchema,
    ids: photoIdsSchema,
    /** where each stood, to bring back what was taken out; at the end where left out */
    places: z.array(z.strictObject({ position: z.int(), addedAt: z.int().nonnegative() })).optional(),
  })
  .refine(({ ids, places }) => places === undefined || places.length === ids.length, because('malformed'))
export type AddInput = z.output<typeof addInput>

const changeInput = z
  .strictObject({
    id: idSchema,
    title: titleSchema.optional(),
    description: descriptionSchema.optional(),
    /** null: at the top */
    parentId: idSchema.nullable().optional(),
    order: z.enum(['date', 'hand']).optional(),
    /** one of its photos; null: the first */
    coverPhotoId: idSchema.nullable().optional(),
  })
  .refine(
    ({ id: _id, ...parts }) => Object.values(parts).some((value) => value !== undefined),
    because('required'),
  )
export type ChangeInput = z.output<typeof changeInput>

const arrangeInput = z.strictObject({
  id: idSchema,
  /** in the order they are to have */
  ids: photoIdsSchema,
  /** the photo of the album they are put in front of; null: the end */
  before: idSchema.nullable(),
})
export type ArrangeInput = z.output<typeof arrangeInput>

/** Albums of the caller's own: `not_found` for others. Photos stay where they are, and in as many albums as one likes. */
export const albumsContract = {
  /** All of them, in no particular order. */
  'albums.list': {
    input: z.strictObject({ view: viewSchema.optional() }),
    output: z.object({ albums: z.array(albumSchema) }),
  },
  'albums.get': {
    input: z.strictObject({ id: idSchema, view: viewSchema.optional() }),
    output: albumSchema,
  },
  'albums.create': {
    input: z.strictObject({
      title: titleSchema,
      parentId: idSchema.optional(),
      description: descriptionSchema.optional(),
      photoIds: photoIdsSchema.optional(),
    }),
    output: z.object({ id: idSchema }),
  },
  /** Parts that are left out stay. `undo`: an input of this procedure that brings back what was; none where nothing changed. */
  'albums.update': { input: changeInput, output: z.object({ undo: z.array(changeInput) }) },
  /** Removes an album with those below it, for 30 days, in which it can be brought back. No photo is touched. */
  'albums.remove': {
    input: z.strictObject({ id: idSchema }),
    /** albums that went, and photos of the library in them */
    output: z.object({ albums: z.number(), photos: z.number() }),
  },
  /** What was removed and can be brought back, last removed first; what went with an album above it is counted there. */
  'albums.removed': {
    input: emptySchema,
    output: z.object({
      albums: z.array(
        z.object({
          id: idSchema,
          title: z.string(),
          /** with those that went with it */
          albums: z.number(),
          removedAt: z.number(),
          /** at least 1: until it goes for good, it can be brought back */
          daysLeft: z.number(),
          may: z.object({ restore: z.boolean() }),
        }),
      ),
    }),
  },
  /** Brings back an album with those that were removed with it, to where it was, or to the top where that is gone. */
  'albums.restore': { input: z.strictObject({ id: idSchema }), output: emptySchema },
  /** Puts photos in, in the order given, all or none. `changed`: those that were not in it; `undo`: inputs of `albums.take`. */
  'albums.add': {
    input: addInput,
    output: z.object({ changed: z.array(idSchema), undo: z.array(takeInput) }),
  },
  /** Takes photos out, all or none. `changed`: those that were in it; `undo`: inputs of `albums.add` that put each where it stood. */
  'albums.take': {
    input: takeInput,
    output: z.object({ changed: z.array(idSchema), undo: z.array(addInput) }),
  },
  /** Puts photos of an album elsewhere in its order by hand. `changed`: those named, if they were not there already. */
  'albums.arrange': {
    input: arrangeInput,
    output: z.object({ changed: z.array(idSchema), undo: z.array(arrangeInput) }),
  },
}
