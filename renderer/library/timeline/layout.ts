import { isByHand, type Month } from '../month.ts'
import type { Metrics } from './metrics.ts'

/** A day's heading above the line where the day begins. */
export interface Heading {
  /** index into the month's days */
  day: number
  line: number
  x: number
  width: number
  /** the line holds other days too, so there is little room */
  narrow: boolean
}

/**
 * A month laid out: photos in lines, in order, positions in whole CSS pixels from the month's top left.
 * A line that begins a day has its heading above its tiles; days of less than a line share one.
 */
export interface MonthLayout {
  metrics: Metrics
  height: number
  /** top of each line, its headings included; one entry more than lines, the last is the month's height */
  tops: Float64Array
  /** height of the tiles of each line */
  heights: Float32Array
  /** first photo of each line; one entry more than lines, the last is the number of photos */
  firsts: Int32Array
  /** per photo */
  xs: Float32Array
  /** per photo */
  widths: Float32Array
  /** ordered by line, then from left to right */
  headings: readonly Heading[]
  /** per line: where its headings begin in `headings`; one entry more than lines */
  headingFirsts: Int32Array
}

/** Wider or taller pictures are cropped in their tile, else one panorama would make a row of 30 pixels. */
const MIN_RATIO = 0.5
export const MAX_RATIO = 3.5
/** A day's last row is stretched to the full width if it grows by no more than this. */
const STRETCH = 1.2
/** Photos laid out between two chances to stop. */
const SLICE = 2000

/** The ratio photo `index` is laid out with. */
export function tileRatio(month: Month, index: number): number {
  const ratio = month.ratios[index]
  if (ratio === undefined || !(ratio > 0)) return 1
  return Math.min(MAX_RATIO, Math.max(MIN_RATIO, ratio))
}

/** Grows a layout line by line. Arrays are as long as the worst case needs and cut at the end. */
class Builder {
  readonly #month: Month
  readonly #metrics: Metrics
  readonly #tops: Float64Array
  readonly #heights: Float32Array
  readonly #firsts: Int32Array
  readonly #headingFirsts: Int32Array
  readonly #xs: Float32Array
  readonly #widths: Float32Array
  readonly #headings: Heading[] = []
  #lines = 0
  #bottom = 0
  /** right edge of the shared line that short days may still join; null when none is open */
  #open: number | null = null

  constructor(month: Month, metrics: Metrics) {
    this.#month = month
    this.#metrics = metrics
    this.#tops = new Float64Array(month.count + 1)
    this.#heights = new Float32Array(month.count + 1)
    this.#firsts = new Int32Array(month.count + 1)
    this.#headingFirsts = new Int32Array(month.count + 1)
    this.#xs = new Float32Array(month.count)
    this.#widths = new Float32Array(month.count)
  }

  /** A day that fills less than a line: beside the one before it where there is room, else on a new line. */
  addShortDay(day: number, first: number, end: number, naturalWidth: number): void {
    const { width, rowHeight, dayGap, minDayWidth } = this.#metrics
    const needed = Math.min(width, Math.max(naturalWidth, minDayWidth))
    const beside = this.#open === null ? null : this.#open + dayGap
    if (beside !== null && beside + needed <= width) {
      const before = this.#headings.at(-1)
      if (before) before.narrow = true
      this.#headings.push({ day, line: this.#lines - 1, x: beside, width: width - beside, narrow: true })
      if (before) before.width = beside - dayGap - before.x
      this.#place(first, end, beside, rowHeight, null)
      this.#open = beside + needed
      return
    }
    this.#startLine(first, rowHeight, day)
    this.#place(first, end, 0, rowHeight, null)
    this.#open = needed
  }

  /** One row of a day of its own, or of no day; `height` is what makes it `justified`, else the row height. */
  addRow(
    day: number | null,
    first: number,
    end: number,
    height: number,
    justified: boolean,
    startsDay: boolean,
  ): void {
    this.#open = null
    const whole = Math.round(height)
    this.#startLine(first, whole, startsDay ? day : null)
    this.#place(first, end, 0, height, justified ? this.#metrics.width : null)
  }

  finish(): MonthLayout {
    const lines = this.#lines
    this.#tops[lines] = this.#bottom
    this.#firsts[lines] = this.#month.count
    this.#headingFirsts[lines] = this.#headings.length
    return {
      metrics: this.#metrics,
      height: this.#bottom,
      tops: this.#tops.slice(0, lines + 1),
      heights: this.#heights.slice(0, lines),
      firsts: this.#firsts.slice(0, lines + 1),
      xs: this.#xs,
      widths: this.#widths,
      headings: this.#headings,
      headingFirsts: this.#headingFirsts.slice(0, lines + 1),
    }
  }

