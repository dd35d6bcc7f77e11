import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AccountsHousehold, openAccountsHousehold, operator } from './support/accounts.ts'

let home: AccountsHousehold
let id: number
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
  id = await home.add('bo', { role: 'admin' })
  await home.get(operator, 'accounts.update', { id, webdav: false, mayShare: false, quotaBytes: 5 })
}, 60_000)
afterEach(() => home.close())

test('a regular admin takes back nothing of what a super admin took from the own account', async () => {
  const bo = await home.as(id)
  for (const [field, value] of Object.entries({ webdav: true, mayShare: true, quotaBytes: null }))
    expect(await home.outcome(bo, 'accounts.update', { id, [field]: value })).toBe(
      `forbidden not_own_account ${field} not_own_account`,
    )
  expect(await home.account(id)).toMatchObject({ webdav: false, mayShare: false, quotaBytes: 5 })
  // what stays as it is may be named
  const same = { id, webdav: false, mayShare: false, quotaBytes: 5, name: 'Bo' }
  expect(await home.outcome(bo, 'accounts.update', same)).toBe('ok')
})

test('who may switch is told ahead', async () => {
  const [ben, ada] = [await home.add('ben'), (await home.get(operator, 'accounts.list', {})).accounts[0]?.id]
  const told = async (reader: number) => {
    const { accounts } = await home.get(await home.as(reader), 'accounts.list', {})
    return Object.fromEntries(accounts.map(({ username, may }) => [username, may.setAllowances]))
  }
  expect(await told(id)).toEqual({ ada: false, bo: false, ben: true })
  expect(await told(ada ?? 0)).toEqual({ ada: true, bo: true, ben: true })
  expect(await home.outcome(await home.as(id), 'accounts.update', { id: ben, webdav: true })).toBe('ok')
})

test('super admins switch their own', async () => {
  const eve = await home.addSuper('eve')
  const switches = { id: eve, webdav: true, mayShare: false, quotaBytes: 7 }
  expect(await home.outcome(await home.as(eve), 'accounts.update', switches)).toBe('ok')
})
