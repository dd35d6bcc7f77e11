import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accounts } from '../electron/db/schema.ts'
import { ALLOWED_FAILURES } from '../electron/domain/accounts/throttle.ts'
import { type AccountsHousehold, openAccountsHousehold, operator, PASSWORD } from './support/accounts.ts'
import { logInWith, switchFactorOn } from './support/second-factor.ts'
import { codeOf } from './support/totp.ts'

/** What a login with the second factor is answered. */

const STEP_MS = 30_000
const MINUTE_MS = 60_000
const NEEDED = 'unauthenticated code_needed'
const WRONG = 'unauthenticated code_wrong'
const UNREADABLE = 'unauthenticated factor_unreadable'
const TOO_MANY = 'throttled too_many_attempts'

let home: AccountsHousehold
let ben: number
let own: ReturnType<AccountsHousehold['browser']>
let factor: Awaited<ReturnType<typeof switchFactorOn>>
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
  ben = await home.add('ben')
  own = home.browser('10.0.0.1')
  await own.logIn('ben', PASSWORD)
  factor = await switchFactorOn(home, await own.caller())
})
afterEach(() => home.close())

/** An attempt from an address that nobody used before. */
let address = 0
const logIn = (code?: string) => {
  address += 1
  return logInWith(home, 'ben', code, `10.8.${address >> 8}.${address & 255}`)
}

test('the password alone is not enough, and a code is asked for only where it was right', async () => {
  expect(await logIn()).toBe(NEEDED)
  expect(await logIn('')).toBe(NEEDED)
  const caller = await home.browser('10.7.0.1').caller()
  const guess = { username: 'ben', password: 'a guess', code: factor.code(1) }
  expect(await home.outcome(caller, 'session.login', guess)).toBe('unauthenticated wrong_credentials')
  // that code was not used up by it
  expect(await logIn(factor.code(1))).toBe('ok')
})

test('a code is taken once: not that of the set-up, not one of a login, not one of an earlier step', async () => {
  expect(await logIn(factor.code())).toBe(WRONG)
  expect(await logIn(factor.code(1))).toBe('ok')
  expect(await logIn(factor.code(1))).toBe(WRONG)
  home.pass(STEP_MS)
  expect(await logIn(factor.code(-1))).toBe(WRONG)
  expect(await logIn(factor.code())).toBe(WRONG)
  home.pass(STEP_MS)
  const spaced = factor.code().replace(/(...)/, ' $1 ')
  expect(await logIn(spaced)).toBe('ok')
})

test('the step before and after count, further ones do not', async () => {
  home.pass(10 * STEP_MS)
  expect(await logIn(factor.code(-2))).toBe(WRONG)
  expect(await logIn(factor.code(2))).toBe(WRONG)
  expect(await logIn(factor.code(-1))).toBe('ok')
  expect(await logIn(factor.code(1))).toBe('ok')
  // in between, but older than the last one taken
  expect(await logIn(factor.code())).toBe(WRONG)
})

test('a clock that was ahead and is set back keeps nobody out', async () => {
  home.pass(365 * 24 * 60 * MINUTE_MS)
  expect(await logIn(factor.code())).toBe('ok')
  home.pass(-365 * 24 * 60 * MINUTE_MS)
  home.pass(5 * STEP_MS)
  expect(await logIn(factor.code())).toBe('ok')
  expect(await logIn(factor.code())).toBe(WRONG)
})

test('one code given by two at the same moment lets one in, of the app or for recovery', async () => {
  home.pass(2 * STEP_MS)
  for (const code of [factor.code(), factor.recoveryCodes[0] ?? '']) {
    const both = await Promise.all([logIn(code), logIn(code)])
    expect(both.sort()).toEqual(['ok', WRONG])
  }
})

test('each recovery code lets in once, however it is written', async () => {
  const [first = '', second = '', third = ''] = factor.recoveryCodes
  expect(await logIn(first)).toBe('ok')
  expect(await logIn(first)).toBe(WRONG)
  expect(await logIn(second.toLowerCase().replaceAll('-', ' '))).toBe('ok')
  expect(await logIn(second)).toBe(WRONG)
  expect(await logIn('AAAA-BBBB-CCCC-DDDD')).toBe(WRONG)
  const status = await home.get(await own.caller(), 'totp.status', {})
  expect(status).toMatchObject({ on: true, codesLeft: 8, readable: true })
  // another account's opens nothing
  const ada = home.browser('10.0.0.2')
  await ada.logIn('ada', PASSWORD)
  await switchFactorOn(home, await ada.caller())
  expect(await logInWith(home, 'ada', third, '10.6.0.1')).toBe(WRONG)
})

test('a login that fails after the code leaves the code as it was', async () => {
  await home.services.db.write((tx) =>
    tx.update(accounts).set({ mayLogIn: false }).where(eq(accounts.id, ben)),
  )
  const [code = ''] = factor.recoveryCodes
  expect(await logIn(code)).toBe('forbidden login_disabled')
  await home.services.db.write((tx) =>
    tx.update(accounts).set({ mayLogIn: true }).where(eq(accounts.id, ben)),
  )
  expect(await logIn(code)).toBe('ok')
})

