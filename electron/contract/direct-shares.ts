import { z } from 'zod'
import { because, emptySchema, idSchema, photoIdsSchema } from './fields.ts'
import { directOptions, isOneThing } from './shares.ts'

/** Accounts that one call names. */
const accountIdsSchema = z.array(idSchema).min(1).max(100)

const changeSchema = z.strictObject({ id: idSchema, accountIds: accountIdsSchema })

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
        options: z.strictObject(directOptions).default({}),
      })
      .refine(isOneThing, because('share_one_of')),
    output: z.object({ id: idSchema }),
  },
  'shares.addPeople': { input: changeSchema, output: emptySchema },
  /** They see it no more, at once; with the last of them the share ends. */
  'shares.removePeople': { input: changeSchema, output: emptySchema },
}
