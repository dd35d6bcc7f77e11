import { z } from 'zod'
import { emptySchema, idSchema } from './fields.ts'
import { SENDER_NAME_MAX, UPLOAD_NAME_MAX, UPLOADS_AT_ONCE, UPLOADS_LISTED } from './values.ts'

/** A file that somebody sent through a link. */
const heldUploadSchema = z.object({
  id: idSchema,
  /** the link that it came by */
  share: idSchema,
  /** as it will be called in the folder, if nothing there is called so */
  fileName: z.string(),
  sizeBytes: z.number(),
  kind: z.enum(['image', 'video']),
  /** whose account sent it; null for visitors */
  account: z.string().nullable(),
  /** what a visitor calls themselves, which nobody checks; empty where they said nothing */
  senderName: z.string(),
  uploadedAt: z.number(),
  /** of one that was turned down: until when it can be brought back, epoch ms */
  goneAt: z.number().nullable(),
})
export type HeldUpload = z.output<typeof heldUploadSchema>

const uploadIdsSchema = z.array(idSchema).min(1).max(UPLOADS_AT_ONCE)

/** A folder of the household; `name`: its directory's own */
const folderSchema = z.object({ id: idSchema, name: z.string() })

/** What a sender says of a file before it comes; `share`: the link that it is sent through. */
export const beginUploadSchema = z.strictObject({
  share: idSchema,
  name: z.string().min(1).max(UPLOAD_NAME_MAX),
  /** bytes */
  size: z.int().nonnegative(),
  /** when it was last changed where it comes from, epoch ms */
  modified: z.int().nonnegative().max(8_640_000_000_000_000).nullable().default(null),
  /** what a visitor calls themselves */
  sender: z.string().trim().max(SENDER_NAME_MAX).default(''),
})

export type BeginUpload = z.input<typeof beginUploadSchema>

/** A picture of a held file, for whoever decides about it. */
export const heldPictureSchema = z.strictObject({ upload: idSchema, kind: z.enum(['thumb', 'preview']) })
export type HeldPictureInput = z.output<typeof heldPictureSchema>

export const uploadsContract = {
  /** Files that were sent through one's own links, and for admins those meant for their folders: waiting, or `declined`. */
  'uploads.list': {
    input: z.strictObject({
      share: idSchema.optional(),
      declined: z.boolean().optional(),
      limit: z.int().min(1).max(UPLOADS_LISTED).optional(),
    }),
    output: z.object({
      uploads: z.array(heldUploadSchema),
      /** how many there are, listed or not */
      waiting: z.number(),
      declined: z.number(),
      /** the links that these came by. `folderId`: where they go; null: a folder has to be chosen */
      links: z.array(
        z.object({
          id: idSchema,
          name: z.string(),
          folderId: idSchema.nullable(),
          isEnded: z.boolean(),
        }),
      ),
      /** into which the caller may upload */
      folders: z.array(folderSchema),
    }),
  },
  /** Puts files into their link's folder, or into this one; what fails stays held. */
  'uploads.accept': {
    input: z.strictObject({ ids: uploadIdsSchema, folderId: idSchema.optional() }),
    output: z.object({
      accepted: z.array(z.object({ id: idSchema, fileName: z.string() })),
      failed: z.array(z.object({ id: idSchema, reason: z.string() })),
    }),
  },
  /** Turns files down; they can be brought back for some days. */
  'uploads.decline': { input: z.strictObject({ ids: uploadIdsSchema }), output: emptySchema },
  'uploads.restore': { input: z.strictObject({ ids: uploadIdsSchema }), output: emptySchema },
  /** Folders into which the caller may upload, and let others upload through a link. */
  'uploads.folders': { input: emptySchema, output: z.object({ folders: z.array(folderSchema) }) },
}
