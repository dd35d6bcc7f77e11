import { expect, test } from 'vitest'
import type { MonthPayload } from '../../../electron/contract/photos.ts'
import { HAND_MONTH } from '../../../electron/contract/values.ts'
import { packMonth } from '../month.ts'
import { rearranged } from './rearranged.ts'

const ROWS = [
  {
    id: 1,
    takenAt: '2024-07-06T12:00:00.000',
    ratio: 1.5,
    thumbhash: 'aa',
    state: 'ready',
    kind: 'image',
    of: 0,
  },
  {
    id: 2,
    takenAt: '2024-07-06T11:00:00.000',
    ratio: 0.5,
    thumbhash: null,
    state: 'pending',
    kind: 'raw',
    of: 1,
  },
  {
    id: 3,
    takenAt: '2023-01-02T10:30:00.000',
    ratio: 1,
    thumbhash: 'cc',
    state: 'broken',
    kind: 'video',
    of: 0,
  },
] as const

function payload(order: readonly number[], mixed: boolean): MonthPayload {
  const rows = order.flatMap((id) => ROWS.find((row) => row.id === id) ?? [])
  return {
    ids: [...order],
    versions: rows.map(({ id }) => id * 10),
    takenAt: rows.map(({ takenAt }) => takenAt),
    ratios: rows.map(({ ratio }) => ratio),
    thumbhashes: rows.map(({ thumbhash }) => thumbhash),
    states: rows.map(({ state }) => state),
    kinds: rows.map(({ kind }) => kind),
    may: [],
    mayOf: mixed ? rows.map(({ of }) => of) : null,
    favourites: [3],
  }
}

test.each([
  [[3, 1, 2], true],
  [[1, 3, 2], false],
  [[1, 2, 3], true],
])('in the order %j it is what the server would answer', (order, mixed) => {
  const before = packMonth(HAND_MONTH, payload([1, 2, 3], mixed))
  expect(rearranged(before, order)).toEqual(packMonth(HAND_MONTH, payload(order, mixed)))
})
