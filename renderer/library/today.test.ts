import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { onNextDay, today } from './today.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('today is the day of the clock on the wall', () => {
  expect(today(new Date(2024, 0, 9, 23, 59))).toBe('01-09')
})

test('another day is told at midnight, each once, until nobody listens', () => {
  vi.setSystemTime(new Date(2024, 1, 28, 9, 0))
  const days: string[] = []
  const end = onNextDay(() => days.push(today()))
  vi.advanceTimersByTime(15 * 3_600_000 - 1)
  expect(days).toEqual([])
  vi.advanceTimersByTime(1)
  expect(days).toEqual(['02-29'])
  vi.advanceTimersByTime(24 * 3_600_000)
  expect(days).toEqual(['02-29', '03-01'])
  end()
  vi.advanceTimersByTime(48 * 3_600_000)
  expect(days).toHaveLength(2)
})

test('a computer that slept over midnight tells it soon after', () => {
  vi.setSystemTime(new Date(2024, 6, 5, 22, 0))
  const days: string[] = []
  onTestFinished(onNextDay(() => days.push(today())))
  // timers stood still meanwhile
  vi.setSystemTime(new Date(2024, 6, 6, 8, 0))
  vi.advanceTimersByTime(60_000)
  expect(days).toEqual(['07-06'])
})
