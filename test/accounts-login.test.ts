import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { SESSION_IDLE_MS, SESSION_MAX_MS } from '../electron/domain/accounts/sessions.ts'
import { type AccountsHousehold, openAccountsHousehold, operator, PASSWORD } from './support/accounts.ts'
import { anonymousCaller } from './support/household.ts'

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
})
afterEach(() => home.close())

test('wrong names and wrong passwords are answered alike, at the cost of one comparison each', async () => {
  const { passwords } = home.services
  const before = passwords.comparisons
  expect(await home.browser().logIn('ada', 'wrong')).toBe('unauthenticated wrong_credentials')
  expect(await home.browser().logIn('nobody', 'wrong')).toBe('unauthenticated wrong_credentials')
  expect(await home.browser().logIn('ada', PASSWORD)).toBe('ok')
  expect(passwords.comparisons - before).toBe(3)
})

test('unknown keys are refused', async () => {
  const input = { username: 'ada', password: PASSWORD, role: 'admin' }
  expect(await home.outcome(anonymousCaller, 'session.login', input)).toBe('invalid role unknown_key')
})

test('strangers cannot lock a member out of a known device, and are told to wait', async () => {
  const known = home.browser('10.0.0.1')
  expect(await known.logIn('ada', PASSWORD)).toBe('ok')
  for (let count = 0; count < 60; count += 1) await home.browser(`10.1.0.${count}`).logIn('ada', 'guess')
  expect(await home.browser('10.2.0.1').logIn('ada', PASSWORD)).toBe('throttled too_many_attempts')
  expect(await known.logIn('ada', PASSWORD)).toBe('ok')
})

test('a device lists the accounts that logged in on it, and no others', async () => {
  await home.add('ben')
  const page = home.browser()
  await page.logIn('ada', PASSWORD)
  const known = async (caller: Caller) => (await home.get(caller, 'session.known', {})).accounts
  expect((await known(await page.caller())).map(({ username }) => username)).toEqual(['ada'])
  expect(await known(anonymousCaller)).toEqual([])
})

test('a device token that was made up elsewhere is not taken over', async () => {
  const deviceToken = 'x'.repeat(43)
  const kept: string[] = []
  const rememberDevice = (token: string) => void kept.push(token)
  const caller = {
    ...anonymousCaller,
    deviceToken,
    effects: { ...anonymousCaller.effects, rememberDevice },
  }
  const login = { username: 'ada', password: PASSWORD }
  await home.get(caller, 'session.login', login)
  await home.get({ ...caller, deviceToken: kept[0] ?? null }, 'session.login', login)
  expect(kept[0]).not.toBe(deviceToken)
  expect(kept[1]).toBe(kept[0])
})

test('sessions end after 14 days, or 7 without use', async () => {
  const idle = home.browser()
  const used = home.browser()
  await idle.logIn('ada', PASSWORD)
  await used.logIn('ada', PASSWORD)
  const start = home.now()
  for (const days of [6, 12]) {
    home.pass(start + days * 24 * 3_600_000 - home.now())
    expect((await used.caller()).principal.kind).toBe('account')
    // the use is noted behind the request; this waits until it is
    await home.services.db.write(async () => {}, { priority: 'background' })
  }
  home.pass(start + SESSION_IDLE_MS + 1 - home.now())
  expect((await idle.caller()).principal.kind).toBe('anonymous')
  home.pass(start + SESSION_MAX_MS + 1 - home.now())
  expect((await used.caller()).principal.kind).toBe('anonymous')
})

test('an account that may not log in is told so only with its right password', async () => {
  const id = await home.add('ben')
  await home.get(operator, 'accounts.update', { id, mayLogIn: false })
  expect(await home.browser().logIn('ben', 'wrong')).toBe('unauthenticated wrong_credentials')
  expect(await home.browser().logIn('ben', PASSWORD)).toBe('forbidden login_disabled')
})