describe('wrong codes', () => {
  test('count like wrong passwords for their address; a missing one counts nothing', async () => {
    const at = () => logInWith(home, 'ben', '000000', '10.5.0.1')
    for (let count = 0; count < 20; count += 1)
      expect(await logInWith(home, 'ben', undefined, '10.5.0.1')).toBe(NEEDED)
    for (let count = 0; count < ALLOWED_FAILURES.address; count += 1) expect(await at()).toBe(WRONG)
    expect(await at()).toBe(TOO_MANY)
    // nor does that address try passwords meanwhile
    expect(await logInWith(home, 'ada', undefined, '10.5.0.1')).toBe(TOO_MANY)
    home.pass(10 * MINUTE_MS)
    expect(await at()).toBe(WRONG)
  })

  test('of all strangers together are ten for an account, whatever addresses they come from', async () => {
    for (let count = 0; count < ALLOWED_FAILURES.code; count += 1) expect(await logIn('000000')).toBe(WRONG)
    expect(await logIn('000000')).toBe(TOO_MANY)
    // a right one either: how long to wait is told
    home.pass(MINUTE_MS)
    const caller = await home.browser('10.4.0.1').caller()
    const attempt = { username: 'ben', password: PASSWORD, code: factor.code() }
    const told = await home.call(caller, 'session.login', attempt)
    expect(told.ok ? null : told.error).toMatchObject({ code: 'throttled', retryAfterSeconds: 9 * 60 })
    // a known device has its own ten
    const known = await own.caller()
    expect(await home.outcome(known, 'session.login', attempt)).toBe('ok')
    const [spare] = factor.recoveryCodes
    home.pass(9 * MINUTE_MS)
    expect(await logIn(spare)).toBe('ok')
  })

  test('of a known device are ten of its own', async () => {
    const attempt = async (code: string) =>
      home.outcome(await own.caller(), 'session.login', { username: 'ben', password: PASSWORD, code })
    for (let count = 0; count < ALLOWED_FAILURES.device; count += 1)
      expect(await attempt('000000')).toBe(WRONG)
    expect(await attempt(factor.code(1))).toBe(TOO_MANY)
    expect(await logIn(factor.code(1))).toBe('ok')
  })

  test('of all known devices together are thirty within an hour, apart from those of strangers', async () => {
    const devices = [own]
    for (let more = 1; more <= 3; more += 1) {
      const device = home.browser(`10.1.0.${more}`)
      const code = factor.recoveryCodes[more]
      const attempt = { username: 'ben', password: PASSWORD, code }
      expect(await home.outcome(await device.caller(), 'session.login', attempt)).toBe('ok')
      devices.push(device)
    }
    const attempt = async (device: typeof own, code: string) =>
      home.outcome(await device.caller(), 'session.login', { username: 'ben', password: PASSWORD, code })
    for (let count = 0; count < ALLOWED_FAILURES.knownCode; count += 1)
      expect(await attempt(devices[count % 3] ?? own, '000000')).toBe(WRONG)
    const [, , , last = own] = devices
    expect(await attempt(last, factor.code(1))).toBe(TOO_MANY)
    expect(await logIn(factor.code(1))).toBe('ok')
    // the devices' own ten minutes are over, the hour is not
    home.pass(59 * MINUTE_MS)
    expect(await attempt(last, factor.code())).toBe(TOO_MANY)
    home.pass(MINUTE_MS)
    expect(await attempt(last, factor.code())).toBe('ok')
  })

  test('guessing passwords is no cheaper with a code', async () => {
    const guess = async () => {
      const caller = await home.browser('10.3.0.1').caller()
      const input = { username: 'ben', password: 'a guess', code: '000000' }
      return home.outcome(caller, 'session.login', input)
    }
    const { passwords } = home.services
    const before = passwords.comparisons
    for (let count = 0; count < ALLOWED_FAILURES.address; count += 1)
      expect(await guess()).toBe('unauthenticated wrong_credentials')
    expect(passwords.comparisons - before).toBe(ALLOWED_FAILURES.address)
    expect(await guess()).toBe(TOO_MANY)
  })
})

describe('where the key file is', () => {
  const key = () => join(home.services.dataDir, 'secret.key')

  test.each([
    ['gone', () => rm(key())],
    ['another one', () => writeFile(key(), `${'A'.repeat(43)}\n`)],
    ['damaged', () => writeFile(key(), 'x')],
  ])('%s, the login says so, nothing counts as a failure, and recovery codes go on', async (_, change) => {
    await change()
    for (let count = 0; count < 12; count += 1) {
      expect(await logInWith(home, 'ben', undefined, '10.2.0.1')).toBe(UNREADABLE)
      expect(await logInWith(home, 'ben', codeOf(factor.seed, home.now(), 1), '10.2.0.1')).toBe(UNREADABLE)
    }
    expect(await home.get(await own.caller(), 'totp.status', {})).toMatchObject({ on: true, readable: false })
    expect(await logIn(factor.recoveryCodes[3])).toBe('ok')
    // and the way back that the reason names
    await home.get(operator, 'accounts.changePassword', { id: ben, password: PASSWORD, clearTotp: true })
    expect(await logIn()).toBe('ok')
  })
})

test("a seed that is copied into another account's row opens nothing there", async () => {
  const eve = await home.add('eve')
  const [row] = await home.services.db.read.select().from(accounts).where(eq(accounts.id, ben))
  const { totpSecret = null } = row ?? {}
  await home.services.db.write((tx) => tx.update(accounts).set({ totpSecret }).where(eq(accounts.id, eve)))
  expect(await logInWith(home, 'eve', factor.code(1))).toBe(UNREADABLE)
})

test('a locked session asks for the code as well; a remembered one does not', async () => {
  await home.call(await own.caller(), 'session.lock')
  const unlock = async (code?: string) =>
    home.outcome(await own.caller(), 'session.unlock', { password: PASSWORD, ...(code && { code }) })
  expect(await unlock()).toBe(NEEDED)
  expect(await unlock('000000')).toBe(WRONG)
  expect(await unlock(factor.code(1))).toBe('ok')
  expect(await home.outcome(await own.caller(), 'session.me', {})).toBe('ok')
})
