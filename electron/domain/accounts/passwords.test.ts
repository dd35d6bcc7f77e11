import bcrypt from 'bcrypt'
import { afterEach, expect, test, vi } from 'vitest'
import { Refusal } from '../../lib/refusal.ts'
import { createPasswords, passwordProblem } from './passwords.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

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

test('an unknown name is compared as a known one is: by bcrypt, once, at the same cost, with nothing to be made first', async () => {
  const cost = 5
  const hash = await createPasswords({ cost }).hash('mantel piece')
  const compare = vi.spyOn(bcrypt, 'compare')
  const make = vi.spyOn(bcrypt, 'hash')
  for (const against of [hash, null]) await createPasswords({ cost }).matches('a guess', against)
  expect(make).not.toHaveBeenCalled()
  const [known, unknown = ''] = compare.mock.calls.map(([, against]) => against)
  expect(compare).toHaveBeenCalledTimes(2)
  expect(known).toBe(hash)
  expect([known, unknown].map((against = '') => bcrypt.getRounds(against))).toEqual([cost, cost])
  // bcrypt answers at once what has not the form of its hashes, and takes the salt of this one
  expect(unknown).toMatch(/^\$2b\$05\$[./A-Za-z0-9]{53}$/)
  expect((await bcrypt.hash('a guess', unknown)).slice(0, 28)).toBe(unknown.slice(0, 28))
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
