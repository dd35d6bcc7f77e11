import { type Geometry, monthAt, photoSpan } from './geometry.ts'
import { lineAt, lineOf, type MonthLayout } from './layout.ts'

/** A photo by its place in the timeline. */
export interface Place {
  /** index into the timeline's months */
  month: number
  /** index within the month */
  index: number
}

/** What moving needs to know of the timeline. */
export interface Surroundings {
  geometry: Geometry
  /** a month's layout, or null while it has none */
  layout(month: number): MonthLayout | null
  /** pixels that PageUp and PageDown go */
  page: number
}

/** Keys that move the focus over the tiles. */
const MOVE_KEYS = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
] as const
export type MoveKey = (typeof MOVE_KEYS)[number]

export const isMoveKey = (key: string): key is MoveKey => MOVE_KEYS.some((known) => known === key)

/**
 * Where a key moves the focus to: left and right along the order of the photos, up and down to the tile that lies
 * nearest on the next line, Home and End to the timeline's ends. Stays where it is at an end.
 */
export function moveFocus(from: Place, key: MoveKey, around: Surroundings): Place {
  const { geometry } = around
  const lastMonth = geometry.months.length - 1
  switch (key) {
    case 'ArrowLeft':
      return step(geometry, from, -1)
    case 'ArrowRight':
      return step(geometry, from, 1)
    case 'ArrowUp':
      return moveByLine(from, -1, around)
    case 'ArrowDown':
      return moveByLine(from, 1, around)
    case 'Home':
      return { month: 0, index: 0 }
    case 'End':
      return { month: lastMonth, index: countOf(geometry, lastMonth) - 1 }
    case 'PageUp':
      return moveByPixels(from, -around.page, around)
    case 'PageDown':
      return moveByPixels(from, around.page, around)
  }
}

/** The photo before (-1) or after (1) in the timeline's order; the same one at its ends. */
function step(geometry: Geometry, from: Place, by: -1 | 1): Place {
  const index = from.index + by
  if (index >= 0 && index < countOf(geometry, from.month)) return { month: from.month, index }
  const month = from.month + by
  if (month < 0 || month >= geometry.months.length) return from
  return { month, index: by > 0 ? 0 : countOf(geometry, month) - 1 }
}

function moveByLine(from: Place, by: -1 | 1, around: Surroundings): Place {
  const layout = around.layout(from.month)
  if (!layout) return step(around.geometry, from, by)
  const line = lineOf(layout, from.index) + by
  const middle = centre(layout, from.index)
  if (line >= 0 && line < layout.heights.length)
    return { month: from.month, index: nearest(layout, line, middle) }
  const month = from.month + by
  if (month < 0 || month >= around.geometry.months.length) return from
  const next = around.layout(month)
  const count = countOf(around.geometry, month)
  if (!next) return { month, index: by > 0 ? 0 : count - 1 }
  return { month, index: nearest(next, by > 0 ? 0 : next.heights.length - 1, middle) }
}

function moveByPixels(from: Place, pixels: number, around: Surroundings): Place {
  const { geometry } = around
  const here = around.layout(from.month)
  const span = photoSpan(geometry, from.month, from.index, here)
  const target = Math.min(Math.max(0, span.top + span.height / 2 + pixels), geometry.total - 1)
  const month = monthAt(geometry, target)
  const layout = around.layout(month)
  const within = target - (geometry.tops[month] ?? 0)
  const index = layout
    ? nearest(layout, lineAt(layout, within), here ? centre(here, from.index) : 0)
    : Math.floor(
        (within / ((geometry.tops[month + 1] ?? 0) - (geometry.tops[month] ?? 0))) * countOf(geometry, month),
      )
  const arrived = { month, index: Math.max(0, Math.min(index, countOf(geometry, month) - 1)) }
  // a page shorter than a line still moves
  if (arrived.month === from.month && arrived.index === from.index)
    return moveByLine(from, pixels < 0 ? -1 : 1, around)
  return arrived
}

const centre = (layout: MonthLayout, index: number) =>
  (layout.xs[index] ?? 0) + (layout.widths[index] ?? 0) / 2

/** The photo of a line whose middle lies nearest to `x`. */
export function nearest(layout: MonthLayout, line: number, x: number): number {
  const first = layout.firsts[line] ?? 0
  const end = layout.firsts[line + 1] ?? first + 1
  let best = first
  for (let index = first + 1; index < end; index++)
    if (Math.abs(centre(layout, index) - x) < Math.abs(centre(layout, best) - x)) best = index
  return best
}

const countOf = (geometry: Geometry, month: number) => geometry.months[month]?.count ?? 0
