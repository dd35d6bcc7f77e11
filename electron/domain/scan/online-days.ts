import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { areas } from '../../db/schema.ts'

/** Days online for which a missing file is kept (product §4). */
export const daysKept = 30

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/**
 * So much short of a day still counts as one: a scan that starts at three every night ends now earlier, now later. Days do not
 * get shorter by that: one counted early still begins a whole day after the one before it.
 */
const earlyMs = 4 * hourMs

/** Days counted, and when the last of them began (epoch milliseconds, null before the first). */
interface OnlineDays {
  onlineDays: number
  onlineDayAt: number | null
}

/**
 * What an area's days come to when a scan finds it online at `now`: one more at most, however many scans a day brings and
 * however far a clock leaps. A clock that was set back takes back as many days as it went back, {@link daysKept} at most,
 * so that the count may fall below zero: whatever was counted on those is in doubt, and keeping a file for
 * longer does no harm.
 */
export function countDay(days: OnlineDays, now: number): OnlineDays {
  const { onlineDays, onlineDayAt } = days
  if (onlineDayAt === null) return { onlineDays: onlineDays + 1, onlineDayAt: now }
  const passed = now - onlineDayAt
  // A day counted early begins in the future; clocks that waver by little more than that are left alone.
  if (passed < -2 * earlyMs)
    return { onlineDays: onlineDays - Math.min(Math.ceil(-passed / dayMs), daysKept), onlineDayAt: now }
  if (passed < dayMs - earlyMs) return days
  return { onlineDays: onlineDays + 1, onlineDayAt: passed < dayMs ? onlineDayAt + dayMs : now }
}

/** Counts the day for an area whose scan came to its end online at `now`. */
export async function countAreaDay(tx: Tx, areaId: number, now: number): Promise<void> {
  const [area] = await tx
    .select({ onlineDays: areas.onlineDays, onlineDayAt: areas.onlineDayAt })
    .from(areas)
    .where(eq(areas.id, areaId))
  if (area) await tx.update(areas).set(countDay(area, now)).where(eq(areas.id, areaId))
}
