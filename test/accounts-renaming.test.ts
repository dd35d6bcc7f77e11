import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AccountsHousehold, openAccountsHousehold, operator, PASSWORD } from './support/accounts.ts'

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
})
afterEach(() => home.close())

const TAKEN = 'invalid username username_taken'
const rename = (id: number, username: string) => home.outcome(operator, 'accounts.update', { id, username })

test('of two who take the same name at the same moment one gets it', async () => {
  const [ben, cy] = [await home.add('ben'), await home.add('cy')]
  for (let round = 0; round < 20; round += 1) {
    const name = `name${round}`
    const others = [
      () => rename(cy, name),
      () => home.outcome(operator, 'accounts.create', { username: name, password: PASSWORD, role: 'user' }),
    ]
    const both = await Promise.all([rename(ben, name.toUpperCase()), others[round % 2]?.()])
    expect(both.sort()).toEqual([TAKEN, 'ok'])
    const { accounts } = await home.get(operator, 'accounts.list', {})
    expect(accounts.filter(({ username }) => username === name).length).toBe(1)
  }
})

test('the name of a deleted account is free, that of a disabled one is not', async () => {
  const [ben, cy, dot] = [await home.add('ben'), await home.add('cy'), await home.add('dot')]
  await home.get(operator, 'accounts.update', { id: cy, mayLogIn: false })
  expect(await rename(dot, 'cy')).toBe(TAKEN)
  await home.get(operator, 'accounts.remove', { id: ben })
  expect(await rename(dot, 'ben')).toBe('ok')
  expect(await home.browser().logIn('ben', PASSWORD)).toBe('ok')
  expect(await home.browser().logIn('dot', PASSWORD)).toBe('unauthenticated wrong_credentials')
  expect(await rename(dot, 'Ben')).toBe('ok')
  expect(await rename(dot, 'guest')).toBe('invalid username username_reserved')
})

test('who is renamed while they unlock gets in, though the name is another’s by then', async () => {
  const [ben, cy] = [await home.add('ben'), await home.add('cy')]
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  await home.outcome(await page.caller(), 'session.lock', {})
  const before = await page.caller()
  await rename(ben, 'benjamin')
  await home.get(operator, 'accounts.update', { id: cy, username: 'ben', password: 'another password of cy' })
  expect(await home.outcome(before, 'session.unlock', { password: 'another password of cy' })).toBe(
    'unauthenticated wrong_credentials',
  )
  expect(await home.outcome(before, 'session.unlock', { password: PASSWORD })).toBe('ok')
})
