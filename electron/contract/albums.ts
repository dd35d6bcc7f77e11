import { z } from 'zod'
import { because, idSchema, photoIdsSchema } from './fields.ts'
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
  /** photos of the view in it */
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
}
