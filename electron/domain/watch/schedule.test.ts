import { afterAll, beforeAll, expect, test } from 'vitest'
import { isDue } from './schedule.ts'

const zone = process.env.TZ
beforeAll(() => {
  // its clock goes forward on 29 March 2026 at 02:00, and back on 25 October at 03:00
  process.env.TZ = 'Europe/Berlin'
})
afterAll(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

const at = (text: string) => new Date(text).getTime()
const daily = (time: string) => ({ every: 'day', at: time }) as const

/** The minutes in which a folder is scanned that is looked at every minute, and was never missed before. */
function scansOf(rescan: Parameters<typeof isDue>[0], from: string, to: string): string[] {
  const scans: string[] = []
  let last = at(from)
  for (let now = at(from); now < at(to); now += 60_000) {
    if (!isDue(rescan, last, now)) continue
    last = now
    scans.push(new Date(now).toISOString())
  }
  return scans
}

test('the zone of this test is in force', () => {
  expect(new Date('2026-07-01T00:00:00Z').getHours()).toBe(2)
})

test('never is never, not even for a folder that was never scanned', () => {
  expect(isDue({ every: 'never' }, null, at('2026-07-01'))).toBe(false)
  expect(isDue(daily('03:00'), null, at('2026-07-01'))).toBe(true)
})

test('hours count from the last scan', () => {
  const rescan = { every: 'hours', hours: 6 } as const
  expect(isDue(rescan, at('2026-07-01T10:00Z'), at('2026-07-01T15:59Z'))).toBe(false)
  expect(isDue(rescan, at('2026-07-01T10:00Z'), at('2026-07-01T16:00Z'))).toBe(true)
})

test('daily is once a day, at that time', () => {
  expect(scansOf(daily('03:00'), '2026-07-01T00:00Z', '2026-07-04T00:00Z')).toEqual([
    '2026-07-01T01:00:00.000Z',
    '2026-07-02T01:00:00.000Z',
    '2026-07-03T01:00:00.000Z',
  ])
  expect(scansOf(daily('00:00'), '2026-06-30T22:30Z', '2026-07-02T00:00Z')).toEqual([
    '2026-07-01T22:00:00.000Z',
  ])
})

test('weekly is once a week, on that day', () => {
  const sundays = { every: 'week', day: 'sunday', at: '23:30' } as const
  expect(scansOf(sundays, '2026-07-01T00:00Z', '2026-07-14T00:00Z')).toEqual([
    '2026-07-05T21:30:00.000Z',
    '2026-07-12T21:30:00.000Z',
  ])
  const mondays = { every: 'week', day: 'monday', at: '00:00' } as const
  expect(scansOf(mondays, '2026-07-01T00:00Z', '2026-07-07T00:00Z')).toEqual(['2026-07-05T22:00:00.000Z'])
})

test('a time that the clock leaves out in spring comes right after the gap, once', () => {
  expect(scansOf(daily('02:30'), '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual([
    '2026-03-29T01:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ])
})

test('a time that the clock shows twice in autumn counts once', () => {
  expect(scansOf(daily('02:30'), '2026-10-24T12:00Z', '2026-10-26T12:00Z')).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ])
})

test('many missed times are made up for by one scan', () => {
  const last = at('2026-07-01T01:00Z')
  const woken = at('2026-07-09T12:00Z')
  expect(isDue(daily('03:00'), last, woken)).toBe(true)
  expect(isDue(daily('03:00'), woken, woken + 60_000)).toBe(false)
  expect(isDue(daily('03:00'), woken, at('2026-07-10T01:00Z'))).toBe(true)
})
