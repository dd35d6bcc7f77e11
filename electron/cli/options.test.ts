import { expect, test } from 'vitest'
import { toEndMoment, toMoment, toQuota } from './options.ts'

const at = (...[year, month, ...rest]: [number, number, number, number?, number?]) =>
  new Date(year, month - 1, ...rest).getTime()

test.each([
  ['2026-11-21', at(2026, 11, 21), at(2026, 11, 22)],
  ['2026-12-31', at(2026, 12, 31), at(2027, 1, 1)],
  // a day of 23 hours in Europe
  ['2026-03-29', at(2026, 3, 29), at(2026, 3, 30)],
  ['2026-11-21 18:04', at(2026, 11, 21, 18, 4), at(2026, 11, 21, 18, 4)],
  ['2026-11-21T00:00', at(2026, 11, 21), at(2026, 11, 21)],
])('%s', (typed, since, until) => {
  expect([toMoment(typed), toEndMoment(typed)]).toEqual([since, until])
})

test.each([
  '',
  'yesterday',
  '2026-06-31',
  '2026-13-01',
  '2026-1-1',
  '21.11.2026',
  '2026-11-21 25:00',
  '2026-11-21 18:75',
])('%j is no date', (typed) => {
  expect(() => toMoment(typed)).toThrow('A date such as')
})

test.each([
  ['50GB', 50e9],
  ['2.5 gb', 2.5e9],
  ['1kB', 1000],
  ['0MB', 0],
  ['none', 'none'],
])('a quota of %s', (typed, bytes) => {
  expect(toQuota(typed)).toBe(bytes)
})

test.each(['', '50', 'GB', '-1GB', '1e3GB', '5GiB', '1234567GB'])('%j is no quota', (typed) => {
  expect(() => toQuota(typed)).toThrow('A number with its unit')
})
