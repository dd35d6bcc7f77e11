import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { followScreen } from '../electron/domain/accounts/screen.ts'
import { principalOf, SESSION_MAX_MS } from '../electron/domain/accounts/sessions.ts'
import { ALLOWED_FAILURES } from '../electron/domain/accounts/throttle.ts'
import { type KeptSessions, Seats } from '../electron/doors/seats.ts'
import { Visitor } from '../electron/doors/visitor.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'

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

/** A computer with windows of Mantel's own; what it keeps outlives a program. */
function computer({ mayRemember = true } = {}) {
  let kept: KeptSessions = { tokens: [], last: null }
  let device: string | null = null
  const program = () => {
    const seats = new Seats({ mayRemember, kept, keep: (next) => (kept = next) })
    const { services } = home
    const core = {
      dispatch: home.call,
      authenticate: (token: string | null) => principalOf(services.db, services.clock, token),
      followScreen: (token: string, screen: 'locked' | 'unlocked') => followScreen(services, token, screen),
      hints: services.hints,
      live: services.live,
      log: services.log,
    }
    return function openWindow() {
      const onChange = vi.fn()
      const visitor = new Visitor({
        core,
        seats,
        device: { read: () => device, write: (token) => (device = token) },
        pickFolder: async () => null,
        onChange,
      })
      const ask = async (name: string, input: object = {}) =>
        home.outcome(await visitor.caller(), name, input)
      return {
        visitor,
        onChange,
        ask,
        logIn: (username: string, remember = false) =>
          ask('session.login', { username, password: PASSWORD, remember }),
        async who() {
          const { principal } = await visitor.caller()
          return 'username' in principal ? `${principal.kind} ${principal.username}` : principal.kind
        },
        async known() {
          const { accounts, ...rest } = await home.get(await visitor.caller(), 'session.known', {})
          const remembered = accounts.filter((one) => one.remembered).map(({ username }) => username)
          return { ...rest, all: accounts.map(({ username }) => username).sort(), remembered }
        },
      }
    }
  }
  return { program, kept: () => kept }
}

test('a locked session does nothing but wait for its password, and goes on under a new token', async () => {
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  const before = page.kept.token
  const { principal } = await page.caller()
  const cut = vi.fn()
  if (principal.kind === 'account') home.services.live.add(principal.sessionId, cut)

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
  if (principal.kind === 'account') home.services.live.add(principal.sessionId, cut)
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

test('a remembered account stays for one click, another one ends when somebody else comes', async () => {
  const window = computer().program()()
  await window.logIn('ada', true)
  expect(await window.ask('session.leave')).toBe('ok')
  expect(await window.who()).toBe('anonymous')
  expect(await window.known()).toEqual({ all: ['ada'], remembered: ['ada'], locked: null, mayRemember: true })

  await window.logIn('ben')
  expect(await window.known()).toMatchObject({ all: ['ada', 'ben'], remembered: ['ada'] })
  const before = await sessionsOf(ben)
  window.onChange.mockClear()
  expect(await window.ask('session.resume', { username: 'Ada' })).toBe('ok')
  expect(window.onChange).toHaveBeenCalledTimes(1)
  expect(await window.who()).toBe('account ada')
  expect([before, await sessionsOf(ben)]).toEqual([1, 0])
  expect(await window.ask('session.resume', { username: 'ben' })).toBe('unauthenticated not_remembered')
})

test('several accounts are remembered; logging out, revoking and changing an account forget it', async () => {
  const { program, kept } = computer()
  const window = program()()
  await window.logIn('ada', true)
  await window.logIn('ben', true)
  expect(kept().tokens.map(({ accountId }) => accountId)).toEqual([ada, ben])
  expect((await window.known()).remembered.sort()).toEqual(['ada', 'ben'])

  await window.ask('session.logout')
  expect(kept().tokens.map(({ accountId }) => accountId)).toEqual([ada])

  const admin = await home.as(ada)
  const { sessions } = await home.get(admin, 'sessions.list', {})
  for (const { id, current } of sessions) if (!current) await home.get(admin, 'sessions.revoke', { id })
  expect((await window.known()).remembered).toEqual([])
  expect(kept().tokens).toEqual([])
  expect(await window.ask('session.resume', { username: 'ada' })).toBe('unauthenticated not_remembered')
})

test('the next start goes on with the account that was in use last, unless it made room', async () => {
  const { program, kept } = computer()
  const first = program()()
  await first.logIn('ada', true)
  await first.logIn('ben', true)

  const second = program()()
  await second.visitor.resumeLast()
  expect(await second.who()).toBe('account ben')
  await second.ask('session.resume', { username: 'ada' })

  const third = program()()
  await third.visitor.resumeLast()
  expect(await third.who()).toBe('account ada')
  await third.ask('session.leave')

  const fourth = program()()
  await fourth.visitor.resumeLast()
  expect(await fourth.who()).toBe('anonymous')
  expect(kept().tokens).toHaveLength(2)
})

test('at the next start a session that does not hold any more is dropped silently', async () => {
  const { program, kept } = computer()
  await program()().logIn('ada', true)
  home.pass(SESSION_MAX_MS)
  const window = program()()
  await window.visitor.resumeLast()
  expect(window.onChange).not.toHaveBeenCalled()
  expect(await window.who()).toBe('anonymous')
  expect(kept()).toEqual({ tokens: [], last: null })
})

test('without a keychain nothing is remembered', async () => {
  const { program, kept } = computer({ mayRemember: false })
  const window = program()()
  await window.logIn('ada', true)
  expect((await window.known()).mayRemember).toBe(false)
  expect(kept().tokens).toEqual([])
  await window.ask('session.leave')
  expect((await window.known()).remembered).toEqual([])
})

test('a lock outlives the program, and is no way around the password', async () => {
  const { program, kept } = computer()
  const window = program()()
  await window.logIn('ada', true)
  await window.ask('session.lock')
  const next = program()()
  await next.visitor.resumeLast()
  expect(await next.who()).toBe('locked ada')
  expect((await next.known()).remembered).toEqual([])
  expect(await next.ask('session.resume', { username: 'ada' })).toBe('unauthenticated not_remembered')
  expect(await next.ask('session.unlock', { password: PASSWORD })).toBe('ok')
  // the new token is what is remembered now
  const later = program()()
  await later.visitor.resumeLast()
  expect(await later.who()).toBe('account ada')
  expect(kept().tokens).toHaveLength(1)
})

test('the computer’s lock locks every window and opens those again, but none that a person locked', async () => {
  const openWindow = computer().program()
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
  const openWindow = computer().program()
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
