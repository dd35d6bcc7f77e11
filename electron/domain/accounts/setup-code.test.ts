import { expect, test } from 'vitest'
import { createSetupCode } from './setup-code.ts'

test('after ten wrong codes everybody waits a minute, also where the clock is set back by a year', () => {
  const year = 365 * 24 * 3_600_000
  let now = year
  const { code, check } = createSetupCode(() => now)
  for (let count = 0; count < 10; count += 1) expect(() => check('WRONG')).toThrow('code')
  const throttled = expect.objectContaining({
    code: 'throttled',
    details: { reason: 'too_many_attempts', retryAfterSeconds: 60 },
  })
  expect(() => check(code)).toThrow(throttled)
  now = 0
  expect(() => check(code)).toThrow(throttled)
  now += 60_000
  expect(() => check(code)).not.toThrow()
})
