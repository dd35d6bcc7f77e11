import { z } from 'zod'
import { account, sender } from '../access/policies.ts'
import { idSchema } from '../contract/fields.ts'
import { beginUploadSchema, heldPictureSchema } from '../contract/uploads.ts'
import { findHeldUpload } from '../domain/uploads/held-pictures.ts'
import { fileDescriptionSchema } from './file-description.ts'
import { procedure } from './procedure.ts'
import { tellOfUploads } from './uploads.ts'

const startedSchema = z.object({ id: z.string() })

/** What is answered for a file that came whole. `known`: the link holds the same content already, which is kept once. */
const finishedSchema = z.object({ state: z.enum(['held', 'known']) })

/** Files that come, and pictures of those that are held. No door offers these by name: they travel as bytes under `/upload/`. */
export const receivingProcedures = {
  /** Begins to take a file; the door fills it by the id that is answered. */
  'uploads.begin': procedure({
    allow: sender,
    input: beginUploadSchema,
    output: startedSchema,
    async run({ by, input: { sender: senderName, ...file }, caller: { address }, services: { uploads } }) {
      return { id: await uploads.begin(by, { ...file, senderName, address }) }
    },
  }),
  /** Whether the caller may still send: asked again and again while a file comes. */
  'uploads.may': procedure({
    allow: sender,
    input: z.strictObject({ share: idSchema }),
    output: z.object({}),
    async run({ by, input: { share }, services: { uploads } }) {
      await uploads.requireMay(by, share)
      return {}
    },
  }),
  'uploads.finish': procedure({
    allow: sender,
    input: z.strictObject({ id: z.string().max(100) }),
    output: finishedSchema,
    async run({ by, input: { id }, services }) {
      const { state, share } = await services.uploads.finish(by, id)
      if (state === 'held') await tellOfUploads(services, [share])
      return { state }
    },
  }),
  'uploads.open': procedure({
    allow: account,
    input: heldPictureSchema,
    output: fileDescriptionSchema,
    async run({ by, input: { upload, kind }, services: { db, uploads } }) {
      const found = await findHeldUpload(db.read, by, upload)
      return { ...(await uploads.pictures.of(found, kind)), inline: true }
    },
  }),
  'uploads.mayOpen': procedure({
    allow: account,
    input: heldPictureSchema,
    output: z.object({}),
    async run({ by, input: { upload }, services: { db } }) {
      await findHeldUpload(db.read, by, upload)
      return {}
    },
  }),
}
