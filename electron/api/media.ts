import { z } from 'zod'
import { requireMay } from '../access/photo-actions.ts'
import { looking } from '../access/policies.ts'
import type { AccountPrincipal } from '../access/principal.ts'
import { reachableScope } from '../access/scope.ts'
import { mediaInputSchema } from '../contract/photos.ts'
import type { Read } from '../db/connect.ts'
import { findPhoto } from '../domain/library/photo.ts'
import { notFound } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'

/** A file that the caller may have; doors stream it and decide nothing. */
const fileDescriptionSchema = z.object({
  /** absolute, on the host */
  path: z.string(),
  mime: z.string(),
  /** what it is called when saved */
  fileName: z.string(),
  /** without quotes; changes with the bytes */
  etag: z.string(),
  /** of a file in a folder: which, and in which state the file was */
  original: z
    .object({
      folder: z.object({ path: z.string(), device: z.string(), inode: z.string() }),
      stamp: z.object({ size: z.number(), mtimeMs: z.number(), device: z.string(), inode: z.string() }),
    })
    .nullable(),
  /** whether a browser may show it in place: pictures it can't run code from */
  inline: z.boolean(),
})
export type FileDescription = z.output<typeof fileDescriptionSchema>

/** Kinds that browsers show as pictures; anything else, HTML or SVG in disguise too, is only offered for saving. */
const INLINE_MIMES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']

/** The photo whose bytes the caller may have. Throws {@link Refusal}; looks at nothing but the index. */
async function findForBytes(db: Read, by: AccountPrincipal, { id, kind }: z.output<typeof mediaInputSchema>) {
  const scope = await reachableScope(db, by)
  const found = await findPhoto(db, scope, id)
  if (!found) throw notFound()
  if (kind === 'original') requireMay(scope, found.photo, 'download')
  else if (found.photo.state === 'unsupported' || found.photo.state === 'broken') throw notFound()
  return found
}

/** Procedures that answer with files. No door offers them by name: they travel as bytes under `/media/`. */
export const bytesRouter = {
  'media.open': procedure({
    allow: looking,
    input: mediaInputSchema,
    output: fileDescriptionSchema,
    async run({ by, input, services: { db, pictures } }) {
      const found = await findForBytes(db.read, by, input)
      if (input.kind !== 'original') return { ...(await pictures.rendered(found, input.kind)), inline: true }
      const original = await pictures.original(found)
      return { ...original, inline: INLINE_MIMES.includes(original.mime) }
    },
  }),
  /** Whether the caller may still have what `media.open` described: asked again and again while it is under way, without touching the disk. */
  'media.may': procedure({
    allow: looking,
    input: mediaInputSchema,
    output: z.object({}),
    async run({ by, input, services: { db } }) {
      await findForBytes(db.read, by, input)
      return {}
    },
  }),
}
