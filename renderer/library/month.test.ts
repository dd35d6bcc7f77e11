import { describe, expect, test } from 'vitest'
import type { MonthPayload, PhotoMay } from '../../electron/contract/photos.ts'
import { appendPage, dayOf, mayWith, packMonth, takenAtOf } from './month.ts'

const takenAt = [
  '2024-07-06T23:59:59.999',
  '2024-07-06T00:00:00.000',
  '2024-07-05T12:34:56.780',
  '2024-07-01T08:00:00.000',
]
const empty: MonthPayload = {
  ids: [],
  versions: [],
  takenAt: [],
  ratios: [],
  thumbhashes: [],
  states: [],
  kinds: [],
  may: [],
  mayOf: null,
  favourites: [],
}
const month = packMonth('2024-07', {
  ...empty,
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
    expect(packMonth('2024-07', empty)).toMatchObject({ count: 0, days: [] })
  })
})

describe('what may be done with photos of a month of several pages', () => {
  const may = (download: boolean): PhotoMay => ({
    download,
    edit: false,
    archive: false,
    private: false,
    trash: false,
    share: false,
    favourite: false,
    rate: false,
    caption: false,
    tag: false,
    captionForAll: false,
    tagForAll: false,
    album: false,
  })
  const page = (ids: number[], answers: boolean[], mayOf: number[] | null): MonthPayload => ({
    ...empty,
    ids,
    may: answers.map(may),
    mayOf,
  })
  const told = (...pages: MonthPayload[]) => {
    const [first = empty, ...others] = structuredClone(pages)
    for (const other of others) appendPage(first, other)
    return first.ids.map((_, index) => mayWith(first, index)?.download)
  }

  test.each([
    ['the same for all', page([4, 3], [true], null), page([2, 1], [true], null), [true, true, true, true]],
    [
      'by folder',
      page([4, 3], [true, false], [0, 1]),
      page([2, 1], [true, false], [1, 0]),
      [true, false, false, true],
    ],
    [
      'rights taken between two pages',
      page([4, 3], [true], null),
      page([2, 1], [false], null),
      [true, true, false, false],
    ],
    [
      'a folder granted between them',
      page([4, 3], [false], null),
      page([2, 1], [true, false], [0, 1]),
      [false, false, true, false],
    ],
  ])('%s', (_, one, other, expected) => {
    expect(told(one, other)).toEqual(expected)
    expect(appendedMay(one, other)).toBe(expected.every((each) => each === expected[0]))
  })
  const appendedMay = (one: MonthPayload, other: MonthPayload) => {
    const whole = structuredClone(one)
    appendPage(whole, other)
    return whole.mayOf === null
  }
})
