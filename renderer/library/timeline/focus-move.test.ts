import { describe, expect, test } from 'vitest'
import { madeMonth } from '../made-month.ts'
import { isMoveKey, type MoveKey, moveFocus, type Place } from './focus-move.ts'
import { stackMonths } from './geometry.ts'
import { layOutMonthNow, lineOf } from './layout.ts'
import { metricsFor } from './metrics.ts'

// rows of 5 square tiles at this width: 220 px each and the gaps
const metrics = metricsFor(5 * 220 + 4 * 3)
const squares = (count: number) => Array<number>(count).fill(1)
const months = [madeMonth('2024-07', squares(12), 1), madeMonth('2024-06', squares(20), 1)]
const layouts = months.map((month) => layOutMonthNow(month, metrics))
const geometry = stackMonths(
  [...months, { month: '2024-05', count: 40 }],
  ({ month }) => layouts[months.findIndex((known) => known.month === month)]?.height ?? 2000,
)
const around = { geometry, layout: (month: number) => layouts[month] ?? null, page: 450 }
const go = (place: Place, ...keys: MoveKey[]) => keys.reduce((at, key) => moveFocus(at, key, around), place)
const start = { month: 0, index: 0 }

describe('moveFocus', () => {
  test('the rows are what the cases below count on', () => {
    expect([...(layouts[0]?.firsts ?? [])]).toEqual([0, 5, 10, 12])
  })

  test.each<[string, Place, MoveKey, Place]>([
    ['right', start, 'ArrowRight', { month: 0, index: 1 }],
    ['left', { month: 0, index: 5 }, 'ArrowLeft', { month: 0, index: 4 }],
    ['down', { month: 0, index: 3 }, 'ArrowDown', { month: 0, index: 8 }],
    ['up', { month: 0, index: 8 }, 'ArrowUp', { month: 0, index: 3 }],
    ['down to a shorter row: its nearest', { month: 0, index: 9 }, 'ArrowDown', { month: 0, index: 11 }],
    ['right into the next month', { month: 0, index: 11 }, 'ArrowRight', { month: 1, index: 0 }],
    ['left into the month before', { month: 1, index: 0 }, 'ArrowLeft', { month: 0, index: 11 }],
    ['down into the next month', { month: 0, index: 11 }, 'ArrowDown', { month: 1, index: 1 }],
    ['up into the month before', { month: 1, index: 0 }, 'ArrowUp', { month: 0, index: 10 }],
    ['down into a month not loaded yet', { month: 1, index: 19 }, 'ArrowDown', { month: 2, index: 0 }],
    ['in a month not loaded yet', { month: 2, index: 7 }, 'ArrowDown', { month: 2, index: 8 }],
    ['Home', { month: 1, index: 7 }, 'Home', start],
    ['End', start, 'End', { month: 2, index: 39 }],
    ['stays at the start', start, 'ArrowLeft', start],
    ['stays on the first row', { month: 0, index: 2 }, 'ArrowUp', { month: 0, index: 2 }],
    ['stays at the end', { month: 2, index: 39 }, 'ArrowRight', { month: 2, index: 39 }],
  ])('%s', (_what, from, key, to) => expect(moveFocus(from, key, around)).toEqual(to))

  test('PageDown goes by a page and PageUp back, in the same column', () => {
    const down = go({ month: 1, index: 1 }, 'PageDown')
    expect(down).toEqual({ month: 1, index: 11 })
    expect(go(down, 'PageUp')).toEqual({ month: 1, index: 1 })
  })

  test('a page shorter than a row still moves by a row', () => {
    const place = moveFocus(start, 'PageDown', { ...around, page: 20 })
    expect(lineOf(layouts[0] ?? layOutMonthNow(madeMonth('2024-07', [], 1), metrics), place.index)).toBe(1)
  })

  test('going right from the start passes every photo once', () => {
    const seen = new Set<string>()
    let place: Place = start
    for (;;) {
      seen.add(`${place.month}/${place.index}`)
      const next = go(place, 'ArrowRight')
      if (next.month === place.month && next.index === place.index) break
      place = next
    }
    expect(seen.size).toBe(12 + 20 + 40)
  })
})

test('other keys do not move the focus', () => {
  expect(['Enter', 'a', 'Tab', 'Escape'].filter(isMoveKey)).toEqual([])
  expect(isMoveKey('PageDown')).toBe(true)
})
