import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CANVAS_LIMIT, canvasHeight, idealBase, mustRebase, shouldRebase, virtualTop } from './canvas.ts'
import { monthAt, monthOfOrdinal, stackMonths } from './geometry.ts'
import { estimateHeight, metricsFor } from './metrics.ts'
import {
  monthAtPosition,
  positionOfMonth,
  positionToVirtual,
  scrubberMarks,
  virtualToPosition,
} from './scrub.ts'

const metrics = metricsFor(1100)
const VIEWPORT = 750

/** Months from December 2024 backwards. */
const library = (counts: readonly number[]) =>
  stackMonths(
    counts.map((count, index) => ({
      month: `${2024 - Math.floor(index / 12)}-${String(12 - (index % 12)).padStart(2, '0')}`,
      count,
    })),
    ({ count }) => estimateHeight(count, metrics),
  )
const million = library(Array.from({ length: 200 }, () => 5000))
const counts = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 120 })

/** Scrolls as a wheel does, with the rebases the timeline makes, and tells where it ends. */
function wheel(total: number, from: number, delta: number, turns: number) {
  let base = idealBase(from, total)
  let scrollTop = from - base
  let rebases = 0
  for (let turn = 0; turn < turns; turn++) {
    const height = canvasHeight({ base, viewport: VIEWPORT, total })
    scrollTop = Math.min(Math.max(0, scrollTop + delta), height - VIEWPORT)
    const state = { base, scrollTop, viewport: VIEWPORT, total }
    if (mustRebase(state)) {
      const v = virtualTop(state)
      base = idealBase(v, total)
      scrollTop = v - base
      rebases++
    }
  }
  return { v: virtualTop({ base, scrollTop, viewport: VIEWPORT, total }), rebases }
}

describe('a million photos', () => {
  test('are taller than any element may be, and the canvas is not', () => {
    expect(million.photos).toBe(1_000_000)
    expect(million.total).toBeGreaterThan(16_700_000)
    for (let v = 0; v < million.total; v += 333_333) {
      const base = idealBase(v, million.total)
      expect(canvasHeight({ base, viewport: VIEWPORT, total: million.total })).toBeLessThanOrEqual(
        CANVAS_LIMIT,
      )
    }
  })

  test('the last photo is reached by wheel alone, and the first again', () => {
    const down = wheel(million.total, 0, 20_000, 6000)
    expect(down.v).toBe(million.total - VIEWPORT)
    expect(down.rebases).toBeGreaterThan(5)
    expect(wheel(million.total, down.v, -20_000, 6000).v).toBe(0)
  })

  test('a turn of the wheel moves by what it says, across rebases too', () => {
    const turns = 50_000
    expect(wheel(million.total, 0, 120, turns).v).toBe(120 * turns)
  })

  test('the last photo is reached by the scrubber', () => {
    expect(positionToVirtual(million, 1, VIEWPORT)).toBe(million.total - VIEWPORT)
    expect(positionToVirtual(million, 0, VIEWPORT)).toBe(0)
  })
})

describe('canvas', () => {
  test('a small library needs no base, and gets rid of one that corrections left', () => {
    expect(idealBase(5000, 100_000)).toBe(0)
    const state = { base: 300, scrollTop: 4000, viewport: VIEWPORT, total: 100_000 }
    expect(mustRebase(state)).toBe(false)
    expect(shouldRebase(state)).toBe(true)
    expect(shouldRebase({ ...state, base: 0 })).toBe(false)
  })

  test('it moves at once before scrolling would stop short of the start, and when it ran past it', () => {
    const state = { viewport: VIEWPORT, total: 100_000 }
    expect(mustRebase({ ...state, base: 300, scrollTop: 10 })).toBe(true)
    expect(mustRebase({ ...state, base: -300, scrollTop: 200 })).toBe(true)
    expect(mustRebase({ ...state, base: 0, scrollTop: 0 })).toBe(false)
    expect(mustRebase({ ...state, base: 0, scrollTop: 100_000 - VIEWPORT })).toBe(false)
  })

  test('after a rebase nothing is left to do, wherever in whatever library', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (total, part) => {
          const v = Math.round(part * Math.max(0, total - VIEWPORT))
          const base = idealBase(v, total)
          const state = { base, scrollTop: v - base, viewport: VIEWPORT, total }
          expect(mustRebase(state)).toBe(false)
          expect(shouldRebase(state)).toBe(false)
          expect(virtualTop(state)).toBe(v)
        },
      ),
    )
  })
})

describe('scrubber', () => {
  test('position and place are each other’s inverse', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), (list, position) => {
        const geometry = library(list)
        if (geometry.total <= VIEWPORT) return
        const v = positionToVirtual(geometry, position, VIEWPORT)
        expect(virtualToPosition(geometry, v, VIEWPORT)).toBeCloseTo(position, 6)
      }),
    )
  })

  test('the start of each month stands for that month', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const geometry = library(list)
        list.forEach((_, month) => {
          expect(monthAtPosition(geometry, positionOfMonth(geometry, month))).toBe(month)
        })
        expect(monthAtPosition(geometry, 1)).toBe(list.length - 1)
      }),
    )
  })

  test('marks keep their distance; the newest year is always named', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 100, max: 1200 }), (list, height) => {
        const marks = scrubberMarks(library(list), height)
        expect(marks[0]).toMatchObject({ kind: 'year', label: '2024' })
        const ys = marks.map(({ y }) => y).sort((a, b) => a - b)
        for (const [index, y] of ys.slice(1).entries()) expect(y - (ys[index] ?? 0)).toBeGreaterThanOrEqual(7)
      }),
    )
  })

  test('where years crowd, the one with more photos is named', () => {
    const geometry = stackMonths(
      [
        { month: '2030-01', count: 900 },
        { month: '2025-06', count: 10 },
        { month: '2024-06', count: 800 },
      ],
      ({ count }) => count * 50,
    )
    const years = scrubberMarks(geometry, 600).flatMap(({ kind, label }) => (kind === 'year' ? [label] : []))
    expect(years).toEqual(['2030', '2024'])
  })

  test('an empty timeline has a position and no marks', () => {
    const empty = library([])
    expect(positionToVirtual(empty, 0.5, VIEWPORT)).toBe(0)
    expect(virtualToPosition(empty, 0, VIEWPORT)).toBe(0)
    expect(scrubberMarks(empty, 500)).toEqual([])
    expect(monthAt(empty, 0)).toBe(-1)
  })
})

test('months are found by pixel and by the number of a photo', () => {
  const geometry = library([10, 20, 30])
  expect([0, 9, 10, 29, 30, 59, 99].map((ordinal) => monthOfOrdinal(geometry, ordinal))).toEqual([
    0, 0, 1, 1, 2, 2, 2,
  ])
  const [, second = 0, third = 0] = geometry.tops
  expect([0, second - 1, second, third, geometry.total + 9].map((v) => monthAt(geometry, v))).toEqual([
    0, 0, 1, 2, 2,
  ])
})
