import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import { RIGHTS } from '../electron/access/rights.ts'
import { MAX_PENDING } from '../electron/domain/accounts/registration.ts'
import { ALLOWED_SIGN_UPS } from '../electron/domain/accounts/sign-ups.ts'
import { anonymousCaller, callerOf, openTestHousehold, type TestHousehold } from './support/household.ts'

const PASSWORD = 'a quiet mantelpiece'
const operator = callerOf(OPERATOR)

let now = Date.UTC(2026, 0, 1)
let household: TestHousehold

beforeEach(async () => {
  household = await openTestHousehold({ clock: () => now })
  const first = { username: 'ada', password: PASSWORD, role: 'admin', superAdmin: true } as const
  await household.get(operator, 'accounts.create', first)
})
afterEach(() => household.close())

const open = (registration: boolean) => household.get(operator, 'flags.set', { flags: { registration } })

/** Answers `ok` or the error's code, reason and fields. */
async function signUp(input: object, address = '10.0.0.1') {
  const asked = { username: 'nora', name: 'Nora', password: PASSWORD, ...input }
  const result = await household.call({ ...anonymousCaller, address }, 'registration.create', asked)
  if (result.ok) return 'ok'
  const { code, reason, fields } = result.error
  return [code, reason, ...Object.entries(fields ?? {}).flat()].filter(Boolean).join(' ')
}

const accounts = async () => (await household.get(operator, 'accounts.list', {})).accounts
const nora = async () => (await accounts()).find(({ username }) => username === 'nora')

test('is closed at first, and told to the login page when it is open', async () => {
  const told = async () => (await household.get(anonymousCaller, 'setup.status', {})).registration
  expect(await told()).toBe(false)
  expect(await signUp({})).toBe('forbidden registration_closed')
  await open(true)
  expect(await told()).toBe(true)
  expect(await signUp({})).toBe('ok')
  await open(false)
  expect(await told()).toBe(false)
  expect(await signUp({ username: 'nils' })).toBe('forbidden registration_closed')
})

test('an empty household takes its first account by set-up alone', async () => {
  const empty = await openTestHousehold()
  try {
    await empty.get(operator, 'flags.set', { flags: { registration: true } })
    expect((await empty.get(anonymousCaller, 'setup.status', {})).registration).toBe(false)
    const asked = { username: 'nora', name: 'Nora', password: PASSWORD }
    const result = await empty.call(anonymousCaller, 'registration.create', asked)
    expect(result).toMatchObject({ ok: false, error: { reason: 'registration_closed' } })
  } finally {
    await empty.close()
  }
})

