import { type Geometry, heightOf, monthAt, monthOfOrdinal } from './geometry.ts'

/**
 * The scrubber counts photos, not pixels, so its marks stand still while months are laid out. Position 0 shows the
 * timeline's start at the top of the view, position 1 its end at the bottom: the line that is read off moves from the
 * view's top to its bottom in between.
 */
export function positionToVirtual(geometry: Geometry, position: number, viewport: number): number {
  const scrollable = geometry.total - viewport
  if (scrollable <= 0 || geometry.photos === 0) return 0
  const ordinal = clamp(position) * geometry.photos
  const month = monthOfOrdinal(geometry, ordinal)
  const within = (ordinal - (geometry.photosBefore[month] ?? 0)) / Math.max(1, countOf(geometry, month))
  const line = (geometry.tops[month] ?? 0) + within * heightOf(geometry, month)
  return Math.min(scrollable, (line * scrollable) / geometry.total)
}

/** The inverse of {@link positionToVirtual}: `v` is the virtual pixel at the view's top. */
export function virtualToPosition(geometry: Geometry, v: number, viewport: number): number {
  const scrollable = geometry.total - viewport
  if (scrollable <= 0 || geometry.photos === 0) return 0
  const line = (Math.min(Math.max(0, v), scrollable) * geometry.total) / scrollable
  const month = monthAt(geometry, line)
  const height = heightOf(geometry, month)
  const within = height > 0 ? (line - (geometry.tops[month] ?? 0)) / height : 0
  return clamp(((geometry.photosBefore[month] ?? 0) + within * countOf(geometry, month)) / geometry.photos)
}

/** The month a scrubber position stands for; -1 when there is none. */
export function monthAtPosition(geometry: Geometry, position: number): number {
  const ordinal = Math.min(clamp(position) * geometry.photos, Math.max(0, geometry.photos - 1))
  return monthOfOrdinal(geometry, ordinal)
}

/** Where month `month` begins on the scrubber; a hair later, so that rounding never lands in the month before. */
export function positionOfMonth(geometry: Geometry, month: number): number {
  if (geometry.photos === 0) return 0
  const before = geometry.photosBefore[month] ?? 0
  return Math.min(1, (before + Math.min(0.01, countOf(geometry, month) / 2)) / geometry.photos)
}

export interface Mark {
  kind: 'year' | 'month'
  /** `YYYY` or `YYYY-MM` */
  label: string
  /** pixels from the scrubber's top */
  y: number
}

/** Between a year's label and any other mark. */
const YEAR_SPACE = 22
/** Between two dots. */
const DOT_SPACE = 7

/** Years with their labels, and dots for months between them where there is room, for a scrubber `height` tall. */
export function scrubberMarks(geometry: Geometry, height: number): Mark[] {
  const years: Mark[] = []
  const dots: Mark[] = []
  let seen = ''
  geometry.months.forEach(({ month }, index) => {
    const y = positionOfMonth(geometry, index) * height
    const year = month.slice(0, 4)
    if (year === seen) dots.push({ kind: 'month', label: month, y })
    else if (y <= height - YEAR_SPACE / 2 || years.length === 0) years.push({ kind: 'year', label: year, y })
    seen = year
  })
  const shown = thinOut(years, YEAR_SPACE)
  const free = dots.filter((dot) => shown.every((mark) => Math.abs(mark.y - dot.y) >= YEAR_SPACE / 2 + 3))
  return [...shown, ...thinOut(free, DOT_SPACE)]
}

/** Drops marks that would stand closer than `space` below one that is kept. */
function thinOut(marks: readonly Mark[], space: number): Mark[] {
  const kept: Mark[] = []
  for (const mark of marks) {
    const last = kept.at(-1)
    if (!last || mark.y - last.y >= space) kept.push(mark)
  }
  return kept
}

const countOf = (geometry: Geometry, month: number) => geometry.months[month]?.count ?? 0
const clamp = (position: number) => Math.min(1, Math.max(0, position))
