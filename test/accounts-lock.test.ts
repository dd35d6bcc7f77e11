import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { principalOf, SESSION_MAX_MS } from '../electron/domain/accounts/sessions.ts'
import { ALLOWED_FAILURES } from '../electron/domain/accounts/throttle.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'
import { computer } from './support/computer.ts'

const MINUTE_MS = 60_000

let home: AccountsHousehold
let ada: number
let ben: number
beforeEach(async () => {
  home = await openAccountsHousehold()
  ada = await home.addSuper('ada')
  ben = await home.add('ben')
})
afterEach(() => home.close())

const sessionsOf = async (accountId: number) =>
  (await home.get(await home.as(ada), 'sessions.list', { accountId })).sessions.length

test('a locked session does nothing but wait for its password, and goes on under a new token', async () => {
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  const before = page.kept.token
  const { principal } = await page.caller()
  const cut = vi.fn()
  if (principal.kind === 'account') home.services.live.add([principal.sessionId], cut)

  expect(await home.outcome(await page.caller(), 'session.lock', {})).toBe('ok')
  expect(cut).toHaveBeenCalledTimes(1)
  for (const name of ['session.me', 'timeline.months', 'settings.get', 'session.lock'])
    expect(await home.outcome(await page.caller(), name, {})).toBe('unauthenticated session_locked')
  const known = await home.get(await page.caller(), 'session.known', {})
  expect(known.locked).toEqual({ username: 'ben', name: '' })

  const unlock = async (password: string) => home.outcome(await page.caller(), 'session.unlock', { password })
  expect(await unlock('wrong')).toBe('unauthenticated wrong_credentials')
  expect(await unlock(PASSWORD)).toBe('ok')
  expect(page.kept.token).not.toBe(before)
  expect((await page.caller()).principal).toMatchObject({ kind: 'account', username: 'ben' })
  // the old token is nobody's
  const { db, clock } = home.services
  expect((await principalOf(db, clock, before)).kind).toBe('anonymous')
  expect(await sessionsOf(ben)).toBe(1)
})

test('unlocking is counted and compared like a login, with the device’s own allowance', async () => {
  const page = home.browser('10.0.0.1')
  await page.logIn('ben', PASSWORD)
  await home.outcome(await page.caller(), 'session.lock', {})
  const { passwords } = home.services
  const before = passwords.comparisons
  const unlock = async (password: string) => home.outcome(await page.caller(), 'session.unlock', { password })
  // strangers have spent what the account bears
  for (let count = 0; count < ALLOWED_FAILURES.account; count += 1)
    await home.browser(`10.1.0.${count}`).logIn('ben', 'guess')
  for (let count = 0; count < ALLOWED_FAILURES.device; count += 1)
    expect(await unlock('guess')).toBe('unauthenticated wrong_credentials')
  expect(passwords.comparisons - before).toBe(ALLOWED_FAILURES.account + ALLOWED_FAILURES.device)
  expect(await unlock(PASSWORD)).toBe('throttled too_many_attempts')
  home.pass(10 * MINUTE_MS)
  expect(await unlock(PASSWORD)).toBe('ok')
})

test('an account that was changed while its session was locked is logged out', async () => {
  for (const change of [{ mayLogIn: false }, { role: 'viewer' }, { password: OTHER }]) {
    const id = await home.add(`person${Object.keys(change)[0]?.toLowerCase()}`)
    const account = await home.account(id)
    const page = home.browser()
    await page.logIn(account?.username ?? '', PASSWORD)
    await home.outcome(await page.caller(), 'session.lock', {})
    await home.get(operator, 'accounts.update', { id, ...change } as { id: number })
    const unlocked = await home.outcome(await page.caller(), 'session.unlock', { password: PASSWORD })
    expect(unlocked).toBe('unauthenticated')
  }
})

