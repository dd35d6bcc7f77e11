import type { LibrarySettings } from '../../contract/library-settings.ts'
import { WEEKDAYS } from '../../contract/values.ts'

type Rescan = LibrarySettings['rescan']

const hourMs = 3_600_000

/**
 * Whether a folder that was last looked through at `lastAt` (null: never) is to be looked through now. Both epoch milliseconds; times
 * of day are the host's. However many moments were missed, one scan makes up for them.
 */
export function isDue(rescan: Rescan, lastAt: number | null, now: number): boolean {
  if (rescan.every === 'never') return false
  if (lastAt === null) return true
  if (rescan.every === 'hours') return now - lastAt >= rescan.hours * hourMs
  return lastAt < lastMoment(rescan, now)
}

/**
 * The last moment at or before `now` that the schedule names. The calendar does the reckoning, so where a clock is put forward over
 * the time of day it is the moment right after the gap, and where it is put back the time counts once.
 */
function lastMoment(rescan: Extract<Rescan, { at: string }>, now: number): number {
  const [hour = 0, minute = 0] = rescan.at.split(':').map(Number)
  for (let daysAgo = 0; ; daysAgo += 1) {
    const moment = new Date(now)
    moment.setDate(moment.getDate() - daysAgo)
    moment.setHours(hour, minute, 0, 0)
    // JavaScript's week begins on Sunday
    const weekday = WEEKDAYS[(moment.getDay() + 6) % 7]
    const isNamed = rescan.every === 'day' || weekday === rescan.day
    if (isNamed && moment.getTime() <= now) return moment.getTime()
  }
}
