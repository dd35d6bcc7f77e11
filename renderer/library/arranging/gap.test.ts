import { expect, test } from 'vitest'
import { HAND_MONTH } from '../../../electron/contract/values.ts'
import { madeMonth } from '../made-month.ts'
import { layOutMonthNow } from '../timeline/layout.ts'
import { metricsFor } from '../timeline/metrics.ts'
import { gapAt, gapX } from './gap.ts'

const WIDTH = 1000
const layout = layOutMonthNow(madeMonth(HAND_MONTH, Array<number>(12).fill(1), 1), metricsFor(WIDTH))
const perLine = layout.firsts[1] ?? 0
const left = (index: number) => layout.xs[index] ?? 0
const width = (index: number) => layout.widths[index] ?? 0

test('a photo is pointed before by its left half, behind by its right one', () => {
  expect(gapAt(layout, left(1) + 1, 10)).toEqual({ index: 1, line: 0 })
  expect(gapAt(layout, left(1) + width(1) - 1, 10)).toEqual({ index: 2, line: 0 })
  expect(gapAt(layout, -50, -50)).toEqual({ index: 0, line: 0 })
})

test('the end of a line is the beginning of the next, drawn where it was pointed at', () => {
  const second = (layout.tops[1] ?? 0) + 1
  const end = gapAt(layout, WIDTH, 10)
  const start = gapAt(layout, 0, second)
  expect(end).toEqual({ index: perLine, line: 0 })
  expect(start).toEqual({ index: perLine, line: 1 })
  expect(gapX(layout, end)).toBe(WIDTH)
  expect(gapX(layout, start)).toBe(0)
})

test('between two photos it is drawn between them, and behind the last one behind it', () => {
  const { gap } = layout.metrics
  expect(gapX(layout, { index: 1, line: 0 })).toBe(left(1) - gap / 2)
  const last = layout.heights.length - 1
  const end = gapAt(layout, WIDTH, 100_000)
  expect(end).toEqual({ index: 12, line: last })
  expect(gapX(layout, end)).toBe(Math.min(WIDTH, left(11) + width(11) + gap / 2))
})
