import { z } from 'zod'
import { opener } from '../access/policies.ts'
import { LANGUAGES } from '../contract/values.ts'
import { cardOf, photoOnCard } from '../domain/sharing/card.ts'
import { findByToken } from '../domain/sharing/open.ts'
import { notFound } from '../lib/refusal.ts'
import { fileDescriptionSchema } from './file-description.ts'
import { procedure } from './procedure.ts'

const cardInput = z.strictObject({ token: z.string().max(200) })

const cardSchema = z.object({
  locked: z.boolean(),
  title: z.string(),
  by: z.string(),
  description: z.string(),
  cover: z.object({ version: z.number() }).nullable(),
  language: z.enum(LANGUAGES),
})
export type CardDescription = z.output<typeof cardSchema>

/**
 * What messengers show of a link's address, asked for by robots that have no cookie: nobody opens anything by it, and no view is used up.
 * Guesses count as those of opening do.
 */
export const cardProcedures = {
  'card.describe': procedure({
    allow: opener,
    input: cardInput,
    output: cardSchema,
    async run({ input, caller: { address }, services }) {
      const link = await findByToken(services, { ...input, address })
      return cardOf(services.db.read, link, services.clock())
    },
  }),
  'card.open': procedure({
    allow: opener,
    input: cardInput,
    output: fileDescriptionSchema,
    async run({ input, caller: { address }, services }) {
      const { db, clock, pictures } = services
      const photo = await photoOnCard(db.read, await findByToken(services, { ...input, address }), clock())
      if (!photo) throw notFound()
      return { ...(await pictures.rendered(photo, 'thumb')), inline: true }
    },
  }),
}
