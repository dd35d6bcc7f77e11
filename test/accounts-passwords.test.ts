import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anyone } from '../electron/access/policies.ts'
import type { Caller } from '../electron/api/caller.ts'
import { bytesRouter } from '../electron/api/media.ts'
import { router } from '../electron/api/router.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
})
afterEach(() => home.close())

test('own: needs the current one, keeps this session and ends the others', async () => {
  const id = await home.addSuper('ada')
  const [here, there] = [home.browser(), home.browser()]
  await here.logIn('ada', PASSWORD)
  await there.logIn('ada', PASSWORD)
  const change = { id, password: OTHER }
  expect(await home.outcome(await here.caller(), 'accounts.changePassword', change)).toBe(
    'invalid currentPassword current_password_needed',
  )
  expect(
    await home.outcome(await here.caller(), 'accounts.changePassword', {
      ...change,
      currentPassword: 'wrong',
    }),
  ).toBe('invalid currentPassword current_password_wrong')
  expect(
    await home.outcome(await here.caller(), 'accounts.changePassword', {
      ...change,
      currentPassword: PASSWORD,
    }),
  ).toBe('ok')
  expect((await here.caller()).principal.kind).toBe('account')
  expect((await there.caller()).principal.kind).toBe('anonymous')
  expect(await there.logIn('ada', OTHER)).toBe('ok')
})

test('guesses of the current one have their limit, and lock nobody out of logging in', async () => {
  await home.addSuper('ada')
  const id = await home.add('ben')
  const [stolen, own] = [home.browser(), home.browser('10.0.0.7')]
  await stolen.logIn('ben', PASSWORD)
  const guess = async (currentPassword: string) =>
    home.outcome(await stolen.caller(), 'accounts.changePassword', { id, password: OTHER, currentPassword })
  for (let count = 0; count < 10; count += 1)
    expect(await guess('a guess')).toBe('invalid currentPassword current_password_wrong')
  expect(await guess(PASSWORD)).toBe('throttled too_many_attempts')
  expect(await own.logIn('ben', PASSWORD)).toBe('ok')
  home.pass(10 * 60_000)
  expect(await guess(PASSWORD)).toBe('ok')
})

test('a super admin may ask for a new one at the next login', async () => {
  await home.addSuper('ada')
  const id = await home.add('ben')
  await home.get(operator, 'accounts.changePassword', { id, password: OTHER, mustChange: true })
  const page = home.browser()
  await page.logIn('ben', OTHER)
  expect((await home.get(await page.caller(), 'session.me', {})).account.mustChangePassword).toBe(true)
  const change = { id, password: 'a third mantelpiece', currentPassword: OTHER }
  expect(await home.outcome(await page.caller(), 'accounts.changePassword', change)).toBe('ok')
  expect((await home.get(await page.caller(), 'session.me', {})).account.mustChangePassword).toBe(false)
})

test('whoever was told to choose a new one cannot choose the old one', async () => {
  await home.addSuper('ada')
  const id = await home.add('ben', { mustChangePassword: true })
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  const choose = async (password: string) =>
    home.outcome(await page.caller(), 'accounts.changePassword', { id, password, currentPassword: PASSWORD })
  expect(await choose(PASSWORD)).toBe('invalid password password_same')
  expect((await home.account(id))?.mustChangePassword).toBe(true)
  expect(await choose(OTHER)).toBe('ok')
  expect((await home.account(id))?.mustChangePassword).toBe(false)
  // nobody tells them to now
  const again = { id, password: OTHER, currentPassword: OTHER }
  expect(await home.outcome(await page.caller(), 'accounts.changePassword', again)).toBe('ok')
})

