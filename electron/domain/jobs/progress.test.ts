import { expect, test } from 'vitest'
import { ProgressMeter } from './progress.ts'

test('the rate is that of the last seconds, and the time left follows from it', () => {
  let now = 0
  const meter = new ProgressMeter(() => now)
  meter.set(0, 1000)
  expect(meter.rate).toBe(null)
  for (let second = 1; second <= 60; second += 1) {
    now = second * 1000
    meter.set(second <= 30 ? second * 2 : 60 + (second - 30) * 10, 1000)
  }
  expect(meter.done).toBe(360)
  expect(meter.rate).toBe(10)
  expect(meter.secondsLeft).toBe(64)
})

test('without a total there is no time left', () => {
  let now = 0
  const meter = new ProgressMeter(() => now)
  meter.set(0, null)
  now = 2000
  meter.set(20, null)
  expect(meter.rate).toBe(10)
  expect(meter.secondsLeft).toBe(null)
})

test('a clock set back tells no rate from the future', () => {
  let now = 1_000_000
  const meter = new ProgressMeter(() => now)
  meter.set(0, 100)
  now = 0
  meter.set(50, 100)
  now = 2000
  meter.set(60, 100)
  expect(meter.rate).toBe(5)
})