describe('while it is open', () => {
  beforeEach(() => open(true))

  test('makes a user without folders, who can log in and sees nothing', async () => {
    expect(await signUp({ username: 'Nora', email: 'nora@example.org' })).toBe('ok')
    expect(await nora()).toMatchObject({
      name: 'Nora',
      email: 'nora@example.org',
      role: 'user',
      superAdmin: false,
      folders: [],
      photoCount: 0,
      pending: true,
    })
    const given = { username: 'nora', password: PASSWORD }
    expect(await household.call(anonymousCaller, 'session.login', given)).toMatchObject({ ok: true })
    const self = await household.as((await nora())?.id ?? 0)
    expect(await household.get(self, 'session.me', {})).toMatchObject({ folderCount: 0 })
    expect((await household.get(self, 'timeline.months', {})).months).toEqual([])
  })

  test.each([
    ['role', 'admin'],
    ['superAdmin', true],
    ['folders', [{ path: '/', access: 'read-write' }]],
    ['mayLogIn', true],
    ['quotaBytes', null],
    ['pendingSince', null],
  ])('nobody gives themself %s', async (key, value) => {
    expect(await signUp({ [key]: value })).toBe(`invalid ${key} unknown_key`)
    expect(await nora()).toBeUndefined()
  })

  test.each([
    ['a taken name', { username: 'ADA' }, 'invalid username username_taken'],
    ['a reserved name', { username: 'guest' }, 'invalid username username_reserved'],
    ['a wrong name', { username: 'no ra' }, 'invalid username username_form'],
    ['a short password', { password: 'short' }, 'invalid password password_too_short'],
    ['a common password', { password: 'password123' }, 'invalid password password_common'],
    ['a wrong address', { email: 'nora' }, 'invalid email email_form'],
    ['no name at all', { name: undefined }, 'invalid name required'],
  ])('%s is told at its field', async (_, input, expected) => {
    expect(await signUp(input)).toBe(expected)
  })

  test('is throttled by address, and the wait is told', async () => {
    for (let count = 0; count < ALLOWED_SIGN_UPS.made; count += 1)
      expect(await signUp({ username: `nora${count}` })).toBe('ok')
    expect(await signUp({})).toBe('throttled too_many_sign_ups')
    expect(await signUp({}, '10.0.0.2')).toBe('ok')
    now += 60 * 60_000
    expect(await signUp({ username: 'nils' })).toBe('ok')
  })

  test('refused tries are throttled too, whatever is tried then', async () => {
    for (let count = 0; count < ALLOWED_SIGN_UPS.refused; count += 1)
      expect(await signUp({ username: 'ada' })).toBe('invalid username username_taken')
    expect(await signUp({})).toBe('throttled too_many_sign_ups')
  })

  test('as many wait as a household can look at, from however many addresses', async () => {
    for (let count = 0; count < MAX_PENDING; count += 1)
      expect(await signUp({ username: `nora${count}` }, `10.0.1.${count}`)).toBe('ok')
    expect(await signUp({})).toBe('conflict too_many_pending')
    const settled = (await accounts()).find(({ username }) => username === 'nora7')?.id ?? 0
    await household.get(operator, 'accounts.update', { id: settled, role: 'guest' })
    const both = await Promise.all([signUp({}), signUp({ username: 'nils' }, '10.0.0.2')])
    expect(both.sort()).toEqual(['conflict too_many_pending', 'ok'])
  })

  test('two who want one name at the same moment: one has it', async () => {
    const both = await Promise.all([signUp({}), signUp({ name: 'Another' }, '10.0.0.2')])
    expect(both.sort()).toEqual(['invalid username username_taken', 'ok'])
  })

  test('fails where it is switched off while the password is being hashed', async () => {
    const { passwords } = household.services
    let reached = () => {}
    const isHashing = new Promise<void>((resolve) => {
      reached = resolve
    })
    const hash = passwords.hash
    passwords.hash = async (password) => {
      reached()
      await open(false)
      return hash(password)
    }
    const asked = signUp({})
    await isHashing
    expect(await asked).toBe('forbidden registration_closed')
    expect(await nora()).toBeUndefined()
  })

  test('admins are told at once', async () => {
    const [ada] = await accounts()
    const { principal } = await household.as(ada?.id ?? 0)
    const told = new Promise((resolve) => {
      household.services.hints.subscribe(principal, ({ topic }) => topic === 'accounts' && resolve(topic))
    })
    await signUp({})
    expect(await told).toBe('accounts')
  })

  test('waits until an admin gives a folder or a role; other edits change nothing about it', async () => {
    await signUp({})
    const id = (await nora())?.id ?? 0
    const ada = await household.as((await accounts()).find(({ username }) => username === 'ada')?.id ?? 0)
    const told = async () => (await household.get(ada, 'session.me', {})).pendingCount
    expect(await told()).toBe(1)
    expect((await household.get(await household.as(id), 'session.me', {})).pendingCount).toBe(0)
    await household.get(operator, 'accounts.update', { id, note: 'from next door' })
    await household.get(operator, 'accounts.update', { id, folders: [] })
    expect((await nora())?.pending).toBe(true)
    const folders = [{ path: await household.folder('Nora'), access: 'read-only' as const }]
    await household.get(operator, 'accounts.update', { id, folders })
    expect((await nora())?.pending).toBe(false)
    expect(await told()).toBe(0)

    await signUp({ username: 'nils' })
    const nils = (await accounts()).find(({ username }) => username === 'nils')
    expect(nils?.pending).toBe(true)
    const update = { id: nils?.id ?? 0, role: 'guest' } as const
    expect((await household.get(operator, 'accounts.update', update)).account.pending).toBe(false)
  })
})

test('the role cards are told the rights table as it is', async () => {
  const { roles } = await household.get(operator, 'roles.list', {})
  expect(roles.map(({ role }) => role)).toEqual(['admin', 'user', 'viewer', 'guest'])
  for (const { role, rights } of roles)
    expect(rights).toEqual(
      Object.fromEntries(Object.entries(RIGHTS).map(([right, row]) => [right, row[role]])),
    )
})
