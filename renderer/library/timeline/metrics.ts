import type { Preferences } from '../../../electron/contract/settings.ts'

export type Density = Preferences['density']

/** Sizes the timeline is laid out with, all in CSS pixels and whole numbers. */
export interface Metrics {
  /** what a full row spans */
  width: number
  /** the height rows aim at */
  rowHeight: number
  /** between tiles, across and down */
  gap: number
  /** a day's heading with the space around it */
  headingHeight: number
  /** between two short days that share a line */
  dayGap: number
  /** the narrowest a short day may be, so that its heading can be read, in German too */
  minDayWidth: number
}

/** Below this width rows are a phone's. */
const PHONE_WIDTH = 600

/** How tall rows are by what people chose, in pixels: on a phone, and on anything wider. */
const ROW_HEIGHTS: Readonly<Record<Density, { phone: number; wide: number }>> = {
  compact: { phone: 74, wide: 140 },
  comfortable: { phone: 110, wide: 220 },
  // a thumbnail of 512 pixels still fills what most pictures need of it
  large: { phone: 160, wide: 320 },
}

/** The sizes of `look.md` for a timeline `width` pixels wide. */
export function metricsFor(width: number, density: Density = 'comfortable'): Metrics {
  const whole = Math.max(1, Math.floor(width))
  const { phone, wide } = ROW_HEIGHTS[density]
  return whole < PHONE_WIDTH
    ? { width: whole, rowHeight: phone, gap: 3, headingHeight: 44, dayGap: 16, minDayWidth: 150 }
    : { width: whole, rowHeight: wide, gap: 3, headingHeight: 60, dayGap: 24, minDayWidth: 206 }
}

/** Two metrics give the same layout exactly when this text is equal. */
export const metricsKey = (metrics: Metrics) => `${metrics.width}x${metrics.rowHeight}`

/** How wide pictures are on average, by their height: a mix of 4:3 and 3:2, a quarter of them upright. */
const MEAN_RATIO = 1.25
/** Photos a day that people take pictures at all; makes the guess of how many headings a month has. */
const PHOTOS_A_DAY = 9

/**
 * Guesses how tall a month will be, in pixels, from its number of photos. It is used until the month was laid out;
 * the timeline anchors what is on screen, so a wrong guess moves the scrubber's mark a little and nothing else.
 */
export function estimateHeight(count: number, metrics: Metrics): number {
  if (count <= 0) return 0
  const perRow = Math.max(1, metrics.width / (metrics.rowHeight * MEAN_RATIO + metrics.gap))
  const days = Math.min(count, 30, Math.ceil(count / PHOTOS_A_DAY))
  const rows = Math.ceil(count / perRow + (days - 1) * 0.5)
  return Math.round(rows * (metrics.rowHeight + metrics.gap) + days * metrics.headingHeight)
}
