import { describe, expect, test } from 'vitest'
import { dayOf, endInDays, endOfDay, isEndOfDay } from './link-end.ts'

describe('the end of a link', () => {
  test('is the last moment of its day where the reader is, in months with a change of the clock too', () => {
    for (const day of ['2026-08-01', '2026-03-29', '2026-10-25', '2028-02-29', '2026-12-31']) {
      const end = endOfDay(day)
      expect(end).not.toBeNull()
      expect(dayOf(end ?? 0)).toBe(day)
      expect(dayOf((end ?? 0) + 1)).not.toBe(day)
      expect(isEndOfDay(end ?? 0)).toBe(true)
      expect(isEndOfDay((end ?? 0) - 1)).toBe(false)
    }
  })

  test.each(['', '2026-06-31', '2026-13-01', '26-01-01', 'tomorrow'])('%j is no day', (day) => {
    expect(endOfDay(day)).toBeNull()
  })

  test('in so many days counts days, not hours', () => {
    const evening = new Date(2026, 2, 28, 23, 59).getTime()
    expect(dayOf(endInDays(0, evening))).toBe('2026-03-28')
    expect(dayOf(endInDays(1, evening))).toBe('2026-03-29')
    expect(dayOf(endInDays(7, evening))).toBe('2026-04-04')
    expect(isEndOfDay(endInDays(365, evening))).toBe(true)
  })
})
