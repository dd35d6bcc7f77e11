import { expect, test } from 'vitest'
import type { MonthPayload, PhotoState } from '../../../electron/contract/photos.ts'
import { pickFirst } from './pick-first.ts'

const month = (...photos: [number, PhotoState][]): MonthPayload => ({
  ids: photos.map(([id]) => id),
  versions: photos.map(([id]) => id * 10),
  takenAt: photos.map(() => '2024-07-06T12:00:00.000'),
  ratios: photos.map(() => 1),
  thumbhashes: photos.map(() => null),
  states: photos.map(([, state]) => state),
  kinds: photos.map(() => 'image'),
  may: [],
  mayOf: null,
  favourites: [],
})

test('only pictures that can be shown, in order, from as many months as it takes', () => {
  const months = [month([1, 'ready'], [2, 'pending'], [3, 'broken']), month([4, 'ready'], [5, 'ready'])]
  expect(pickFirst(months, 2)).toEqual([
    { id: 1, version: 10 },
    { id: 4, version: 40 },
  ])
  expect(pickFirst(months, 9).map(({ id }) => id)).toEqual([1, 4, 5])
  expect(pickFirst([], 9)).toEqual([])
})