  #startLine(first: number, height: number, day: number | null): void {
    const line = this.#lines++
    this.#tops[line] = this.#bottom
    this.#heights[line] = height
    this.#firsts[line] = first
    this.#headingFirsts[line] = this.#headings.length
    if (day !== null) this.#headings.push({ day, line, x: 0, width: this.#metrics.width, narrow: false })
    this.#bottom += (day === null ? 0 : this.#metrics.headingHeight) + height + this.#metrics.gap
  }

  /** Sets tiles side by side on whole pixels; the rounding of each is made up by the next, so no gap grows. */
  #place(first: number, end: number, left: number, height: number, right: number | null): void {
    const { gap } = this.#metrics
    let edge = left
    for (let index = first; index < end; index++) {
      const x = Math.round(edge)
      const next = edge + tileRatio(this.#month, index) * height
      const stop = right !== null && index === end - 1 ? right : Math.round(next)
      this.#xs[index] = x
      this.#widths[index] = Math.max(1, stop - x)
      edge = next + gap
    }
  }
}

/** Height at which photos of `ratioSum` fill the whole width. */
const fillingHeight = (metrics: Metrics, photos: number, ratioSum: number) =>
  (metrics.width - metrics.gap * (photos - 1)) / ratioSum

/** Rows of a day that needs at least one full row, or of photos without headings (`day` null); yields now and then within. */
function* layOutLongDay(
  builder: Builder,
  month: Month,
  metrics: Metrics,
  day: number | null,
  from: number,
  to: number,
) {
  let start = from
  let sum = 0
  let pause = from + SLICE
  for (let index = from; index < to; index++) {
    const ratio = tileRatio(month, index)
    const photos = index - start + 1
    const height = fillingHeight(metrics, photos, sum + ratio)
    if (height > metrics.rowHeight) {
      sum += ratio
      continue
    }
    // the row may end before or after this photo: whichever comes nearer to the height aimed at
    const without = photos > 1 ? fillingHeight(metrics, photos - 1, sum) : Number.POSITIVE_INFINITY
    const before = without / metrics.rowHeight < metrics.rowHeight / height
    const end = before ? index : index + 1
    builder.addRow(day, start, end, before ? without : height, true, start === from)
    start = end
    sum = before ? ratio : 0
    if (index >= pause) {
      pause += SLICE
      yield
    }
  }
  if (start === to) return
  const height = fillingHeight(metrics, to - start, sum)
  const stretched = height <= metrics.rowHeight * STRETCH
  builder.addRow(day, start, to, stretched ? height : metrics.rowHeight, stretched, start === from)
}

/** Width the photos have at the row height, or more than `width` as soon as that is certain. */
function naturalWidth(month: Month, metrics: Metrics, from: number, to: number): number {
  let width = -metrics.gap
  for (let index = from; index < to && width <= metrics.width; index++)
    width += tileRatio(month, index) * metrics.rowHeight + metrics.gap
  return width
}

/**
 * Lays a month out, yielding every {@link SLICE} photos or so: whoever runs it decides when to go on, so that a
 * month of 70,000 photos never takes a whole frame.
 */
export function* layOutMonth(month: Month, metrics: Metrics): Generator<undefined, MonthLayout> {
  const builder = new Builder(month, metrics)
  if (isByHand(month)) {
    yield* layOutLongDay(builder, month, metrics, null, 0, month.count)
    return builder.finish()
  }
  let sinceYield = 0
  for (let day = 0; day < month.days.length; day++) {
    const from = month.days[day]?.first ?? 0
    const to = month.days[day + 1]?.first ?? month.count
    const natural = naturalWidth(month, metrics, from, to)
    // a day that nearly fills its line is stretched to fill it
    if (natural * STRETCH < metrics.width) builder.addShortDay(day, from, to, Math.ceil(natural))
    else yield* layOutLongDay(builder, month, metrics, day, from, to)
    sinceYield += to - from
    if (sinceYield >= SLICE) {
      sinceYield = 0
      yield
    }
  }
  return builder.finish()
}

/** Lays a month out in one go. */
export function layOutMonthNow(month: Month, metrics: Metrics): MonthLayout {
  const steps = layOutMonth(month, metrics)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The line that holds `y` (pixels from the month's top), clamped to the first and last. */
export function lineAt(layout: MonthLayout, y: number): number {
  return lastAtMost(layout.tops, y, layout.heights.length)
}

/** The line photo `index` is on. */
export function lineOf(layout: MonthLayout, index: number): number {
  return lastAtMost(layout.firsts, index, layout.heights.length)
}

/** Top of the line's tiles, in pixels from the month's top. */
export function tilesTop(layout: MonthLayout, line: number): number {
  const headed = (layout.headingFirsts[line + 1] ?? 0) > (layout.headingFirsts[line] ?? 0)
  return (layout.tops[line] ?? 0) + (headed ? layout.metrics.headingHeight : 0)
}

/** Index of the last of the first `length` entries that is at most `value`; 0 when none is. */
function lastAtMost(sorted: ArrayLike<number>, value: number, length: number): number {
  let low = 0
  let high = Math.max(0, length - 1)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
