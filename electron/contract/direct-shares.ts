import { z } from 'zod'
import { because, emptySchema, idSchema, photoIdsSchema } from './fields.ts'
import { directOptions, isOneThing } from './shares.ts'
import { SHARE_PARTS } from './values.ts'

/** Accounts that one call names. */
const accountIdsSchema = z.array(idSchema).min(1).max(100)

const changeSchema = z.strictObject({ id: idSchema, accountIds: accountIdsSchema })

/** `contributor` is for albums alone */
const partSchema = z.enum(SHARE_PARTS)

const contributionSchema = z.strictObject({ share: idSchema, photoIds: photoIdsSchema })

/** Sharing with named accounts. What becomes of it afterwards (terms, list, end, what it shows) are the procedures of links. */
export const directSharesContract = {
  /** Whom the caller may share with: accounts that may log in, by name. */
  'shares.people': {
    input: emptySchema,
    output: z.object({
      people: z.array(z.object({ id: idSchema, username: z.string(), name: z.string() })),
    }),
  },
  /**
   * Shares an album, a folder or photos with accounts. What the caller shares of the same album or folder with others already goes to these too,
   * on the terms it has or that are given.
   */
  'shares.shareWith': {
    input: z
      .strictObject({
        albumId: idSchema.optional(),
        photoIds: photoIdsSchema.optional(),
        /** a directory, with those below it */
        folderId: idSchema.optional(),
        accountIds: accountIdsSchema,
        part: partSchema.default('viewer'),
        options: z.strictObject(directOptions).default({}),
      })
      .refine(isOneThing, because('share_one_of')),
    output: z.object({ id: idSchema }),
  },
  /** Who has it already keeps the part they have. */
  'shares.addPeople': {
    input: changeSchema.extend({ part: partSchema.default('viewer') }),
    output: emptySchema,
  },
  /** Whether people who have it may add photos; what they added stays. */
  'shares.setPart': { input: changeSchema.extend({ part: partSchema }), output: emptySchema },
  /** They see it no more, at once; with the last of them the share ends. */
  'shares.removePeople': { input: changeSchema, output: emptySchema },

  /**
   * Adds photos to an album of somebody else, by whom the caller was made a contributor: those that the caller may share. They are shown to whom the
   * album is shared with by name, and its owner, for as long as the caller may share them. `added`: those that it did not show before.
   */
  'shares.contribute': { input: contributionSchema, output: z.object({ added: z.array(idSchema) }) },
  /** Takes photos that were added so out again: one's own, or as the album's owner anybody's; others are left alone. */
  'shares.withdraw': { input: contributionSchema, output: z.object({ withdrawn: z.array(idSchema) }) },
  /** Undoes what the caller withdrew, as far as it may withdraw or add it still. */
  'shares.bringBack': { input: contributionSchema, output: z.object({ broughtBack: z.array(idSchema) }) },
}
