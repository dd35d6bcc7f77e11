import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccountsHousehold, openAccountsHousehold, operator, PASSWORD } from './support/accounts.ts'

/** Each field of `accounts.*` at its bounds: what is wrong is named with the rule it breaks. */

let home: AccountsHousehold
let id: number
let made = 0
beforeAll(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
  id = await home.add('ben')
})
afterAll(() => home.close())

const folder = (path: string, more: object = {}) => ({ path, access: 'read-only', ...more })

/** Field, what it is given, and the rule it breaks; nothing where it is right. */
const cases: [field: string, given: unknown, rule?: string, at?: string][] = [
  ['username', 'a'],
  ['username', 'a'.repeat(64)],
  ['username', 'A.b_c-9'],
  ['username', '', 'username_form'],
  ['username', 'a'.repeat(65), 'username_form'],
  ['username', 'a b', 'username_form'],
  ['username', ' ada', 'username_form'],
  ['username', 'jörg', 'username_form'],
  ['username', 'a/b', 'username_form'],
  ['username', 'a\u0000', 'username_form'],
  ['username', 'a\n', 'username_form'],
  ['username', 'visitor', 'username_reserved'],
  ['username', 'Guest', 'username_reserved'],
  ['username', 'SYSTEM', 'username_reserved'],
  ['username', 'deleted', 'username_reserved'],
  ['username', 'operator', 'username_reserved'],
  ['username', 'ada', 'username_taken'],
  ['username', 'ADA', 'username_taken'],
  ['username', 7, 'malformed'],
  ['username', null, 'malformed'],
  ['name', ''],
  ['name', 'x'.repeat(100)],
  ['name', '🦊'.repeat(100)],
  ['name', `  ${'x'.repeat(100)}  `],
  ['name', 'x'.repeat(101), 'name_too_long'],
  ['name', '🦊'.repeat(101), 'name_too_long'],
  ['name', null, 'malformed'],
  ['email', 'a@example.org'],
  ['email', ''],
  ['email', null],
  // two accounts may share one
  ['email', 'a@example.org'],
  ['email', 'a@', 'email_form'],
  ['email', 'a b@example.org', 'email_form'],
  ['email', `${'a'.repeat(250)}@example.org`, 'email_form'],
  ['email', 5, 'email_form'],
  ['role', 'visitor', 'role_unknown'],
  ['role', 'ADMIN', 'role_unknown'],
  ['role', ['admin'], 'role_unknown'],
  ['superAdmin', 'yes', 'malformed'],
  ['superAdmin', null, 'malformed'],
  ['mayLogIn', 1, 'malformed'],
  ['webdav', 'on', 'malformed'],
  ['mayShare', {}, 'malformed'],
  ['mustChangePassword', 0, 'malformed'],
  ['quotaBytes', 0],
  ['quotaBytes', null],
  ['quotaBytes', Number.MAX_SAFE_INTEGER],
  ['quotaBytes', -1, 'quota_form'],
  ['quotaBytes', 1.5, 'quota_form'],
  ['quotaBytes', '5', 'quota_form'],
  ['quotaBytes', Number.MAX_SAFE_INTEGER + 1, 'quota_form'],
  ['note', ''],
  ['note', 'x'.repeat(2000)],
  ['note', '🦊'.repeat(2000)],
  ['note', 'x'.repeat(2001), 'note_too_long'],
  ['note', null, 'malformed'],
  ['password', 'x'.repeat(8)],
  ['password', 'x'.repeat(7), 'password_too_short'],
  ['password', 'x'.repeat(73), 'password_too_long'],
  ['password', 'password1', 'password_common'],
  ['password', 12345678, 'malformed'],
  ['folders', []],
  ['folders', 'x', 'malformed'],
  ['folders', [5], 'malformed', 'folders.0'],
  ['folders', [folder('')], 'malformed', 'folders.0.path'],
  ['folders', [folder('relative')], 'folder_relative', 'folders.0.path'],
  ['folders', [folder('/with\u0000nul')], 'folder_relative', 'folders.0.path'],
  ['folders', [folder('/none')], 'folder_missing', 'folders.0.path'],
  ['folders', [folder(`/${'x'.repeat(5000)}`)], 'folder_unreadable', 'folders.0.path'],
  ['folders', [folder('/')], 'folder_system', 'folders.0.path'],
  ['folders', [folder('/x', { access: 'all' })], 'access_unknown', 'folders.0.access'],
  ['folders', [{ path: '/x' }], 'access_unknown', 'folders.0.access'],
  ['folders', [folder('/x', { mayShare: 'no' })], 'malformed', 'folders.0.mayShare'],
  ['folders', [folder('/x', { areaId: 1 })], 'unknown_key', 'folders.0.areaId'],
  ['folders', Array.from({ length: 201 }, (_, n) => folder(`/x${n}`)), 'folders_too_many'],
  ['id', 'x', 'malformed'],
  // keys that are none of the request's
  ['passwordHash', 'x', 'unknown_key'],
  ['deletedAt', 1, 'unknown_key'],
  ['lastSeenAt', 1, 'unknown_key'],
  ['pendingSince', null, 'unknown_key'],
  ['totpSecret', 'x', 'unknown_key'],
  ['may', {}, 'unknown_key'],
  ['constructor', 1, 'unknown_key'],
]
const shown = (given: unknown) => {
  const text = JSON.stringify(given)
  return text.length > 40 ? `${text.slice(0, 40)}… (${text.length})` : text
}
const titled = cases.map((one) => [one[0], shown(one[1]), one] as const)

