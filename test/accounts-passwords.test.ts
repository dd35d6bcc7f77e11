import { afterEach, beforeEach, expect, test } from 'vitest'
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

test.each([
  ['seven77', 'password_too_short'],
  ['password1', 'password_common'],
  ['x'.repeat(73), 'password_too_long'],
])('%s is refused with its reason', async (password, reason) => {
  const id = await home.addSuper('ada')
  expect(await home.outcome(operator, 'accounts.changePassword', { id, password })).toBe(
    `invalid password ${reason}`,
  )
})
