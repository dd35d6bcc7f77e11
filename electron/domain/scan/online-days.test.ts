import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countDay, daysKept } from './online-days.ts'

const hour = 3_600_000
const day = 24 * hour

/** Counts along the times at which scans came to their end. */
const countAll = (times: readonly number[], start = { onlineDays: 0, onlineDayAt: null as number | null }) =>
  times.reduce(countDay, start)

test('the first scan counts, those of the same day do not, the next day does', () => {
  expect(countAll([5])).toEqual({ onlineDays: 1, onlineDayAt: 5 })
  expect(countAll([0, hour, 19 * hour]).onlineDays).toBe(1)
  expect(countAll([0, day]).onlineDays).toBe(2)
  expect(countAll([0, 400 * day]).onlineDays).toBe(2)
})

test('a scan every hour counts a day every day, not every twenty hours', () => {
  const hours = Array.from({ length: 10 * 24 }, (_, index) => index * hour)
  expect(countAll(hours).onlineDays).toBe(10 + 1) // the eleventh is counted early
  const longer = Array.from({ length: 100 * 24 }, (_, index) => index * hour)
  expect(countAll(longer).onlineDays).toBe(100 + 1)
})

test('a scan each night counts each night, whenever it comes to its end', () => {
  const ends = fc.array(fc.integer({ min: 0, max: 3 * hour }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(ends, (late) => {
      expect(countAll(late.map((ms, night) => night * day + ms)).onlineDays).toBe(late.length)
    }),
  )
})

test('a clock set back counts nothing and takes back what may have been counted wrongly', () => {
  const counted = { onlineDays: 12, onlineDayAt: 100 * day }
  expect(countDay(counted, 100 * day - hour)).toEqual(counted)
  expect(countDay(counted, 99 * day)).toEqual({ onlineDays: 11, onlineDayAt: 99 * day })
  expect(countDay(counted, 95.5 * day)).toEqual({ onlineDays: 7, onlineDayAt: 95.5 * day })
  expect(countDay(counted, 0)).toEqual({ onlineDays: 12 - daysKept, onlineDayAt: 0 })
  // years back and forth again: never more than before
  expect(countAll([0, 100 * day], counted).onlineDays).toBeLessThan(12)
})

test('whatever the clock does, no day is counted twice', () => {
  const jumps = fc.array(fc.integer({ min: -2000 * 24, max: 2000 * 24 }), { maxLength: 200 })
  fc.assert(
    fc.property(jumps, (hours) => {
      let now = 5000 * day
      let days = countDay({ onlineDays: 0, onlineDayAt: null }, now)
      for (const jump of hours) {
        now += jump * hour
        const next = countDay(days, now)
        expect(next.onlineDays).toBeLessThanOrEqual(days.onlineDays + 1)
        const isCounted = next.onlineDays > days.onlineDays
        const { onlineDayAt: from } = days
        const { onlineDayAt: to } = next
        if (from === null || to === null) throw new Error('a day without a beginning')
        // counted days begin a whole day apart, and never far in the future
        if (isCounted) expect(to - from).toBeGreaterThanOrEqual(day)
        expect(to - now).toBeLessThanOrEqual(8 * hour)
        days = next
      }
    }),
  )
})

test('where a clock goes wrong and right again, 30 days counted are 30 days passed', () => {
  const scan = fc.record({
    /** hours until the next scan */
    after: fc.integer({ min: 1, max: 40 }),
    /** how far the clock is off at a scan in between, hours */
    off: fc.option(fc.integer({ min: -50_000, max: 50_000 })),
  })
  fc.assert(
    fc.property(fc.array(scan, { minLength: 30, maxLength: 300 }), (scans) => {
      const begin = 100_000 * hour
      let real = begin
      let days = countDay({ onlineDays: 7, onlineDayAt: begin - day }, real)
      const since = days.onlineDays
      for (const { after, off } of scans) {
        real += after * hour
        if (off !== null) days = countDay(days, real + off * hour)
        days = countDay(days, real)
        // of the wrong clock's hours, those that are too few to be told from a wavering one's remain
        if (days.onlineDays - since >= daysKept) {
          expect(real - begin).toBeGreaterThanOrEqual(daysKept * day - 12 * hour)
          return
        }
      }
    }),
    { numRuns: 1000 },
  )
})
