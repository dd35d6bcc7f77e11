import { describe, expect, test } from 'vitest'
import { dayOf, packMonth, takenAtOf } from './month.ts'

const takenAt = [
  '2024-07-06T23:59:59.999',
  '2024-07-06T00:00:00.000',
  '2024-07-05T12:34:56.780',
  '2024-07-01T08:00:00.000',
]
const month = packMonth('2024-07', {
  ids: [9, 8, 7, 6],
  versions: [1, 2, 1, 1],
  takenAt,
  ratios: [1.5, 1, 0.75, 1],
  thumbhashes: [null, '68617368', null, null],
  states: ['ready', 'ready', 'broken', 'pending'],
  kinds: ['image', 'raw', 'image', 'video'],
})

describe('packMonth', () => {
  test('photos of one calendar day are one day, newest first', () => {
    expect(month.days).toEqual([
      { date: '2024-07-06', first: 0 },
      { date: '2024-07-05', first: 2 },
      { date: '2024-07-01', first: 3 },
    ])
  })

  test('each photo finds its day and its time again, to the second', () => {
    expect([0, 1, 2, 3].map((index) => dayOf(month, index).first)).toEqual([0, 0, 2, 3])
    expect([0, 1, 2, 3].map((index) => takenAtOf(month, index))).toEqual(
      takenAt.map((text) => text.slice(0, 19)),
    )
  })

  test('a month without photos has no days', () => {
    const empty = { ids: [], versions: [], takenAt: [], ratios: [], thumbhashes: [], states: [], kinds: [] }
    expect(packMonth('2024-07', empty)).toMatchObject({ count: 0, days: [] })
  })
})
