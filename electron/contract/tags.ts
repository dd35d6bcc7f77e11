import { z } from 'zod'
import { because, idSchema, photoIdsSchema } from './fields.ts'
import { NAME_MAX, tagPath, text } from './overlays.ts'
import { viewSchema } from './photos.ts'

/** Most tags that one call puts on, and most that it takes off. */
const TAGS_AT_ONCE = 20

const taggingInput = z
  .strictObject({
    ids: photoIdsSchema,
    /** tags by the names that lead to them; those that are missing are made */
    add: z.array(tagPath).max(TAGS_AT_ONCE).optional(),
    /** ids of tags */
    remove: z.array(idSchema).max(TAGS_AT_ONCE).optional(),
    /** whether tags “for everyone with this folder” are meant; else the caller's own */
    shared: z.boolean().optional(),
  })
  .refine(({ add = [], remove = [] }) => add.length + remove.length > 0, because('required'))
export type TaggingInput = z.output<typeof taggingInput>

const nameSchema = text(NAME_MAX)
  .transform((name) => name.trim())
  .refine((name) => name !== '', because('required'))

export const tagsContract = {
  /**
   * Puts tags on photos and takes others off, all or none. A tag that is on no photo any more, nor above one that is, goes. An account has
   * 100 tags at most on a photo. `changed` and `undo` as with `photos.overlay`.
   */
  'photos.tag': {
    input: taggingInput,
    output: z.object({ changed: z.array(idSchema), undo: z.array(taggingInput) }),
  },
  /** The caller's own tags, and those for everyone that photos of this view have or that lead to one of these; parents first. */
  'tags.list': {
    input: z.strictObject({ view: viewSchema.optional() }),
    output: z.object({
      tags: z.array(
        z.object({
          id: idSchema,
          parentId: idSchema.nullable(),
          name: z.string(),
          shared: z.boolean(),
          /** photos of the view with this tag, and with it or one below it */
          count: z.number(),
          deepCount: z.number(),
          /** `edit`: rename, move, remove */
          may: z.object({ edit: z.boolean() }),
        }),
      ),
    }),
  },
  /**
   * Renames or moves a tag, with those below it. Where there is one of that name already, both become that one, and so do those below them:
   * that can't be undone. Tags for everyone are changed by those who may change every photo of the household.
   */
  'tags.update': {
    input: z
      .strictObject({
        id: idSchema,
        name: nameSchema.optional(),
        /** null: at the top */
        parentId: idSchema.nullable().optional(),
      })
      .refine(({ name, parentId }) => name !== undefined || parentId !== undefined, because('required')),
    /** the tag it is now */
    output: z.object({ id: idSchema, merged: z.boolean() }),
  },
  /**
   * Takes a tag and those below it off every photo. `photos`: how many of those that the caller reaches; `undo`: inputs of `photos.tag` that
   * put them on these again.
   */
  'tags.remove': {
    input: z.strictObject({ id: idSchema }),
    output: z.object({ photos: z.number(), undo: z.array(taggingInput) }),
  },
}
