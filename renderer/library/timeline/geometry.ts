import type { MonthLayout } from './layout.ts'
import { lineOf, tilesTop } from './layout.ts'

/** A month as `timeline.months` counts it. */
export interface MonthCount {
  /** `YYYY-MM` */
  month: string
  count: number
}

/**
 * Where months lie in the timeline, in CSS pixels from its start ("virtual" pixels: a million photos make some
 * 50 million of them, more than an element may be tall), and how many photos come before each.
 */
export interface Geometry {
  months: readonly MonthCount[]
  /** one entry more than months: the last is the total height */
  tops: Float64Array
  /** one entry more than months: the last is the number of photos */
  photosBefore: Float64Array
  total: number
  photos: number
}

/** Stacks the months; `heightOf` is the laid out height where there is one, else a guess. */
export function stackMonths(
  months: readonly MonthCount[],
  heightOf: (month: MonthCount) => number,
): Geometry {
  const tops = new Float64Array(months.length + 1)
  const photosBefore = new Float64Array(months.length + 1)
  months.forEach((month, index) => {
    tops[index + 1] = (tops[index] ?? 0) + heightOf(month)
    photosBefore[index + 1] = (photosBefore[index] ?? 0) + month.count
  })
  return {
    months,
    tops,
    photosBefore,
    total: tops[months.length] ?? 0,
    photos: photosBefore[months.length] ?? 0,
  }
}

/** Index of the month at virtual pixel `v`, clamped to the first and last; -1 when there is none. */
export function monthAt(geometry: Geometry, v: number): number {
  return lastAtMost(geometry.tops, v, geometry.months.length)
}

/** Index of the month the `ordinal`-th photo of the timeline is in, clamped. */
export function monthOfOrdinal(geometry: Geometry, ordinal: number): number {
  return lastAtMost(geometry.photosBefore, ordinal, geometry.months.length)
}

/** How tall a month is taken to be. */
export const heightOf = (geometry: Geometry, month: number) =>
  (geometry.tops[month + 1] ?? 0) - (geometry.tops[month] ?? 0)

/** Virtual top and height of photo `index` of a month; a guess within the month while it has no layout. */
export function photoSpan(
  geometry: Geometry,
  month: number,
  index: number,
  layout: MonthLayout | null,
): { top: number; height: number } {
  const top = geometry.tops[month] ?? 0
  if (layout) {
    const line = lineOf(layout, index)
    return { top: top + tilesTop(layout, line), height: layout.heights[line] ?? 0 }
  }
  const count = Math.max(1, geometry.months[month]?.count ?? 1)
  return { top: top + (heightOf(geometry, month) * index) / count, height: 0 }
}

function lastAtMost(sorted: ArrayLike<number>, value: number, length: number): number {
  let low = 0
  let high = length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return high < 0 ? -1 : low
}
