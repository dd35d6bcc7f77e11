import { lineAt, type MonthLayout } from '../timeline/layout.ts'

/** A place between two photos that are laid out, as it is pointed at. */
export interface Gap {
  /** the photo it is in front of; the number of photos for the end */
  index: number
  /** where it is drawn: the end of one line and the beginning of the next are the same place */
  line: number
}

/** The place between photos that is nearest to a point, in pixels from the layout's top left. */
export function gapAt(layout: MonthLayout, x: number, y: number): Gap {
  const line = lineAt(layout, y)
  const end = layout.firsts[line + 1] ?? 0
  let index = layout.firsts[line] ?? 0
  while (index < end && x > (layout.xs[index] ?? 0) + (layout.widths[index] ?? 0) / 2) index++
  return { index, line }
}

/** Where the middle of the gap is drawn: pixels from the layout's left, within its width. */
export function gapX(layout: MonthLayout, { index, line }: Gap): number {
  const { gap, width } = layout.metrics
  const end = layout.firsts[line + 1] ?? 0
  const left =
    index < end ? (layout.xs[index] ?? 0) : (layout.xs[end - 1] ?? 0) + (layout.widths[end - 1] ?? 0) + gap
  return Math.min(width, Math.max(0, left - gap / 2))
}
