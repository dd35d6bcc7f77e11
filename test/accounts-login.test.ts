import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { sessions } from '../electron/db/schema.ts'
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

const DAY_MS = 24 * 60 * 60_000
/** The use of a session is noted behind the request; this waits until it is. */
const noted = () => home.services.db.write(async () => {}, { priority: 'background' })
const kindOf = async (page: { caller(): Promise<Caller> }) => {
  const { principal } = await page.caller()
  await noted()
  return principal.kind
}

test('sessions end after 14 days, or 7 without use, to the millisecond', async () => {
  const idle = home.browser()
  const used = home.browser()
  await idle.logIn('ada', PASSWORD)
  await used.logIn('ada', PASSWORD)
  const start = home.now()
  const at = (ms: number) => home.pass(start + ms - home.now())
  at(6 * DAY_MS)
  expect(await kindOf(used)).toBe('account')
  at(SESSION_IDLE_MS - 1)
  const list = async () => (await home.get(await used.caller(), 'sessions.list', {})).sessions.length
  expect(await list()).toBe(2)
  at(SESSION_IDLE_MS)
  expect(await list()).toBe(1)
  expect(await kindOf(idle)).toBe('anonymous')
  at(12 * DAY_MS)
  expect(await kindOf(used)).toBe('account')
  at(SESSION_MAX_MS - 1)
  expect(await kindOf(used)).toBe('account')
  at(SESSION_MAX_MS)
  expect(await kindOf(used)).toBe('anonymous')
})

test('a session that began while the clock was a year ahead has its days from when it was set right', async () => {
  const [used, rested] = [home.browser(), home.browser()]
  await used.logIn('ada', PASSWORD)
  await rested.logIn('ada', PASSWORD)
  home.pass(-365 * DAY_MS)
  expect(await kindOf(used)).toBe('account')
  // any login looks after those that rest
  await home.browser().logIn('ada', PASSWORD)
  home.pass(SESSION_IDLE_MS)
  expect(await kindOf(rested)).toBe('anonymous')
  expect(await kindOf(used)).toBe('anonymous')
})

test('a use after the clock was set back lets it live for 14 days, not for a year', async () => {
  const page = home.browser()
  await page.logIn('ada', PASSWORD)
  home.pass(-365 * DAY_MS)
  for (let day = 0; day < 14; day += 1) {
    expect([day, await kindOf(page)]).toEqual([day, 'account'])
    home.pass(DAY_MS)
  }
  expect(await kindOf(page)).toBe('anonymous')
})

test('a clock that is set right by a second ends nothing', async () => {
  const page = home.browser()
  await page.logIn('ada', PASSWORD)
  home.pass(-1000)
  expect(await kindOf(page)).toBe('account')
})

test("sessions are seen and ended by their account and by admins, a super admin's by super admins alone", async () => {
  const ids = { ada: 1, bo: await home.add('bo', { role: 'admin' }), ben: await home.add('ben') }
  const outcome = async (by: keyof typeof ids, whose: keyof typeof ids) => {
    const target = await home.as(ids[whose])
    const id = 'sessionId' in target.principal ? target.principal.sessionId : 0
    const caller = await home.as(ids[by])
    const listed = await home.outcome(caller, 'sessions.list', { accountId: ids[whose] })
    const revoked = await home.outcome(caller, 'sessions.revoke', { id })
    expect(revoked).toBe(listed)
    const { services } = home
    const left = await services.db.read.select().from(sessions).where(eq(sessions.id, id))
    expect(left.length).toBe(revoked === 'ok' ? 0 : 1)
    return revoked
  }
  for (const [by, whose, expected] of [
    ['ada', 'ada', 'ok'],
    ['ada', 'bo', 'ok'],
    ['ada', 'ben', 'ok'],
    ['bo', 'ada', 'not_found'],
    ['bo', 'bo', 'ok'],
    ['bo', 'ben', 'ok'],
    ['ben', 'ada', 'not_found'],
    ['ben', 'bo', 'not_found'],
    ['ben', 'ben', 'ok'],
  ] as const)
    expect([by, whose, await outcome(by, whose)]).toEqual([by, whose, expected])
  await home.get(operator, 'accounts.remove', { id: ids.ben })
  const gone = { accountId: ids.ben }
  expect(await home.outcome(await home.as(ids.ada), 'sessions.list', gone)).toBe('not_found')
})

test('an account that may not log in is told so only with its right password', async () => {
  const id = await home.add('ben')
  await home.get(operator, 'accounts.update', { id, mayLogIn: false })
  expect(await home.browser().logIn('ben', 'wrong')).toBe('unauthenticated wrong_credentials')
  expect(await home.browser().logIn('ben', PASSWORD)).toBe('forbidden login_disabled')
})
