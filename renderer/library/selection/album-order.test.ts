import { expect, test } from 'vitest'
import { placeFor, type Where } from './album-order.ts'

const ORDER = [1, 2, 3, 4, 5]

/** The order after the chosen photos were put there, as the server does it. */
function moved(where: Where, ids: number[]): number[] | undefined {
  const chosen = new Set(ids)
  const before = placeFor(where, ORDER, chosen)
  if (before === undefined) return undefined
  const rest = ORDER.filter((id) => !chosen.has(id))
  const at = before === null ? rest.length : rest.indexOf(before)
  return [...rest.slice(0, at), ...ORDER.filter((id) => chosen.has(id)), ...rest.slice(at)]
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