const expected = (field: string, rule?: string, at = field) => (rule ? `invalid ${at} ${rule}` : 'ok')

describe('adding', () => {
  test.each(titled.filter(([field]) => field !== 'id'))('%s: %s', async (_, __, [field, given, rule, at]) => {
    made += 1
    const input = { username: `made${made}`, password: PASSWORD, role: 'user', [field]: given }
    // names that are right were taken by the edits above or below
    const outcome = await home.outcome(operator, 'accounts.create', input)
    expect(outcome).toBe(expected(field, rule, at))
    if (outcome !== 'ok') return
    const { accounts } = await home.get(operator, 'accounts.list', {})
    const newest = accounts.reduce((a, b) => (a.id > b.id ? a : b))
    await home.get(operator, 'accounts.remove', { id: newest.id })
  })

  test('needs a name, a password and a role', async () => {
    const result = await home.call(operator, 'accounts.create', {})
    expect(result).toMatchObject({
      error: {
        code: 'invalid',
        fields: { username: 'required', password: 'required', role: 'role_unknown' },
      },
    })
  })

  test('all that is wrong is told at once', async () => {
    const input = { username: 'guest', password: 'short', role: 'king', name: 'x'.repeat(101), crown: true }
    expect(await home.call(operator, 'accounts.create', input)).toMatchObject({
      error: {
        fields: {
          username: 'username_reserved',
          password: 'password_too_short',
          role: 'role_unknown',
          name: 'name_too_long',
          crown: 'unknown_key',
        },
      },
    })
  })

  test('what is hidden in a prototype is refused too', async () => {
    const text = `{"username":"eve","password":"${PASSWORD}","role":"user","__proto__":{"superAdmin":true}}`
    const result = await home.call(operator, 'accounts.create', JSON.parse(text))
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid' } })
  })
})

describe('editing', () => {
  test.each(titled)('%s: %s', async (_, __, [field, given, rule, at]) => {
    const outcome = await home.outcome(operator, 'accounts.update', { id, [field]: given })
    expect(outcome).toBe(expected(field, rule, at))
    await home.get(operator, 'accounts.update', { id, username: 'ben' })
  })

  test('what is told is kept as told', async () => {
    const told = {
      name: 'Ben',
      email: 'ben@example.org',
      note: ' a note ',
      quotaBytes: 1024,
      webdav: true,
      mayShare: false,
    }
    await home.get(operator, 'accounts.update', { id, ...told, username: 'BEN', name: '  Ben ' })
    expect(await home.account(id)).toMatchObject({ ...told, username: 'ben' })
    await home.get(operator, 'accounts.update', { id, email: '', quotaBytes: null, note: '' })
    expect(await home.account(id)).toMatchObject({ ...told, email: null, quotaBytes: null, note: '' })
  })

  test('an account that is not there, or not any more', async () => {
    const gone = await home.add('gone')
    await home.get(operator, 'accounts.remove', { id: gone })
    for (const other of [gone, 999_999])
      for (const [name, input] of [
        ['accounts.update', { name: 'x' }],
        ['accounts.remove', {}],
        ['accounts.changePassword', { password: PASSWORD }],
        ['accounts.preview', { folders: [] }],
      ] as const)
        expect(await home.outcome(operator, name, { id: other, ...input })).toBe('not_found')
  })
})

test.each([
  ['accounts.update', { name: 'x' }],
  ['accounts.remove', {}],
  ['accounts.changePassword', { password: PASSWORD }],
])('%s needs an id', async (name, input) => {
  expect(await home.outcome(operator, name, input)).toBe('invalid id required')
  for (const wrong of [0, -1, 1.5, '1', null])
    expect(await home.outcome(operator, name, { ...input, id: wrong })).toBe('invalid id malformed')
})
