import { z } from 'zod'
import { emptySchema, idSchema, usernameSchema } from './fields.ts'
import { REMOVAL_MODES } from './values.ts'

/** What an account added and made. */
const holdingsSchema = z.object({
  favourites: z.number(),
  ratings: z.number(),
  captions: z.number(),
  tags: z.number(),
  albums: z.number(),
  /** albums among them that others are members of */
  albumsOfSeveral: z.number(),
  /** links that were not revoked */
  shares: z.number(),
  appPasswords: z.number(),
})
export type Holdings = z.output<typeof holdingsSchema>

const candidateSchema = z.object({ id: idSchema, username: z.string(), name: z.string() })
export type Candidate = z.output<typeof candidateSchema>

const removedSchema = z.object({
  id: idSchema,
  username: z.string(),
  name: z.string(),
  /** epoch ms, as is `purgeAfter`: until then it can be restored */
  deletedAt: z.number(),
  purgeAfter: z.number(),
  /** days until then, begun ones too */
  daysLeft: z.number(),
  /** somebody else has the username by now: another is needed to restore it */
  usernameTaken: z.boolean(),
  holdings: holdingsSchema,
  photosOnlyTheirs: z.number(),
})
export type RemovedAccount = z.output<typeof removedSchema>

export const removalContract = {
  /**
   * Deletes an account, never a file. `keep`, where nothing is said: what it added is kept for 30 days; `transfer`: its albums and links
   * go to `transferTo`, the rest is kept likewise; `now`: nothing is kept. Answers until when it can be restored (epoch ms), null: never.
   */
  'accounts.remove': {
    input: z.strictObject({
      id: idSchema,
      mode: z.enum(REMOVAL_MODES).optional(),
      transferTo: idSchema.optional(),
    }),
    output: z.object({ restorableUntil: z.number().nullable() }),
  },
  /** A dry run of deleting an account. Refuses what `accounts.remove` would refuse. */
  'accounts.previewRemove': {
    input: z.strictObject({ id: idSchema }),
    output: z.object({
      holdings: holdingsSchema,
      /** photos in folders that are granted to nobody else */
      photosOnlyTheirs: z.number(),
      /** to whom albums and links may be handed */
      candidates: z.array(candidateSchema),
    }),
  },
  /** Deleted accounts that can be restored at this moment, the last deleted first. */
  'accounts.removed': { input: emptySchema, output: z.object({ accounts: z.array(removedSchema) }) },
  /** Gives a deleted account back as it was; `username` in the place of one that somebody else has by now. */
  'accounts.restore': {
    input: z.strictObject({ id: idSchema, username: usernameSchema.optional() }),
    output: z.object({ id: idSchema, username: z.string() }),
  },
  /** Removes at once what is kept of a deleted account. Cannot be undone. */
  'accounts.purge': { input: z.strictObject({ id: idSchema }), output: emptySchema },
}
