import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Read } from '../../db/connect.ts'
import { settings } from '../../db/schema.ts'

/**
 * Days on which Mantel ran and saw an account deleted, before what is kept of it may go. The clock alone does not decide: one that leaps
 * ahead by a year counts one day, as every day does, so that yesterday's deletion stays restorable once the clock is right again.
 */
export const DAYS_SEEN = 7

/** The key of the settings that the days are kept under. */
export const DAYS_STORED_AS = 'accounts.daysDeleted'

const dayCount = z.object({ onlineDays: z.number(), onlineDayAt: z.number().nullable() })
const daysSchema = z.record(z.string(), dayCount)
/** By the account's id. */
export type Days = z.output<typeof daysSchema>

/** What can't be read counts as nothing: days are counted anew then, and things kept for longer. */
export async function readDays(read: Read): Promise<Days> {
  const [row] = await read.select().from(settings).where(eq(settings.key, DAYS_STORED_AS))
  return daysSchema.safeParse(row?.value).data ?? {}
}
