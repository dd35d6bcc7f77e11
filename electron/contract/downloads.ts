import { z } from 'zod'
import { because, idSchema } from './fields.ts'
import { text } from './overlays.ts'
import { filterSchema } from './photo-filter.ts'
import { viewSchema } from './photos.ts'
import { DOWNLOAD_MOST } from './values.ts'

const idsSchema = z.array(idSchema).min(1).max(DOWNLOAD_MOST, because('download_too_many'))

const beginInput = z
  .strictObject({
    ids: idsSchema.optional(),
    /** all photos of a list, in its order */
    list: z.strictObject({ view: viewSchema.optional(), filter: filterSchema.optional() }).optional(),
    /** what the archive is called; the days that the photos were taken on where left out */
    title: text(200).optional(),
  })
  .refine(({ ids, list }) => (ids === undefined) !== (list === undefined), because('required'))

const archiveSchema = z.object({
  /** a secret of 256 random bits */
  id: z.string(),
  count: z.number(),
  /** how large it will be, about */
  bytes: z.number(),
  /** photos that are left out */
  leftOut: z.number(),
})

/**
 * Makes an archive of many photos ready: for some minutes whoever asked finds it under `zipUrl`. Photos that may not be saved are left out;
 * refused where none is left.
 */
export const downloadsContract = {
  'downloads.begin': { input: beginInput, output: archiveSchema },
  /** Of what a link holds, as it allows; all of it where no ids are named. */
  'shares.download': {
    input: z.strictObject({ share: idSchema, ids: idsSchema.optional() }),
    /** `bytes`: null where nobody knows before the pictures are made */
    output: archiveSchema.extend({ bytes: z.number().nullable() }),
  },
}

/** What they answered. */
export const zipInputSchema = z.strictObject({ id: z.string().max(100) })
export const heldZipInputSchema = zipInputSchema.extend({ share: idSchema })
