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

/**
 * Years with their labels, and dots for months between them where there is room, for a scrubber `height` tall. Where years
 * crowd, those with more photos are named, and always the newest.
 */
export function scrubberMarks(geometry: Geometry, height: number): Mark[] {
  const years: (Mark & { photos: number })[] = []
  const dots: Mark[] = []
  geometry.months.forEach(({ month, count }, index) => {
    const y = positionOfMonth(geometry, index) * height
    const year = years.at(-1)
    if (year?.label === month.slice(0, 4)) {
      year.photos += count
      dots.push({ kind: 'month', label: month, y })
    } else years.push({ kind: 'year', label: month.slice(0, 4), y, photos: count })
  })
  const [newest, ...others] = years
  const shown: Mark[] = newest ? [newest] : []
  for (const mark of others.sort((a, b) => b.photos - a.photos))
    if (mark.y <= height && isFree(shown, mark, YEAR_SPACE)) shown.push(mark)
  for (const dot of dots) {
    const beside = shown.filter(({ kind }) => kind === 'year')
    if (isFree(beside, dot, YEAR_SPACE / 2 + 3) && isFree(shown, dot, DOT_SPACE)) shown.push(dot)
  }
  return shown
}

const isFree = (marks: readonly Mark[], { y }: Mark, space: number) =>
  marks.every((mark) => Math.abs(mark.y - y) >= space)

const countOf = (geometry: Geometry, month: number) => geometry.months[month]?.count ?? 0
const clamp = (position: number) => Math.min(1, Math.max(0, position))
