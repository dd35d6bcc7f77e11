import bcrypt from 'bcrypt'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { accounts } from '../electron/db/schema.ts'
import { ALLOWED_FAILURES } from '../electron/domain/accounts/throttle.ts'
import { type AccountsHousehold, openAccountsHousehold, operator, PASSWORD } from './support/accounts.ts'

/** The limits of docs/security.md, through the API. */

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
})
afterEach(() => home.close())

const MINUTE_MS = 60_000
const WRONG = 'unauthenticated wrong_credentials'
const TOO_MANY = 'throttled too_many_attempts'

/** A stranger's attempt: a browser that was never here. */
const guess = (address: string, username = 'ada', password = 'a guess') =>
  home.browser(address).logIn(username, password)

/** What a refused attempt is told to wait, in seconds. */
async function waitOf(address: string, username = 'ada') {
  const caller = await home.browser(address).caller()
  const result = await home.call(caller, 'session.login', { username, password: PASSWORD })
  return result.ok ? 'ok' : (result.error.retryAfterSeconds ?? result.error.code)
}

test('ten from one address, whatever the names; then the rest of ten minutes, to the second', async () => {
  for (let count = 0; count < 10; count += 1) expect(await guess('10.0.0.1', `name${count}`)).toBe(WRONG)
  home.pass(MINUTE_MS + 500)
  expect(await waitOf('10.0.0.1')).toBe(9 * 60)
  expect(await waitOf('10.0.0.2')).toBe('ok')
  home.pass(9 * MINUTE_MS - 501)
  expect(await waitOf('10.0.0.1')).toBe(1)
  home.pass(1)
  expect(await waitOf('10.0.0.1')).toBe('ok')
})

test('fifty for one account, in whatever case it is written; others log in', async () => {
  await home.add('ben')
  const spellings = ['ada', 'ADA', 'Ada', 'aDa']
  for (let count = 0; count < 50; count += 1)
    expect(await guess(`10.0.${count}.1`, spellings[count % 4])).toBe(WRONG)
  for (const spelling of spellings) expect(await waitOf('10.1.0.1', spelling)).toBe(10 * 60)
  expect(await waitOf('10.1.0.1', 'ben')).toBe('ok')
  // a name that does not exist has the same limits, so that they tell nothing
  for (let count = 0; count < 50; count += 1) expect(await guess(`10.2.${count}.1`, 'nobody')).toBe(WRONG)
  expect(await waitOf('10.3.0.1', 'nobody')).toBe(10 * 60)
})

test('a known device has ten of its own, which neither spend nor are spent by those of strangers', async () => {
  const own = home.browser('10.0.0.1')
  expect(await own.logIn('ada', PASSWORD)).toBe('ok')
  // strangers at the same address too
  for (let count = 0; count < 10; count += 1) await guess('10.0.0.1')
  for (let count = 0; count < 40; count += 1) await guess(`10.1.${count}.1`)
  expect(await waitOf('10.2.0.1')).toBe(10 * 60)
  for (let count = 0; count < 9; count += 1) expect(await own.logIn('ADA', 'a guess')).toBe(WRONG)
  expect(await own.logIn('ada', PASSWORD)).toBe('ok')
  expect(await own.logIn('ada', 'a guess')).toBe(WRONG)
  expect(await own.logIn('ada', PASSWORD)).toBe(TOO_MANY)
  home.pass(10 * MINUTE_MS)
  expect(await own.logIn('ada', PASSWORD)).toBe('ok')
})

test("a device that another account is known on is a stranger's", async () => {
  await home.add('eve')
  const eves = home.browser('10.0.0.1')
  expect(await eves.logIn('eve', PASSWORD)).toBe('ok')
  for (let count = 0; count < ALLOWED_FAILURES.address; count += 1)
    expect(await eves.logIn('ada', 'a guess')).toBe(WRONG)
  expect(await eves.logIn('ada', PASSWORD)).toBe(TOO_MANY)
  expect(await eves.logIn('eve', PASSWORD)).toBe('ok')
})

test('a device knows every account that logged in on it, also more than it lists', async () => {
  const shared = home.browser('10.0.0.1')
  expect(await shared.logIn('ada', PASSWORD)).toBe('ok')
  for (let count = 0; count < 14; count += 1) {
    home.pass(1000)
    await home.add(`guest${count}`)
    expect(await shared.logIn(`guest${count}`, PASSWORD)).toBe('ok')
  }
  for (let count = 0; count < 50; count += 1) await guess(`10.1.${count}.1`)
  expect(await shared.logIn('ada', PASSWORD)).toBe('ok')
})

