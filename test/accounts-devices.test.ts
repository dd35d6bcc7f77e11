import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { knownDevices, sessions } from '../electron/db/schema.ts'
import { DEVICE_IDLE_MS, DEVICES_KEPT, SESSIONS_KEPT } from '../electron/domain/accounts/sessions.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'
import { computer } from './support/computer.ts'

let home: AccountsHousehold
let ada: number
let ben: number
beforeEach(async () => {
  home = await openAccountsHousehold()
  ada = await home.addSuper('ada')
  ben = await home.add('ben')
})
afterEach(() => home.close())

const sessionsOf = (accountId: number) =>
  home.services.db.read.select().from(sessions).where(eq(sessions.accountId, accountId))
const devicesOf = (accountId: number) =>
  home.services.db.read.select().from(knownDevices).where(eq(knownDevices.accountId, accountId))

/** Whether the login page of that browser shows ben: its device is known to the account. */
async function knowsBen({ caller }: { caller(): Promise<Caller> }) {
  const { accounts } = await home.get(await caller(), 'session.known', {})
  return accounts.some(({ username }) => username === 'ben')
}

test('logins without end leave fifty sessions and devices; the longest unused go, and what is open of them', async () => {
  const first = home.browser()
  await first.logIn('ben', PASSWORD)
  const { principal } = await first.caller()
  const cut = vi.fn()
  if ('sessionId' in principal) home.services.live.add([principal.sessionId], cut)
  await home.browser().logIn('ada', PASSWORD)
  home.pass(1)
  const second = home.browser()
  await second.logIn('ben', PASSWORD)
  home.pass(1)
  for (let count = 2; count < SESSIONS_KEPT; count += 1) await home.browser().logIn('ben', PASSWORD)
  expect(cut).not.toHaveBeenCalled()
  expect((await first.caller()).principal.kind).toBe('account')
  await home.browser().logIn('ben', PASSWORD)
  expect(cut).toHaveBeenCalledTimes(1)
  expect((await first.caller()).principal.kind).toBe('anonymous')
  expect([await knowsBen(first), await knowsBen(second)]).toEqual([false, true])
  expect(await sessionsOf(ben)).toHaveLength(SESSIONS_KEPT)
  expect(await devicesOf(ben)).toHaveLength(DEVICES_KEPT)
  expect([await sessionsOf(ada), await devicesOf(ada)]).toMatchObject([{ length: 1 }, { length: 1 }])
})

test('a device unused for a year is a stranger, also one that was used while the clock was ahead', async () => {
  const old = home.browser()
  await old.logIn('ben', PASSWORD)
  home.pass(5 * DEVICE_IDLE_MS)
  const ahead = home.browser()
  await ahead.logIn('ben', PASSWORD)
  home.pass(-5 * DEVICE_IDLE_MS + 1)
  await home.browser().logIn('ben', PASSWORD)
  home.pass(DEVICE_IDLE_MS)
  await home.browser().logIn('ben', PASSWORD)
  home.pass(2)
  await home.browser().logIn('ben', PASSWORD)
  expect([await knowsBen(old), await knowsBen(ahead)]).toEqual([false, false])
  expect(await devicesOf(ben)).toHaveLength(2)
})

test('an own new password makes all other devices strangers', async () => {
  const [here, there] = [home.browser(), home.browser()]
  await there.logIn('ben', PASSWORD)
  await here.logIn('ben', PASSWORD)
  const change = { id: ben, password: OTHER, currentPassword: PASSWORD }
  expect(await home.outcome(await here.caller(), 'accounts.changePassword', change)).toBe('ok')
  expect([await knowsBen(here), await knowsBen(there)]).toEqual([true, false])
})

test.each([
  ['the operator', 'accounts.changePassword', async () => operator],
  ['a super admin', 'accounts.changePassword', () => home.as(ada)],
  ['an edit', 'accounts.update', () => home.as(ada)],
])('a password set by %s makes all devices strangers', async (_, name, who) => {
  const device = home.browser()
  await device.logIn('ben', PASSWORD)
  const caller = { ...(await who()), deviceToken: device.kept.device }
  expect(await home.outcome(caller, name, { id: ben, password: OTHER })).toBe('ok')
  expect(await knowsBen(device)).toBe(false)
})

test('of two who change one password at the same moment the later is told why not', async () => {
  const { passwords } = home.services
  const { hash } = passwords
  passwords.hash = async (...asked) => {
    passwords.hash = hash
    await home.get(operator, 'accounts.changePassword', { id: ben, password: 'a third mantelpiece' })
    return hash(...asked)
  }
  const change = { id: ben, password: OTHER }
  expect(await home.outcome(await home.as(ada), 'accounts.changePassword', change)).toBe(
    'conflict password_changed',
  )
})

test('a login that can’t end the session before it leaves everything as it was', async () => {
  const { program, kept } = computer(home)
  const window = program()()
  await window.logIn('ben', true)
  const before = { kept: kept(), sessions: await sessionsOf(ben) }
  const { db } = home.services
  await db.write((tx) =>
    tx.run(sql`create trigger no_end before delete on sessions begin select raise(abort, 'no'); end`),
  )
  expect(await window.logIn('ben', true)).toBe('internal')
  expect({ kept: kept(), sessions: await sessionsOf(ben) }).toEqual(before)
  expect(await window.who()).toBe('account ben')
  await db.write((tx) => tx.run(sql`drop trigger no_end`))
  expect(await window.logIn('ben', true)).toBe('ok')
  expect(await sessionsOf(ben)).toHaveLength(1)
})
