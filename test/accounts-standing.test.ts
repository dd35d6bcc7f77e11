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

test.each([
  ['role', { role: 'viewer' }],
  ['login right', { mayLogIn: false }],
  ['flag', { superAdmin: true }],
  ['password', { password: OTHER }],
])('a change of %s ends sessions and open streams at once', async (_, change) => {
  await home.addSuper('ada')
  const id = await home.add('ben')
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  const { principal } = await page.caller()
  let cut = false
  if (principal.kind === 'account') home.services.live.add(principal.sessionId, () => (cut = true))
  await home.get(operator, 'accounts.update', { id, ...change } as { id: number })
  expect((await page.caller()).principal.kind).toBe('anonymous')
  expect(cut).toBe(true)
})

test('an edit of a name ends nothing', async () => {
  await home.addSuper('ada')
  const id = await home.add('ben')
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  await home.get(operator, 'accounts.update', { id, name: 'Benedict' })
  expect((await page.caller()).principal.kind).toBe('account')
})

test('two super admins who demote each other at the same moment leave one', async () => {
  const ids = [await home.addSuper('ada'), await home.addSuper('eve')] as const
  const callers = [await home.as(ids[0]), await home.as(ids[1])] as const
  const both = await Promise.all([
    home.outcome(callers[0], 'accounts.update', { id: ids[1], superAdmin: false }),
    home.outcome(callers[1], 'accounts.update', { id: ids[0], superAdmin: false }),
  ])
  expect(both.filter((one) => one === 'ok').length).toBe(1)
  const { accounts } = await home.get(operator, 'accounts.list', {})
  expect(accounts.filter((account) => account.superAdmin).length).toBe(1)
})

test('an admin who is demoted while a password is being hashed does not finish', async () => {
  await home.addSuper('ada')
  const id = await home.addSuper('eve')
  const eve = await home.as(id)
  const { passwords } = home.services
  const hash = passwords.hash
  passwords.hash = async (password) => {
    passwords.hash = hash
    await home.get(operator, 'accounts.update', { id, superAdmin: false, role: 'user' })
    return hash(password)
  }
  const accomplice = { username: 'mallory', password: PASSWORD, role: 'admin', superAdmin: true }
  expect(await home.outcome(eve, 'accounts.create', accomplice)).toBe('unauthenticated')
  const { accounts } = await home.get(operator, 'accounts.list', {})
  expect(accounts.map(({ username }) => username)).toEqual(['ada', 'eve'])
})

test('the last super admin cannot be disabled or deleted, not even from the command line', async () => {
  const id = await home.addSuper('ada')
  expect(await home.outcome(operator, 'accounts.update', { id, mayLogIn: false })).toBe(
    'conflict last_super_admin',
  )
  expect(await home.outcome(operator, 'accounts.update', { id, superAdmin: false })).toBe(
    'conflict last_super_admin',
  )
  expect(await home.outcome(operator, 'accounts.remove', { id })).toBe('conflict last_super_admin')
})

test('an edit that is refused changes nothing of the account', async () => {
  await home.addSuper('ada')
  const id = await home.add('ben')
  const edit = { id, name: 'Changed', folders: [{ path: '/does/not/exist', access: 'read-only' }] }
  expect(await home.outcome(operator, 'accounts.update', edit)).toBe('invalid folders.0.path folder_missing')
  const { accounts } = await home.get(operator, 'accounts.list', {})
  expect(accounts.find((account) => account.id === id)).toMatchObject({ name: '', folders: [] })
})

test('a deleted account is gone, and its name is free again', async () => {
  await home.addSuper('ada')
  const id = await home.add('ben')
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  expect(await home.outcome(operator, 'accounts.remove', { id })).toBe('ok')
  expect((await page.caller()).principal.kind).toBe('anonymous')
  expect(await page.logIn('ben', PASSWORD)).toBe('unauthenticated wrong_credentials')
  expect(await home.add('ben')).not.toBe(id)
})
