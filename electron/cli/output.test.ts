import { expect, test } from 'vitest'
import { duration, moment, table } from './output.ts'

test('columns are as wide as their widest cell, and names cannot drive the terminal', () => {
  expect(
    table(
      ['A', 'B'],
      [
        ['long one', 'x'],
        ['\u001b[31mred', ''],
      ],
    ),
  ).toBe(['A         B', 'long one  x', '?[31mred'].join('\n'))
})

test.each([
  [0, '0.0 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min 0 s'],
  [185_000, '3 min 5 s'],
])('%i ms', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text)
})

test('moments are local time', () => {
  expect(moment(new Date(2026, 0, 2, 3, 4).getTime())).toBe('2026-01-02 03:04')
  expect(moment(null)).toBe('–')
})
