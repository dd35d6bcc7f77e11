import { expect, test } from 'vitest'
import { madeMonth } from '../made-month.ts'
import { monthForDay, placeOfDay } from './day-place.ts'

const july = madeMonth('2024-07', [1, 1, 1, 1, 1, 1], 3)
const march = madeMonth('2024-03', [1, 1], 1)
const months = [july, march].map(({ month, count }) => ({ month, count }))

const find = (day: string) => {
  const at = monthForDay(months, day)
  return placeOfDay(months, at, [july, march][at] ?? july, day)
}

test.each([
  ['the day itself', '2024-07-27', { month: 0, index: 2 }],
  ['a day after all', '2030-01-01', { month: 0, index: 0 }],
  ['a day without photos: the last one before it', '2024-07-30', { month: 0, index: 0 }],
  ['a day before the month’s first photo: the month before', '2024-07-03', { month: 1, index: 0 }],
  ['a month without photos: the month before', '2024-05-20', { month: 1, index: 0 }],
  ['a day before all photos: the oldest day', '2024-03-02', { month: 1, index: 0 }],
  ['a month before all photos: the oldest day', '1999-12-31', { month: 1, index: 0 }],
])('%s', (_, day, place) => {
  expect(find(day)).toEqual(place)
})

test('among no photos there is no month to look in', () => {
  expect(monthForDay([], '2024-07-01')).toBe(-1)
})
