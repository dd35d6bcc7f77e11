import { expect, test } from 'vitest'
import { arranged, dropAt, placeFor, type Where } from './album-order.ts'

const ORDER = [1, 2, 3, 4, 5]

/** The order after the chosen photos were put there. */
function moved(where: Where, ids: number[]): number[] | undefined {
  const chosen = new Set(ids)
  const before = placeFor(where, ORDER, chosen)
  return before === undefined ? undefined : arranged(ORDER, chosen, before)
}

/** The order after the photos were let go of in front of the one at `index`. */
function dropped(index: number, ids: number[]): number[] | undefined {
  const chosen = new Set(ids)
  const before = dropAt(index, ORDER, chosen)
  return before === undefined ? undefined : arranged(ORDER, chosen, before)
}

test('one photo and several go one step, or all the way', () => {
  expect(moved('earlier', [3])).toEqual([1, 3, 2, 4, 5])
  expect(moved('later', [3])).toEqual([1, 2, 4, 3, 5])
  expect(moved('later', [4])).toEqual([1, 2, 3, 5, 4])
  expect(moved('earlier', [2, 4])).toEqual([2, 4, 1, 3, 5])
  expect(moved('later', [2, 4])).toEqual([1, 3, 5, 2, 4])
  expect(moved('front', [2, 5])).toEqual([2, 5, 1, 3, 4])
  expect(moved('end', [1, 4])).toEqual([2, 3, 5, 1, 4])
})

test('those at an end that are apart come together there', () => {
  expect(moved('earlier', [1, 3])).toEqual([1, 3, 2, 4, 5])
  expect(moved('front', [1, 3])).toEqual([1, 3, 2, 4, 5])
  expect(moved('later', [3, 5])).toEqual([1, 2, 4, 3, 5])
})

test('what is there already stays', () => {
  for (const where of ['front', 'earlier'] as const) expect(moved(where, [1, 2])).toBeUndefined()
  for (const where of ['later', 'end'] as const) expect(moved(where, [4, 5])).toBeUndefined()
  for (const where of ['front', 'earlier', 'later', 'end'] as const) {
    expect(moved(where, [])).toBeUndefined()
    expect(moved(where, ORDER)).toBeUndefined()
  }
})

test('what is dragged goes where it is let go of, those that are apart come together', () => {
  expect(dropped(0, [3])).toEqual([3, 1, 2, 4, 5])
  expect(dropped(5, [3])).toEqual([1, 2, 4, 5, 3])
  expect(dropped(2, [1, 5])).toEqual([2, 1, 5, 3, 4])
  expect(dropped(1, [1, 3])).toEqual([1, 3, 2, 4, 5])
  expect(dropped(4, [2, 4, 5])).toEqual([1, 3, 2, 4, 5])
})

test('dragged to where it is, nothing changes', () => {
  for (const index of [1, 2]) expect(dropped(index, [2])).toBeUndefined()
  for (const index of [1, 2, 3]) expect(dropped(index, [2, 3])).toBeUndefined()
  for (const index of [0, 3, 5]) expect(dropped(index, ORDER)).toBeUndefined()
})
