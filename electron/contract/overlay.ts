import { z } from 'zod'
import { because, idSchema, photoIdsSchema } from './fields.ts'
import { CAPTION_MAX, text } from './overlays.ts'

const overlayInput = z
  .strictObject({
    ids: photoIdsSchema,
    favourite: z.boolean().optional(),
    /** 0: none */
    rating: z.int().min(0).max(5).optional(),
    caption: text(CAPTION_MAX).optional(),
  })
  .refine(
    ({ favourite, rating, caption }) => [favourite, rating, caption].some((value) => value !== undefined),
    because('required'),
  )
export type OverlayInput = z.output<typeof overlayInput>

const sharedCaptionInput = z.strictObject({ ids: photoIdsSchema, caption: text(CAPTION_MAX) })
export type SharedCaptionInput = z.output<typeof sharedCaptionInput>

/**
 * What accounts add to photos. All photos named are changed or none; `changed` are those that were otherwise before, `undo` inputs of the
 * same procedure that bring back what was. `not_found` where a photo is out of reach, `forbidden` where its `may` says no.
 */
export const overlayContract = {
  /** The caller's own: seen by nobody else. Parts that are left out stay. */
  'photos.overlay': {
    input: overlayInput,
    output: z.object({ changed: z.array(idSchema), undo: z.array(overlayInput) }),
  },
  /** “For everyone with this folder”; an empty one takes it away. */
  'photos.sharedCaption': {
    input: sharedCaptionInput,
    output: z.object({ changed: z.array(idSchema), undo: z.array(sharedCaptionInput) }),
  },
}
