import { and, eq, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accounts } from '../electron/db/schema.ts'
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

const SUPER_ONLY = 'forbidden super_admin_only'
const NOT_OWN = 'forbidden not_own_account'

/** What a newer version of the program, or a hand in the database, leaves behind. */
const write = (id: number, values: Partial<typeof accounts.$inferInsert>) =>
  home.services.db.write((tx) => tx.update(accounts).set(values).where(eq(accounts.id, id)))

/** Ids of the super admins who may log in. */
const superAdmins = async () =>
  (
    await home.services.db.read
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.superAdmin, true), eq(accounts.mayLogIn, true), isNull(accounts.deletedAt)))
  ).map(({ id }) => id)

describe('the flag', () => {
  test.each(['admin', 'user', 'viewer', 'guest', 'butler', 'visitor', ''])(
    'beside the role value %j makes an admin of it, and edits keep the value',
    async (role) => {
      const id = await home.addSuper('ada')
      await write(id, { role })
      const page = home.browser()
      expect(await page.logIn('ada', PASSWORD)).toBe('ok')
      const { may } = await home.get(await page.caller(), 'session.me', {})
      expect(may).toMatchObject({ administer: true, superAdminister: true, viewHousehold: true })
      const ben = await home.add('ben')
      expect(await home.outcome(await page.caller(), 'accounts.update', { id: ben, superAdmin: true })).toBe(
        'ok',
      )
      const edit = { id, name: 'Ada', note: 'n', email: 'ada@example.org', username: 'countess' }
      expect(await home.outcome(await home.as(ben), 'accounts.update', edit)).toBe('ok')
      expect(await home.account(id)).toMatchObject({ role, username: 'countess' })
      // such an account counts as the one super admin there has to be
      expect(await home.outcome(operator, 'accounts.remove', { id: ben })).toBe('ok')
      expect(await home.outcome(operator, 'accounts.remove', { id })).toBe('conflict last_super_admin')
      expect(await home.outcome(operator, 'accounts.update', { id, role: 'guest' })).toBe('ok')
      expect((await home.account(id))?.role).toBe('guest')
    },
  )

  test('an unknown role without it is no access, and stays through edits until another is chosen', async () => {
    await home.addSuper('ada')
    const id = await home.add('ben')
    await write(id, { role: 'butler' })
    const page = home.browser()
    expect(await page.logIn('ben', PASSWORD)).toBe('forbidden login_disabled')
    expect((await home.as(id)).principal.kind).toBe('anonymous')
    expect(await home.outcome(operator, 'accounts.update', { id, name: 'Ben', mayLogIn: true })).toBe('ok')
    expect((await home.account(id))?.role).toBe('butler')
    expect(await home.outcome(operator, 'accounts.update', { id, role: 'user' })).toBe('ok')
    expect(await page.logIn('ben', PASSWORD)).toBe('ok')
  })

  test.each(['butler', 'visitor', 'Admin', '', 1, null])('the role %j cannot be assigned', async (role) => {
    const id = await home.addSuper('ada')
    const wrong = 'invalid role role_unknown'
    expect(await home.outcome(operator, 'accounts.update', { id, role })).toBe(wrong)
    const add = { username: 'ben', password: PASSWORD, role }
    expect(await home.outcome(operator, 'accounts.create', add)).toBe(wrong)
  })
})

test('what only super admins do, a regular admin does not', async () => {
  const ada = await home.addSuper('ada')
  const own = await home.add('bo', { role: 'admin' })
  const ben = await home.add('ben')
  const adasSession = await home.as(ada)
  const [session] = (await home.get(adasSession, 'sessions.list', {})).sessions
  const admin = await home.as(own)
  const granting = `${SUPER_ONLY} superAdmin super_admin_only`
  const made = { username: 'eve', password: PASSWORD, role: 'user', superAdmin: true }
  const tries: [name: string, input: object, refused: string][] = [
    ['accounts.create', made, granting],
    ['accounts.update', { id: ben, superAdmin: true }, granting],
    ['accounts.update', { id: own, superAdmin: true }, `${NOT_OWN} superAdmin not_own_account`],
    ...[
      { name: 'A' },
      { username: 'a' },
      { role: 'user' },
      { superAdmin: false },
      { mayLogIn: false },
      { password: OTHER },
      { mustChangePassword: true },
      { folders: [] },
      { quotaBytes: 0 },
    ].map((edit): [string, object, string] => ['accounts.update', { id: ada, ...edit }, SUPER_ONLY]),
    ['accounts.remove', { id: ada }, SUPER_ONLY],
    ['session.viewAs', { accountId: ada }, SUPER_ONLY],
    ['totp.clear', { accountId: ada }, SUPER_ONLY],
    ['accounts.changePassword', { id: ada, password: OTHER, currentPassword: PASSWORD }, SUPER_ONLY],
    ['flags.set', { flags: { webdav: true } }, 'forbidden'],
    ['sessions.list', { accountId: ada }, 'not_found'],
    ['sessions.revoke', { id: session?.id }, 'not_found'],
  ]
  const before = await home.account(ada)
  for (const [name, input, refused] of tries)
    expect([name, input, await home.outcome(admin, name, input)]).toEqual([name, input, refused])
  expect(await home.account(ada)).toEqual(before)
  expect(await superAdmins()).toEqual([ada])
  const { accounts: listed } = await home.get(admin, 'accounts.list', {})
  expect(listed.find(({ id }) => id === ada)?.may).toEqual({
    edit: false,
    demote: false,
    setSuperAdmin: false,
    setAllowances: false,
    viewAs: false,
    clearTotp: false,
    resetPassword: 'no',
  })
  // other admins are not above them
  const other = await home.add('cy', { role: 'admin' })
  expect(await home.outcome(admin, 'accounts.update', { id: other, role: 'user' })).toBe('ok')
})

test.each([
  ['super admin', { role: 'admin', superAdmin: true }],
  ['admin', { role: 'admin' }],
] as const)('nobody demotes, disables or deletes their own account: a %s', async (_, kind) => {
  await home.addSuper('ada')
  const id = await home.add('bo', kind)
  const own = await home.as(id)
  for (const edit of [{ role: 'user' }, { superAdmin: !('superAdmin' in kind) }, { mayLogIn: false }])
    expect(await home.outcome(own, 'accounts.update', { id, ...edit })).toBe(
      `${NOT_OWN} ${Object.keys(edit)[0]} not_own_account`,
    )
  expect(await home.outcome(own, 'accounts.remove', { id })).toBe(NOT_OWN)
  // what stays as it is may be named
  const same = { id, ...kind, mayLogIn: true, name: 'Bo' }
  expect(await home.outcome(own, 'accounts.update', same)).toBe('ok')
  expect((await home.account(id))?.name).toBe('Bo')
})
