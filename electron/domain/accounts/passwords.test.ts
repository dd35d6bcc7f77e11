import { expect, test } from 'vitest'
import { Refusal } from '../../lib/refusal.ts'
import { createPasswords, passwordProblem } from './passwords.ts'

const cheap = () => createPasswords({ cost: 4 })

test.each([
  ['seven77', 'password_too_short'],
  ['password1', 'password_common'],
  ['Password1', 'password_common'],
  ['x'.repeat(73), 'password_too_long'],
  // 25 characters of three bytes each
  ['€'.repeat(25), 'password_too_long'],
  ['€'.repeat(24), null],
  ['        ', null],
  ['a quiet mantelpiece', null],
])('the rule %j breaks is %s', async (password, problem) => {
  expect(await passwordProblem(password)).toBe(problem)
})

test('blanks at either end count', async () => {
  const passwords = cheap()
  const hash = await passwords.hash(' mantel piece ')
  expect(await passwords.matches(' mantel piece ', hash)).toBe(true)
  expect(await passwords.matches('mantel piece', hash)).toBe(false)
})

test('what follows byte 72 is not ignored', async () => {
  const passwords = cheap()
  const hash = await passwords.hash('y'.repeat(72))
  expect(await passwords.matches('y'.repeat(72), hash)).toBe(true)
  expect(await passwords.matches(`${'y'.repeat(72)}!`, hash)).toBe(false)
})

test('an unknown name costs one comparison and never matches', async () => {
  const passwords = cheap()
  expect(await passwords.matches('anything', null)).toBe(false)
  expect(passwords.comparisons).toBe(1)
})

test('the first unknown name costs as long as a known one', async () => {
  const cost = 9
  const hash = await createPasswords({ cost }).hash('mantel piece')
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 7; round += 1)
    for (const [kind, against] of [
      ['known', hash],
      ['unknown', null],
    ] as const) {
      const passwords = createPasswords({ cost })
      const start = performance.now()
      await passwords.matches('a guess', against)
      times[kind].push(performance.now() - start)
    }
  // the quickest of each: others only waited for the processor. A hash to be made first would double it, one of a wrong form save it
  const ratio = Math.min(...times.unknown) / Math.min(...times.known)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.6)
})

test('beyond a few waiting ones a login is told to come back, and those waiting still finish', async () => {
  const passwords = createPasswords({ cost: 8 })
  const hash = await passwords.hash('mantel piece')
  const attempts = Array.from({ length: 12 }, () => passwords.matches('mantel piece', hash))
  const settled = await Promise.allSettled(attempts)
  const refused = settled.filter((one) => one.status === 'rejected')
  expect(settled.filter((one) => one.status === 'fulfilled' && one.value).length).toBe(8)
  expect(refused.length).toBe(4)
  for (const { reason } of refused) expect(reason instanceof Refusal && reason.code).toBe('throttled')
})
