import type { Ready } from './anchor.ts'
import type { Place } from './focus-move.ts'
import { type Geometry, monthAt } from './geometry.ts'
import { lineAt, lineOf } from './layout.ts'
import type { ReadyMonth } from './shelf.ts'

/** Lines of a month that are drawn. */
export interface LineSlice extends ReadyMonth {
  kind: 'lines'
  /** `YYYY-MM` */
  month: string
  /** pixels from the canvas' top to the month's */
  top: number
  from: number
  /** exclusive */
  to: number
}

/** The part of a month without layout that is drawn as empty tiles. */
export interface BlankSlice {
  kind: 'blank'
  month: string
  /** pixels from the canvas' top to the month's */
  top: number
  /** pixels from the month's top */
  from: number
  to: number
}

export type Slice = LineSlice | BlankSlice

/** Empty parts grow in steps of this many pixels, so that scrolling over them rarely changes anything. */
const BLANK_STEP = 600

/** A stretch of the timeline, in virtual pixels, and where it lies on the canvas. */
export interface Extent {
  geometry: Geometry
  base: number
  from: number
  to: number
  ready: Ready
}

/** What is drawn of a stretch, in order. */
export function slicesOf({ geometry, base, from, to, ready }: Extent): Slice[] {
  const slices: Slice[] = []
  for (let at = Math.max(0, monthAt(geometry, from)); at < geometry.months.length; at++) {
    const monthTop = geometry.tops[at] ?? 0
    if (monthTop > to) break
    const month = geometry.months[at]?.month ?? ''
    const top = monthTop - base
    const known = ready(month)
    if (!known) {
      const height = (geometry.tops[at + 1] ?? monthTop) - monthTop
      const start = Math.max(0, Math.floor((from - monthTop) / BLANK_STEP) * BLANK_STEP)
      const end = Math.min(height, Math.ceil((to - monthTop) / BLANK_STEP) * BLANK_STEP)
      if (end > start) slices.push({ kind: 'blank', month, top, from: start, to: end })
    } else if (known.layout.heights.length > 0) {
      const start = lineAt(known.layout, from - monthTop)
      const end = lineAt(known.layout, to - monthTop) + 1
      slices.push({ kind: 'lines', month, ...known, top, from: start, to: end })
    }
  }
  return slices
}

/** Adds the line of `pinned` where it is not drawn anyway: the focus must not vanish when it scrolls out of sight. */
export function withPinned(slices: Slice[], pinned: Place, { geometry, base, ready }: Extent): Slice[] {
  const month = geometry.months[pinned.month]?.month ?? ''
  const known = ready(month)
  if (!known || known.layout.heights.length === 0) return slices
  const line = lineOf(known.layout, pinned.index)
  const drawn = slices.some(
    (slice) => slice.kind === 'lines' && slice.month === month && slice.from <= line && line < slice.to,
  )
  if (drawn) return slices
  const top = (geometry.tops[pinned.month] ?? 0) - base
  const extra: LineSlice = { kind: 'lines', month, ...known, top, from: line, to: line + 1 }
  // in the order of the timeline, which is the order screen readers go through
  const at = slices.findIndex((slice) => slice.top > top || (slice.top === top && slice.from > line))
  return at < 0 ? [...slices, extra] : [...slices.slice(0, at), extra, ...slices.slice(at)]
}

/** Whether two lists of slices draw the same. */
export const sameSlices = (a: readonly Slice[], b: readonly Slice[]) =>
  a.length === b.length &&
  a.every((slice, index) => {
    const other = b[index]
    if (!other || slice.kind !== other.kind || slice.month !== other.month) return false
    if (slice.top !== other.top || slice.from !== other.from || slice.to !== other.to) return false
    return slice.kind === 'blank' || (other.kind === 'lines' && slice.layout === other.layout)
  })

/** The first photo whose line begins at or below canvas pixel `y`; null where nothing is laid out. */
export function firstPhotoBelow(
  slices: readonly Slice[],
  y: number,
): { month: string; index: number } | null {
  let last: { month: string; index: number } | null = null
  for (const slice of slices) {
    if (slice.kind === 'blank') continue
    for (let line = slice.from; line < slice.to; line++) {
      last = { month: slice.month, index: slice.layout.firsts[line] ?? 0 }
      if (slice.top + (slice.layout.tops[line] ?? 0) >= y) return last
    }
  }
  return last
}
