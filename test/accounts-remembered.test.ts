import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StorageError } from '../electron/db/errors.ts'
import { SESSION_MAX_MS } from '../electron/domain/accounts/sessions.ts'
import { type AccountsHousehold, openAccountsHousehold } from './support/accounts.ts'
import { computer } from './support/computer.ts'

let home: AccountsHousehold
let olga: number
let ada: number
let ben: number
beforeEach(async () => {
  home = await openAccountsHousehold()
  olga = await home.addSuper('olga')
  ada = await home.add('ada')
  ben = await home.add('ben')
})
afterEach(() => home.close())

const sessionsOf = async (accountId: number) =>
  (await home.get(await home.as(olga), 'sessions.list', { accountId })).sessions.length

test('a remembered account stays for one click, another one ends when somebody else comes', async () => {
  const window = computer(home).program()()
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
  const { program, kept } = computer(home)
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
  const { program, kept } = computer(home)
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
  const { program, kept } = computer(home)
  await program()().logIn('ada', true)
  home.pass(SESSION_MAX_MS)
  const window = program()()
  await window.visitor.resumeLast()
  expect(window.onChange).not.toHaveBeenCalled()
  expect(await window.who()).toBe('anonymous')
  expect(kept()).toEqual({ tokens: [], last: null })
})

test('without a keychain nothing is remembered', async () => {
  const { program, kept } = computer(home, { mayRemember: false })
  const window = program()()
  await window.logIn('ada', true)
  expect((await window.known()).mayRemember).toBe(false)
  expect(kept().tokens).toEqual([])
  await window.ask('session.leave')
  expect((await window.known()).remembered).toEqual([])
})

test('one click is no way back to an account that administers: left, it asks for the password', async () => {
  const openWindow = computer(home).program()
  const window = openWindow()
  await window.logIn('olga', true)
  await window.ask('session.leave')
  expect(await window.known()).toMatchObject({ all: ['olga'], remembered: [], locked: null })
  expect(await window.ask('session.resume', { username: 'olga' })).toBe('unauthenticated not_remembered')

  // the same where somebody logs in without leaving first
  await window.logIn('olga', true)
  await window.logIn('ada', true)
  expect((await window.known()).remembered).toEqual(['ada'])
  expect(await window.ask('session.resume', { username: 'olga' })).toBe('unauthenticated not_remembered')
  await window.logIn('olga', true)
  await window.ask('session.resume', { username: 'ada' })
  expect((await window.known()).remembered).toEqual(['ada'])
  // what stood for it before is over
  await window.logIn('olga', true)
  expect(await sessionsOf(olga)).toBe(2)
  expect(await window.who()).toBe('account olga')
})

test('nobody is resumed at a locked window', async () => {
  const openWindow = computer(home).program()
  const [one, two] = [openWindow(), openWindow()]
  await one.logIn('ada', true)
  await one.ask('session.leave')
  await two.logIn('ben')
  await two.ask('session.lock')
  expect((await two.known()).remembered).toEqual([])
  expect(await two.ask('session.resume', { username: 'ada' })).toBe('unauthenticated session_locked')
  await two.ask('session.leave')
  expect(await two.ask('session.resume', { username: 'ada' })).toBe('ok')
})

test('remembered sessions are locked with the computer’s screen, in use or not', async () => {
  const { program, follow, kept } = computer(home)
  const openWindow = program()
  const window = openWindow()
  await window.logIn('ada', true)
  await window.ask('session.leave')
  await window.logIn('olga', true)
  await window.ask('session.leave')
  await window.logIn('ben', true)
  await follow('locked')
  expect(await window.who()).toBe('locked ben')
  const other = openWindow()
  expect(await other.ask('session.resume', { username: 'ada' })).toBe('unauthenticated not_remembered')
  await follow('unlocked')
  expect(await window.who()).toBe('account ben')
  // a person left olga's
  expect((await window.known()).remembered.sort()).toEqual(['ada', 'ben'])

  // one that cannot be locked is forgotten
  const refused = vi.spyOn(home.services.db, 'write').mockRejectedValue(new StorageError('full', 'of SQLite'))
  await follow('locked')
  refused.mockRestore()
  expect(kept().tokens).toEqual([])
  expect(home.lines.some((line) => line.includes('did not follow the screen'))).toBe(true)
})