test("only super admins tell somebody to choose a new password, or take that back; a regular admin's change leaves it", async () => {
  const ada = await home.as(await home.addSuper('ada'))
  const admin = await home.as(await home.add('bo', { role: 'admin' }))
  const id = await home.add('ben')
  const told = async () => (await home.account(id))?.mustChangePassword
  const tell = (mustChangePassword: boolean) => ({ id, mustChangePassword })
  const refused = (field: string) => `forbidden super_admin_only ${field} super_admin_only`

  expect(await home.outcome(admin, 'accounts.update', tell(true))).toBe(refused('mustChangePassword'))
  const change = { id, password: OTHER, currentPassword: PASSWORD }
  const telling = { ...change, mustChange: true }
  expect(await home.outcome(admin, 'accounts.changePassword', telling)).toBe(refused('mustChange'))
  expect(await told()).toBe(false)

  expect(await home.outcome(ada, 'accounts.update', tell(true))).toBe('ok')
  expect(await home.outcome(admin, 'accounts.update', tell(false))).toBe(refused('mustChangePassword'))
  const takingBack = { ...change, mustChange: false }
  expect(await home.outcome(admin, 'accounts.changePassword', takingBack)).toBe(refused('mustChange'))
  // what it says already is no change
  expect(await home.outcome(admin, 'accounts.update', tell(true))).toBe('ok')
  expect(await home.outcome(admin, 'accounts.changePassword', change)).toBe('ok')
  expect(await told()).toBe(true)
  expect(await home.outcome(ada, 'accounts.update', tell(false))).toBe('ok')
  expect(await told()).toBe(false)
})

test('until it is changed everything else is refused', async () => {
  await home.addSuper('ada')
  const id = await home.add('eve', { role: 'admin', superAdmin: true, mustChangePassword: true })
  const eve = await home.as(id)
  const open = [
    'accounts.changePassword',
    'session.leave',
    'session.lock',
    'session.logout',
    'session.me',
    // such a session views as nobody, so there is nothing to stop
    'session.stopViewing',
  ]
  const walked = Object.entries({ ...router, ...bytesRouter }).filter(([, { allow }]) => allow !== anyone)
  for (const [name] of walked) {
    if (open.includes(name)) continue
    expect([name, await home.outcome(eve, name, {})]).toEqual([name, 'forbidden password_must_change'])
  }
  expect(walked.length).toBeGreaterThan(30)
  // its own alone, not that of others
  const another = { id: await home.add('ben'), password: OTHER, currentPassword: PASSWORD }
  expect(await home.outcome(eve, 'accounts.changePassword', another)).toBe('not_found')
  const own = { id, password: OTHER, currentPassword: PASSWORD }
  expect(await home.outcome(eve, 'accounts.changePassword', own)).toBe('ok')
})

describe('guesses of the current password from inside', () => {
  const wrong = 'invalid currentPassword current_password_wrong'
  const guess = (caller: Caller, id: number) =>
    home.outcome(caller, 'accounts.changePassword', { id, password: OTHER, currentPassword: 'a guess' })

  test('a new name of the account gives no new ones', async () => {
    await home.addSuper('ada')
    const admin = await home.as(await home.add('bo', { role: 'admin' }))
    const id = await home.add('ben')
    for (let count = 0; count < 10; count += 1) expect(await guess(admin, id)).toBe(wrong)
    expect(await home.outcome(admin, 'accounts.update', { id, username: 'benedict' })).toBe('ok')
    expect(await guess(admin, id)).toBe('throttled too_many_attempts')
  })

  test('a crowd of admins that one admin made has fifty altogether', async () => {
    await home.addSuper('ada')
    const admin = await home.as(await home.add('bo', { role: 'admin' }))
    const id = await home.add('ben')
    for (let count = 0; count < 5; count += 1) {
      const made = { username: `bo${count}`, password: PASSWORD, role: 'admin' } as const
      const puppet = await home.as((await home.get(admin, 'accounts.create', made)).id)
      for (let guesses = 0; guesses < 10; guesses += 1) expect(await guess(puppet, id)).toBe(wrong)
    }
    expect(await guess(admin, id)).toBe('throttled too_many_attempts')
    // neither from logging in nor from changing it is the account itself kept
    const page = home.browser('10.0.0.7')
    expect(await page.logIn('ben', PASSWORD)).toBe('ok')
    const own = { id, password: OTHER, currentPassword: PASSWORD }
    expect(await home.outcome(await page.caller(), 'accounts.changePassword', own)).toBe('ok')
  })
})
