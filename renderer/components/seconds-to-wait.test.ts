import { expect, test } from 'vitest'
import { secondsToWait } from './seconds-to-wait.ts'

test('the told wait counts down from when it was received, and never below nothing', () => {
  const failure = { at: 1_000_000, error: { retryAfterSeconds: 30 } }
  expect(secondsToWait(failure, 1_000_000)).toBe(30)
  expect(secondsToWait(failure, 1_000_400)).toBe(30)
  expect(secondsToWait(failure, 1_029_999)).toBe(1)
  expect(secondsToWait(failure, 1_030_000)).toBe(0)
  expect(secondsToWait(failure, 2_000_000)).toBe(0)
})

test('without a told wait there is none', () => {
  expect(secondsToWait(null, 5)).toBe(0)
  expect(secondsToWait({ at: 0, error: {} }, 5)).toBe(0)
})
