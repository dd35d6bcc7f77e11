import type { Month } from '../month.ts'
import type { Place } from './focus-move.ts'
import type { MonthCount } from './geometry.ts'

/**
 * The month to look in for a day, newest months first: its own, else the newest before it; where all photos are of later months, the
 * oldest of those. -1 when there is none.
 */
export function monthForDay(months: readonly MonthCount[], day: string): number {
  const found = months.findIndex(({ month }) => month <= day.slice(0, 7))
  return found < 0 ? months.length - 1 : found
}

/**
 * The first photo of a day; where there is none, that of the day before which photos were taken last, and where there is no such day either,
 * the oldest photo there is.
 * @param at index of the month that {@link monthForDay} names, and `month` its photos
 */
export function placeOfDay(months: readonly MonthCount[], at: number, month: Month, day: string): Place {
  const found = month.days.find(({ date }) => date <= day)
  if (found) return { month: at, index: found.first }
  return at + 1 < months.length
    ? { month: at + 1, index: 0 }
    : { month: at, index: month.days.at(-1)?.first ?? 0 }
}
