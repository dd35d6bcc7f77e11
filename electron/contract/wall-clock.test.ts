import { expect, test } from 'vitest'
import { isWallTime, isZone, offsetAt, shiftWallTime } from './wall-clock.ts'

test.each([
  ['2024-02-29T12:00:00.000', true],
  ['2023-02-29T12:00:00.000', false],
  ['2024-04-31T12:00:00.000', false],
  ['2024-04-30T24:00:00.000', false],
  ['2024-04-30T23:59:60.000', false],
  ['0999-04-30T12:00:00.000', false],
  ['2024-04-30T12:00', false],
  ['2024-04-30T12:00:00.000Z', false],
])('%s is a moment of the calendar: %s', (text, is) => {
  expect(isWallTime(text)).toBe(is)
})

test('a shift goes over months and leap days, and not beyond the years a date has', () => {
  expect(shiftWallTime('2024-02-28T23:30:00.500', 3_600_000)).toBe('2024-02-29T00:30:00.500')
  expect(shiftWallTime('2024-01-01T00:00:00.000', -1)).toBe('2023-12-31T23:59:59.999')
  expect(shiftWallTime('9999-12-31T23:59:59.999', 1)).toBeNull()
  expect(shiftWallTime('1000-01-01T00:00:00.000', -1)).toBeNull()
  expect(shiftWallTime('2024-01-01T00:00:00.000', Number.MAX_SAFE_INTEGER)).toBeNull()
})

test.each([
  // summer and winter, both hemispheres
  ['Europe/Berlin', '2024-07-06T12:00:00.000', '+02:00', 'plain'],
  ['Europe/Berlin', '2024-01-06T12:00:00.000', '+01:00', 'plain'],
  ['Australia/Sydney', '2024-01-06T12:00:00.000', '+11:00', 'plain'],
  ['Asia/Kathmandu', '2024-01-06T12:00:00.000', '+05:45', 'plain'],
  ['America/New_York', '2024-07-06T12:00:00.000', '-04:00', 'plain'],
  ['UTC', '2024-07-06T12:00:00.000', '+00:00', 'plain'],
  // put forward at 2:00 on 31 March, back at 3:00 on 27 October
  ['Europe/Berlin', '2024-03-31T01:59:59.999', '+01:00', 'plain'],
  ['Europe/Berlin', '2024-03-31T02:00:00.000', '+01:00', 'skipped'],
  ['Europe/Berlin', '2024-03-31T02:59:59.999', '+01:00', 'skipped'],
  ['Europe/Berlin', '2024-03-31T03:00:00.000', '+02:00', 'plain'],
  ['Europe/Berlin', '2024-10-27T01:59:59.999', '+02:00', 'plain'],
  ['Europe/Berlin', '2024-10-27T02:30:00.000', '+02:00', 'repeated'],
  ['Europe/Berlin', '2024-10-27T03:00:00.000', '+01:00', 'plain'],
  ['America/New_York', '2024-03-10T02:30:00.000', '-05:00', 'skipped'],
  ['America/New_York', '2024-11-03T01:30:00.000', '-04:00', 'repeated'],
  // half an hour
  ['Australia/Lord_Howe', '2024-10-06T02:15:00.000', '+10:30', 'skipped'],
  // Samoa had no 30 December 2011
  ['Pacific/Apia', '2011-12-30T12:00:00.000', '-10:00', 'skipped'],
  ['Pacific/Apia', '2011-12-31T00:00:00.000', '+14:00', 'plain'],
  // fixed ones
  ['+05:30', '2024-01-06T12:00:00.000', '+05:30', 'plain'],
  ['-12:00', '2024-01-06T12:00:00.000', '-12:00', 'plain'],
] as const)('%s at %s: %s, %s', (zone, at, offset, clock) => {
  expect(offsetAt(zone, at)).toEqual({ offset, clock })
})

test.each(['', 'Mars/Olympus', '+2', '+15:00', '-12:30', '+02:60', '+0200', 'Europe/Berlin '])(
  '%j is no zone',
  (zone) => expect(isZone(zone)).toBe(false),
)
