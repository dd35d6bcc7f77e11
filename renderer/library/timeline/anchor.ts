import { type Geometry, monthAt, photoSpan } from './geometry.ts'
import { lineAt } from './layout.ts'
import type { ReadyMonth } from './shelf.ts'

/**
 * What is held still on screen while the timeline around it changes: a photo, and how far its top lies below the top of
 * what is visible. Null stands for the timeline's start, which stays the start when newer photos arrive.
 */
export interface Anchor {
  /** `YYYY-MM` */
  month: string
  /** null while its month is not loaded: then `index` says which one */
  id: number | null
  index: number
  /** pixels; negative when its top is scrolled out */
  offset: number
}

/** A month that is laid out, or null. */
export type Ready = (month: string) => ReadyMonth | null

/**
 * The anchor for a view whose top shows virtual pixel `v`.
 * @param without photos that it shall not be, where there are others
 */
export function takeAnchor(
  geometry: Geometry,
  ready: Ready,
  v: number,
  without?: ReadonlySet<number>,
): Anchor | null {
  const at = monthAt(geometry, v)
  const entry = geometry.months[at]
  if (v <= 0 || !entry) return null
  const top = geometry.tops[at] ?? 0
  const known = ready(entry.month)
  if (known) {
    const first = known.layout.firsts[lineAt(known.layout, v - top)] ?? 0
    const other = without ? known.data.ids.findIndex((id, at) => at >= first && !without.has(id)) : first
    const index = other < 0 ? first : other
    const offset = photoSpan(geometry, at, index, known.layout).top - v
    return { month: entry.month, id: known.data.ids[index] ?? null, index, offset }
  }
  const height = (geometry.tops[at + 1] ?? top) - top
  const index = height > 0 ? Math.floor(((v - top) / height) * entry.count) : 0
  return { month: entry.month, id: null, index, offset: photoSpan(geometry, at, index, null).top - v }
}

/** The virtual pixel that has to be at the view's top for the anchor to stay where it was. */
export function findAnchor(geometry: Geometry, ready: Ready, anchor: Anchor | null): number {
  if (!anchor) return 0
  const at = geometry.months.findIndex(({ month }) => month <= anchor.month)
  const entry = geometry.months[at]
  // everything left is newer: the end is nearest
  if (!entry) return geometry.total
  if (entry.month !== anchor.month) return geometry.tops[at] ?? 0
  const known = ready(anchor.month)
  const found = anchor.id === null ? -1 : (known?.data.ids.indexOf(anchor.id) ?? -1)
  const index = Math.min(found >= 0 ? found : anchor.index, Math.max(0, entry.count - 1))
  return photoSpan(geometry, at, index, known?.layout ?? null).top - anchor.offset
}
