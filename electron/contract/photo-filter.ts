import { z } from 'zod'
import { idSchema } from './fields.ts'

/** A day of any year, `MM-DD`. */
export const dayOfYearSchema = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

const deep = z.boolean().optional()

/**
 * Which of the photos that somebody sees a list holds. What an account adds (favourites, ratings, albums, tags of its own) is always that of
 * the account that asks.
 */
export const filterSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('favourites') }),
  z.strictObject({ by: z.literal('rating'), atLeast: z.int().min(1).max(5) }),
  z.strictObject({ by: z.literal('archived') }),
  z.strictObject({ by: z.literal('private') }),
  /** what was added within 30 days, at most the newest 10,000; ordered and grouped by when that was */
  z.strictObject({ by: z.literal('recent') }),
  /** taken on that day of any year */
  z.strictObject({ by: z.literal('onThisDay'), day: dayOfYearSchema }),
  /** whose folders are offline */
  z.strictObject({ by: z.literal('offline') }),
  /** broken, or of a kind this version can't decode */
  z.strictObject({ by: z.literal('failed') }),
  z.strictObject({ by: z.literal('album'), albumId: idSchema }),
  /** a directory on disk; `deep`: with those below it */
  z.strictObject({ by: z.literal('folder'), folderId: idSchema, deep }),
  /** `deep`: with the tags below it */
  z.strictObject({ by: z.literal('tag'), tagId: idSchema, deep }),
])
export type PhotoFilter = z.output<typeof filterSchema>
