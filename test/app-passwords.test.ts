import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { appPasswords, audit } from '../electron/db/schema.ts'
import { hashReadableCode } from '../electron/lib/token.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'

/** App passwords: who makes, sees and revokes them, and what is kept of them. */

let home: AccountsHousehold
let ben: number
let own: Caller
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
  ben = await home.add('ben')
  await home.get(operator, 'flags.set', { flags: { webdav: true } })
  await home.get(operator, 'accounts.update', { id: ben, webdav: true })
  own = await home.as(ben)
})
afterEach(() => home.close())

const wish = (label = 'rclone') => ({ label, access: 'read-only', currentPassword: PASSWORD }) as const
const make = (label?: string) => home.get(own, 'appPasswords.create', wish(label))
const list = async (by: Caller, accountId?: number) =>
  (await home.get(by, 'appPasswords.list', accountId === undefined ? {} : { accountId })).appPasswords

/** Their entries in the audit log. */
async function entries() {
  const rows = await home.services.db.read.select().from(audit).orderBy(asc(audit.id))
  return rows.flatMap(({ action, actorName, objectName, details }) =>
    action.startsWith('appPassword.') ? [{ action, by: actorName, of: objectName, details }] : [],
  )
}

test('a token is 137 random bits for people to type, told once and kept as a hash', async () => {
  const { id, token } = await make()
  expect(token).toMatch(/^([A-HJKMNP-TV-Z2-9]{4}-){6}[A-HJKMNP-TV-Z2-9]{4}$/)
  expect((await make()).token).not.toBe(token)
  const [row] = await home.services.db.read.select().from(appPasswords).orderBy(asc(appPasswords.id))
  expect(row?.tokenHash).toBe(hashReadableCode(token.toLowerCase().replaceAll('-', '')))
  expect((await list(own)).at(-1)).toEqual({
    id,
    label: 'rclone',
    access: 'read-only',
    createdAt: home.now(),
    lastUsedAt: null,
  })
})

test('making one needs the current password, a label and an access that exists', async () => {
  const outcome = (change: object) => home.outcome(own, 'appPasswords.create', { ...wish(), ...change })
  expect(await outcome({ currentPassword: 'wrong' })).toBe('invalid currentPassword current_password_wrong')
  expect(await outcome({ label: '  ' })).toBe('invalid label required')
  expect(await outcome({ label: 'x'.repeat(101) })).toBe('invalid label name_too_long')
  expect(await outcome({ access: 'admin' })).toBe('invalid access access_unknown')
  expect(await outcome({ token: 'mine' })).toBe('invalid token unknown_key')
  expect(await list(own)).toEqual([])
})

test('thirty for an account, not one more, also of two at the same moment', async () => {
  for (let count = 0; count < 29; count += 1) await make(`device ${count}`)
  const both = await Promise.all([1, 2].map(() => home.outcome(own, 'appPasswords.create', wish())))
  expect(both.sort()).toEqual(['conflict app_passwords_too_many', 'ok'])
  const [first] = await list(own)
  await home.get(own, 'appPasswords.revoke', { id: first?.id ?? 0 })
  expect(await home.outcome(own, 'appPasswords.create', wish())).toBe('ok')
})

describe('without WebDAV', () => {
  test.each([
    [
      'the feature',
      () => home.get(operator, 'flags.set', { flags: { webdav: false } }),
      'forbidden switched_off',
    ],
    ['the switch', () => home.get(operator, 'accounts.update', { id: ben, webdav: false }), 'forbidden'],
    [
      'a role that has it',
      () => home.get(operator, 'accounts.update', { id: ben, role: 'viewer' }),
      'forbidden',
    ],
  ])('by %s none are made, and those there are can be seen and revoked', async (_, change, refusal) => {
    const { id } = await make()
    await change()
    own = await home.as(ben)
    expect(await home.outcome(own, 'appPasswords.create', wish())).toBe(refusal)
    expect((await list(own)).map((one) => one.id)).toEqual([id])
    expect(await home.outcome(own, 'appPasswords.revoke', { id })).toBe('ok')
    expect(await list(own)).toEqual([])
  })
})

test('others see and revoke them by the rules for sessions, and nobody makes one for somebody else', async () => {
  const { id } = await make()
  const annaId = await home.add('anna', { role: 'admin' })
  await home.get(operator, 'accounts.update', { id: annaId, webdav: true })
  const anna = await home.as(annaId)
  const eve = await home.as(await home.add('eve'))
  expect(await home.outcome(eve, 'appPasswords.list', { accountId: ben })).toBe('not_found')
  expect(await home.outcome(eve, 'appPasswords.revoke', { id })).toBe('not_found')
  expect(await home.outcome(anna, 'appPasswords.create', { ...wish(), accountId: ben })).toBe(
    'invalid accountId unknown_key',
  )
  expect(await list(anna, ben)).toHaveLength(1)
  expect(await home.outcome(anna, 'appPasswords.revoke', { id })).toBe('ok')
  expect(await home.outcome(anna, 'appPasswords.revoke', { id })).toBe('not_found')
  expect(await entries()).toEqual([
    {
      action: 'appPassword.created',
      by: 'ben',
      of: 'ben',
      details: { label: 'rclone', access: 'read-only' },
    },
    { action: 'appPassword.revoked', by: 'anna', of: 'ben', details: { labels: ['rclone'] } },
  ])
})

test('none is made by a password that was changed meanwhile, to the end of all app passwords', async () => {
  const { passwords } = home.services
  const { matches } = passwords
  passwords.matches = async (...asked) => {
    passwords.matches = matches
    const isRight = await matches(...asked)
    // another tab of the same session
    const change = { id: ben, currentPassword: PASSWORD, password: OTHER, revokeAppPasswords: true }
    await home.get(own, 'accounts.changePassword', change)
    return isRight
  }
  expect(await home.outcome(own, 'appPasswords.create', wish())).toBe('conflict password_changed')
  expect(await list(own)).toEqual([])
})

test('a change of the password leaves them, unless it asks for their end', async () => {
  await make('one')
  await make('two')
  const change = (from: string, to: string, more: object = {}) =>
    home.outcome(own, 'accounts.changePassword', { id: ben, currentPassword: from, password: to, ...more })
  expect(await change(PASSWORD, OTHER)).toBe('ok')
  expect(await list(own)).toHaveLength(2)
  expect(await change('wrong', PASSWORD, { revokeAppPasswords: true })).toBe(
    'invalid currentPassword current_password_wrong',
  )
  expect(await list(own)).toHaveLength(2)
  expect(await change(OTHER, PASSWORD, { revokeAppPasswords: true })).toBe('ok')
  expect(await list(own)).toEqual([])
  expect((await entries()).at(-1)).toMatchObject({
    action: 'appPassword.revoked',
    details: { labels: ['one', 'two'] },
  })
})