test('locking does not prolong a session', async () => {
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  const days = 24 * 60 * MINUTE_MS
  for (const passed of [6, 12]) {
    home.pass(6 * days)
    await home.outcome(await page.caller(), 'session.lock', {})
    expect([
      passed,
      await home.outcome(await page.caller(), 'session.unlock', { password: PASSWORD }),
    ]).toEqual([passed, 'ok'])
  }
  home.pass(SESSION_MAX_MS - 12 * days)
  expect((await page.caller()).principal.kind).toBe('anonymous')
})

test('leaving a locked session ends it', async () => {
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  await home.outcome(await page.caller(), 'session.lock', {})
  expect(await home.outcome(await page.caller(), 'session.leave', {})).toBe('ok')
  expect(page.kept.token).toBeNull()
  expect(await sessionsOf(ben)).toBe(0)
})

test('a login over a live session ends that session, its streams included', async () => {
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  const { principal } = await page.caller()
  const cut = vi.fn()
  if (principal.kind === 'account') home.services.live.add([principal.sessionId], cut)
  await page.logIn('ben', 'wrong')
  expect(cut).not.toHaveBeenCalled()
  await page.logIn('ada', PASSWORD)
  expect(cut).toHaveBeenCalledTimes(1)
  expect(await sessionsOf(ben)).toBe(0)
})

test('browsers resume nobody', async () => {
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  const resume = async (caller: Caller) => home.outcome(caller, 'session.resume', { username: 'ben' })
  expect(await resume(await page.caller())).toBe('unauthenticated not_remembered')
})

test('a lock outlives the program, and is no way around the password', async () => {
  const { program, kept } = computer(home)
  const window = program()()
  await window.logIn('ada', true)
  await window.ask('session.lock')
  const next = program()()
  await next.visitor.resumeLast()
  expect(await next.who()).toBe('locked ada')
  expect((await next.known()).remembered).toEqual([])
  expect(await next.ask('session.resume', { username: 'ada' })).toBe('unauthenticated session_locked')
  expect(await next.ask('session.unlock', { password: PASSWORD })).toBe('ok')
  // the new token is what is remembered now
  const later = program()()
  await later.visitor.resumeLast()
  expect(await later.who()).toBe('account ada')
  expect(kept().tokens).toHaveLength(1)
})

test('the computer’s lock locks every window and opens those again, but none that a person locked', async () => {
  const openWindow = computer(home).program()
  const windows = [openWindow(), openWindow(), openWindow()] as const
  await windows[0].logIn('ada')
  await windows[1].logIn('ben')
  for (const { visitor } of windows) await visitor.follow(() => {})
  await windows[1].ask('session.lock')
  const all = async (screen: 'locked' | 'unlocked') => {
    for (const { visitor } of windows) await visitor.followScreen(screen)
    return Promise.all(windows.map((window) => window.who()))
  }
  windows[0].onChange.mockClear()
  expect(await all('locked')).toEqual(['locked ada', 'locked ben', 'anonymous'])
  expect(windows[0].onChange).toHaveBeenCalledTimes(1)
  expect(await all('unlocked')).toEqual(['account ada', 'locked ben', 'anonymous'])
  // what the computer locked can be opened by the password as well
  await all('locked')
  expect(await windows[0].ask('session.unlock', { password: PASSWORD })).toBe('ok')
})

test('two windows on one remembered session lock, unlock and log out together', async () => {
  const openWindow = computer(home).program()
  const [one, two] = [openWindow(), openWindow()]
  await one.logIn('ada', true)
  await two.ask('session.resume', { username: 'ada' })
  for (const { visitor } of [one, two]) await visitor.follow(() => {})
  await one.ask('session.lock')
  expect(await two.who()).toBe('locked ada')
  expect(two.onChange).toHaveBeenCalledTimes(2)
  await two.ask('session.unlock', { password: PASSWORD })
  expect(await one.who()).toBe('account ada')
  // a login in one of them does not pull the chair from under the other
  await one.logIn('ada', true)
  expect(await two.who()).toBe('account ada')
  await two.ask('session.logout')
  expect(await one.who()).toBe('account ada')
})
