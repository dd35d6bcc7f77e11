import { z } from 'zod'
import type { LinkReader } from '../access/links.ts'
import { requireMay } from '../access/photo-actions.ts'
import { holder, looking } from '../access/policies.ts'
import type { AccountPrincipal } from '../access/principal.ts'
import { reachableScope } from '../access/scope.ts'
import { heldMediaInputSchema, mediaInputSchema } from '../contract/photos.ts'
import type { Read } from '../db/connect.ts'
import { findPhoto } from '../domain/library/photo.ts'
import { findInList, photosOfLink, savesOf } from '../domain/sharing/content.ts'
import { findHeld } from '../domain/sharing/find-link.ts'
import { notFound } from '../lib/refusal.ts'
import { archiveProcedures } from './archive.ts'
import { cardProcedures } from './card.ts'
import { fileDescriptionSchema } from './file-description.ts'
import { procedure } from './procedure.ts'
import { receivingProcedures } from './receiving.ts'

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

/** The same as a link shows it. */
async function findHeldForBytes(
  db: Read,
  by: LinkReader,
  { id, kind, share }: z.output<typeof heldMediaInputSchema>,
  now: number,
) {
  const { link, scope } = await findHeld(db, by, share, now)
  const found = await findInList(db, await photosOfLink(db, link, scope), id)
  if (kind === 'original') requireMay(scope, found.photo, 'download')
  else if (found.photo.state === 'unsupported' || found.photo.state === 'broken') throw notFound()
  return { found, link }
}

/** Procedures that answer with files, and what a link's page tells messengers. No door offers them by name: they travel as bytes under `/media/`, `/zip/`, `/card/` and `/upload/`. */
export const bytesRouter = {
  ...archiveProcedures,
  ...cardProcedures,
  ...receivingProcedures,
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
  'media.openHeld': procedure({
    allow: holder,
    input: heldMediaInputSchema,
    output: fileDescriptionSchema,
    async run({ by, input, services: { db, clock, pictures } }) {
      const { found, link } = await findHeldForBytes(db.read, by, input, clock())
      // pictures that are made carry nothing of what the file says
      const saves = savesOf(link)
      if (input.kind === 'original' && saves === 'picture')
        return { ...(await pictures.clean(found)), inline: true }
      const kind = input.kind === 'original' && saves === 'preview' ? 'preview' : input.kind
      if (kind !== 'original') return { ...(await pictures.rendered(found, kind)), inline: true }
      const original = await pictures.original(found)
      return { ...original, inline: INLINE_MIMES.includes(original.mime) }
    },
  }),
  'media.mayHeld': procedure({
    allow: holder,
    input: heldMediaInputSchema,
    output: z.object({}),
    async run({ by, input, services: { db, clock } }) {
      await findHeldForBytes(db.read, by, input, clock())
      return {}
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
