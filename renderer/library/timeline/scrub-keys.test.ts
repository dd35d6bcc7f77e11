import { expect, test } from 'vitest'
import { stackMonths } from './geometry.ts'
import { monthAtPosition, positionOfMonth } from './scrub.ts'
import { scrubTarget } from './scrub-keys.ts'

const names = ['2024-12', '2024-03', '2023-07', '2023-06', '2021-01']
const geometry = stackMonths(
  names.map((month, index) => ({ month, count: 10 + index })),
  ({ count }) => count * 60,
)
const after = (month: string, key: string) => {
  const target = scrubTarget(geometry, positionOfMonth(geometry, names.indexOf(month)), key)
  return target === null ? null : names[monthAtPosition(geometry, target)]
}

test.each([
  ['2024-03', 'ArrowDown', '2023-07'],
  ['2024-03', 'ArrowUp', '2024-12'],
  ['2023-06', 'ArrowLeft', '2023-07'],
  ['2023-06', 'ArrowRight', '2021-01'],
  ['2024-12', 'PageDown', '2023-07'],
  ['2023-06', 'PageDown', '2021-01'],
  ['2023-06', 'PageUp', '2024-12'],
  ['2021-01', 'PageUp', '2023-07'],
  ['2024-03', 'PageUp', '2024-12'],
  ['2023-07', 'Home', '2024-12'],
  ['2023-07', 'End', '2021-01'],
  ['2024-12', 'ArrowUp', '2024-12'],
])('from %s, %s leads to %s', (from, key, to) => expect(after(from, key)).toBe(to))

test('past the last month lies the end; other keys mean nothing', () => {
  expect(scrubTarget(geometry, positionOfMonth(geometry, 4), 'ArrowDown')).toBe(1)
  expect(scrubTarget(geometry, positionOfMonth(geometry, 4), 'PageDown')).toBe(1)
  expect(after('2023-07', 'Enter')).toBeNull()
  expect(
    scrubTarget(
      stackMonths([], () => 0),
      0,
      'End',
    ),
  ).toBeNull()
})
