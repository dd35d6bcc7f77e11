import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeMonth } from '../made-month.ts'
import type { Month } from '../month.ts'
import {
  layOutMonth,
  layOutMonthNow,
  lineAt,
  lineOf,
  MAX_RATIO,
  type MonthLayout,
  tileRatio,
  tilesTop,
} from './layout.ts'
import { metricsFor } from './metrics.ts'

const months = fc
  .record({
    ratios: fc.array(fc.oneof(fc.double({ min: 0.05, max: 12, noNaN: true }), fc.constant(1.5)), {
      minLength: 1,
      maxLength: 300,
    }),
    days: fc.integer({ min: 1, max: 31 }),
  })
  .map(({ ratios, days }) => madeMonth('2024-07', ratios, days))
const widths = fc.integer({ min: 300, max: 3800 })

const photosOf = (layout: MonthLayout, line: number) =>
  Array.from(
    { length: (layout.firsts[line + 1] ?? 0) - (layout.firsts[line] ?? 0) },
    (_, place) => (layout.firsts[line] ?? 0) + place,
  )
const headingsOf = (layout: MonthLayout, line: number) =>
  layout.headings.slice(layout.headingFirsts[line], layout.headingFirsts[line + 1])
const at = (array: ArrayLike<number>, index: number) => array[index] ?? Number.NaN

describe('layOutMonth', () => {
  test('every photo is on one line, in order, and lines stand below one another', () => {
    fc.assert(
      fc.property(months, widths, (month, width) => {
        const layout = layOutMonthNow(month, metricsFor(width))
        const lines = layout.heights.length
        expect(at(layout.firsts, 0)).toBe(0)
        expect(at(layout.firsts, lines)).toBe(month.count)
        for (let line = 0; line < lines; line++) {
          expect(photosOf(layout, line).length).toBeGreaterThan(0)
          const bottom = tilesTop(layout, line) + at(layout.heights, line)
          expect(at(layout.tops, line + 1) - bottom).toBe(layout.metrics.gap)
        }
        expect(layout.height).toBe(at(layout.tops, lines))
      }),
    )
  })

  test('tiles keep their gap, stay within the width, and rows near the height aimed at', () => {
    fc.assert(
      fc.property(months, widths, (month, width) => {
        const { rowHeight, gap, dayGap } = metricsFor(width)
        const layout = layOutMonthNow(month, metricsFor(width))
        // the worst row is one that turned from too tall to too low by the widest photo
        const least = Math.min(1, width / (rowHeight * MAX_RATIO))
        for (let line = 0; line < layout.heights.length; line++) {
          const height = at(layout.heights, line)
          expect(height).toBeGreaterThanOrEqual(Math.floor(rowHeight * 0.5 * least))
          expect(height).toBeLessThanOrEqual(rowHeight * 2)
          const photos = photosOf(layout, line)
          for (const photo of photos) {
            expect(at(layout.xs, photo) + at(layout.widths, photo)).toBeLessThanOrEqual(width)
            if (photo === photos[0]) continue
            const between = at(layout.xs, photo) - at(layout.xs, photo - 1) - at(layout.widths, photo - 1)
            const joined = headingsOf(layout, line).some(
              (heading) => (month.days[heading.day]?.first ?? -1) === photo,
            )
            if (joined) expect(between).toBeGreaterThanOrEqual(dayGap - 1)
            else expect(Math.abs(between - gap)).toBeLessThanOrEqual(1)
          }
        }
      }),
    )
  })

  test('a picture keeps its shape but for the rounding to whole pixels', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: 800, max: 3000 }), (month, width) => {
        const layout = layOutMonthNow(month, metricsFor(width))
        for (let photo = 0; photo < month.count; photo++) {
          const height = at(layout.heights, lineOf(layout, photo))
          expect(Math.abs(at(layout.widths, photo) - tileRatio(month, photo) * height)).toBeLessThan(4)
        }
      }),
    )
  })

  test('every day has one heading, over its first photo, with room for itself', () => {
    fc.assert(
      fc.property(months, widths, (month, width) => {
        const layout = layOutMonthNow(month, metricsFor(width))
        expect(layout.headings.map(({ day }) => day)).toEqual(month.days.map((_, day) => day))
        layout.headings.forEach((heading, place) => {
          const first = month.days[heading.day]?.first ?? -1
          expect(heading.line).toBe(lineOf(layout, first))
          expect(heading.x).toBe(at(layout.xs, first))
          expect(heading.x + heading.width).toBeLessThanOrEqual(width)
          const next = layout.headings[place + 1]
          if (next && next.line === heading.line) {
            expect(heading.x + heading.width).toBeLessThan(next.x)
            expect(heading.width).toBeGreaterThanOrEqual(layout.metrics.minDayWidth)
          }
        })
      }),
    )
  })

  test('full rows end at the same edge', () => {
    const layout = layOutMonthNow(madeMonth('2024-07', Array(50).fill(1.5), 1), metricsFor(1000))
    const lines = layout.heights.length
    expect(lines).toBeGreaterThan(5)
    for (let line = 0; line < lines - 1; line++) {
      const last = at(layout.firsts, line + 1) - 1
      expect(at(layout.xs, last) + at(layout.widths, last)).toBe(1000)
    }
  })

  test('short days share a line; a long one has its own', () => {
    const month: Month = {
      ...madeMonth('2024-07', Array(13).fill(1), 1),
      days: [
        { date: '2024-07-03', first: 0 },
        { date: '2024-07-02', first: 1 },
        { date: '2024-07-01', first: 3 },
      ],
    }
    const layout = layOutMonthNow(month, metricsFor(1000))
    expect(layout.headings.map(({ line, narrow }) => [line, narrow])).toEqual([
      [0, true],
      [0, true],
      [1, false],
    ])
  })
})

describe('a month of 70,000 photos', () => {
  const month = madeMonth(
    '2024-07',
    Array.from({ length: 70_000 }, (_, index) => [1.5, 0.75, 1.33][index % 3] ?? 1),
    1,
  )

  test('is laid out in many slices, none of which does more than a few thousand photos', () => {
    let slices = 0
    const steps = layOutMonth(month, metricsFor(1200))
    let step = steps.next()
    while (!step.done) {
      slices++
      step = steps.next()
    }
    expect(slices).toBeGreaterThanOrEqual(30)
    expect(at(step.value.firsts, step.value.heights.length)).toBe(70_000)
  })

  test('lines are found by pixel and by photo', () => {
    const layout = layOutMonthNow(month, metricsFor(1200))
    for (const line of [0, 1, 777, layout.heights.length - 1]) {
      expect(lineAt(layout, at(layout.tops, line))).toBe(line)
      expect(lineAt(layout, at(layout.tops, line + 1) - 0.5)).toBe(line)
      expect(lineOf(layout, at(layout.firsts, line))).toBe(line)
      expect(lineOf(layout, at(layout.firsts, line + 1) - 1)).toBe(line)
    }
    expect(lineAt(layout, -5)).toBe(0)
    expect(lineAt(layout, layout.height + 5)).toBe(layout.heights.length - 1)
  })
})