test('attempts at the same moment do not slip by together', async () => {
  const { passwords } = home.services
  const before = passwords.comparisons
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => guess('10.0.0.1')))
  expect(passwords.comparisons - before).toBeLessThanOrEqual(10)
  expect(outcomes.filter((one) => one === WRONG).length).toBeLessThanOrEqual(10)
  for (let count = 0; count < 10; count += 1) await guess('10.0.0.1')
  expect(passwords.comparisons - before).toBe(10)
})

test('logins that succeed count for nothing', async () => {
  for (let count = 0; count < 30; count += 1) expect(await guess('10.0.0.1', 'ada', PASSWORD)).toBe('ok')
  for (let count = 0; count < 9; count += 1) await guess('10.0.0.1')
  expect(await guess('10.0.0.1', 'ada', PASSWORD)).toBe('ok')
  expect(await guess('10.0.0.1')).toBe(WRONG)
  expect(await guess('10.0.0.1')).toBe(TOO_MANY)
})

test('those who come while eight wait are told so, at no cost and without being counted', async () => {
  const { passwords } = home.services
  const before = passwords.comparisons
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, (_, n) => guess(`10.0.0.${n}`, 'ada', PASSWORD)),
  )
  const busy = outcomes.filter((one) => one === 'throttled too_many_waiting').length
  expect(busy).toBeGreaterThan(0)
  expect(outcomes.filter((one) => one === 'ok').length).toBe(30 - busy)
  expect(passwords.comparisons - before).toBe(30 - busy)
  for (let n = 0; n < 9; n += 1) await guess('10.0.0.1')
  expect(await waitOf('10.0.0.1')).toBe('ok')
})

test('every attempt costs one comparison and no hash, whoever it names; those that are refused before cost none', async () => {
  const disabled = await home.add('disabled')
  const deleted = await home.add('deleted.one')
  const unknownRole = await home.add('butler')
  await home.get(operator, 'accounts.update', { id: disabled, mayLogIn: false })
  await home.get(operator, 'accounts.remove', { id: deleted })
  await home.services.db.write((tx) =>
    tx.update(accounts).set({ role: 'butler' }).where(eq(accounts.id, unknownRole)),
  )
  const compare = vi.spyOn(bcrypt, 'compare')
  const hash = vi.spyOn(bcrypt, 'hash')
  const attempts: [username: string, password: string, outcome: string][] = [
    ['ada', PASSWORD, 'ok'],
    ['ada', 'wrong', WRONG],
    ['ada', '', WRONG],
    ['ada', 'x'.repeat(73), WRONG],
    ['ada', 'x'.repeat(1000), WRONG],
    // what bcrypt would ignore does not make it right
    ['ada', `${PASSWORD}\u0000more`, WRONG],
    ['nobody', 'wrong', WRONG],
    ['', 'wrong', WRONG],
    ['not a name', 'wrong', WRONG],
    ['visitor', 'wrong', WRONG],
    ['disabled', 'wrong', WRONG],
    ['disabled', PASSWORD, 'forbidden login_disabled'],
    ['deleted.one', PASSWORD, WRONG],
    ['butler', 'wrong', WRONG],
    ['butler', PASSWORD, 'forbidden login_disabled'],
  ]
  for (const [n, [username, password, outcome]] of attempts.entries()) {
    compare.mockClear()
    expect([username, await guess(`10.0.0.${n}`, username, password)]).toEqual([username, outcome])
    expect([username, compare.mock.calls.length, hash.mock.calls.length]).toEqual([username, 1, 0])
  }
  compare.mockClear()
  // no attempt: such a password can't be typed at all
  expect(await guess('10.0.0.1', 'ada', 'x'.repeat(1001))).toBe('invalid password malformed')
  for (let count = 0; count < 10; count += 1) await guess('10.1.0.1')
  compare.mockClear()
  expect(await guess('10.1.0.1')).toBe(TOO_MANY)
  expect(compare.mock.calls.length + hash.mock.calls.length).toBe(0)
  compare.mockRestore()
  hash.mockRestore()
})
