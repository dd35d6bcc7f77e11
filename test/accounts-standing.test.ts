import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { sessions } from '../electron/db/schema.ts'
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
  if (principal.kind === 'account') home.services.live.add([principal.sessionId], () => (cut = true))
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

describe('while a password is being hashed', () => {
  const asEve = (change: object) => (id: number) => home.get(operator, 'accounts.update', { id, ...change })
  const sessionOf = ({ principal }: Caller) => ('sessionId' in principal ? principal.sessionId : 0)

  /** What happens to eve, a super admin, while a password is hashed for her. */
  const happenings: Record<string, [(id: number, eve: Caller) => Promise<unknown>, refused: string]> = {
    'loses flag and role': [asEve({ superAdmin: false, role: 'user' }), 'unauthenticated session_over'],
    'loses the flag': [asEve({ superAdmin: false }), 'unauthenticated session_over'],
    'gets another role value': [asEve({ role: 'viewer' }), 'unauthenticated session_over'],
    'may not log in any more': [asEve({ mayLogIn: false }), 'unauthenticated session_over'],
    'is given another password': [asEve({ password: 'a third mantelpiece' }), 'unauthenticated session_over'],
    'is told to choose one': [asEve({ mustChangePassword: true }), 'forbidden password_must_change'],
    'is deleted': [(id) => home.get(operator, 'accounts.remove', { id }), 'unauthenticated session_over'],
    'logs out': [(_, eve) => home.get(eve, 'session.logout', {}), 'unauthenticated session_over'],
    'loses the session': [
      (id, eve) => home.as(id).then((by) => home.get(by, 'sessions.revoke', { id: sessionOf(eve) })),
      'unauthenticated session_over',
    ],
    'has the window locked': [
      (_, eve) =>
        home.services.db.write((tx) =>
          tx
            .update(sessions)
            .set({ lockedBy: 'person' })
            .where(eq(sessions.id, sessionOf(eve))),
        ),
      'unauthenticated session_locked',
    ],
  }

  const begun: Record<string, (eveId: number, benId: number) => [name: string, input: object]> = {
    'adding somebody': () => [
      'accounts.create',
      { username: 'mallory', password: PASSWORD, role: 'admin', superAdmin: true },
    ],
    "an edit with another's password": (_, id) => ['accounts.update', { id, password: OTHER }],
    "another's password": (_, id) => ['accounts.changePassword', { id, password: OTHER }],
    'the own password': (id) => [
      'accounts.changePassword',
      { id, password: OTHER, currentPassword: PASSWORD },
    ],
  }

  for (const [what, [happen, refused]] of Object.entries(happenings))
    test.each(Object.keys(begun))(`whoever ${what} does not finish %s`, async (work) => {
      await home.addSuper('ada')
      const [eveId, ben] = [await home.addSuper('eve'), await home.add('ben')]
      const eve = await home.as(eveId)
      const [name, input] = begun[work]?.(eveId, ben) ?? ['', {}]
      const { passwords } = home.services
      const hash = passwords.hash
      passwords.hash = async (password) => {
        passwords.hash = hash
        await happen(eveId, eve)
        return hash(password)
      }
      expect(await home.outcome(eve, name, input)).toBe(refused)
      const { accounts } = await home.get(operator, 'accounts.list', {})
      expect(accounts.map(({ username }) => username)).not.toContain('mallory')
      expect(await home.browser().logIn('ben', PASSWORD)).toBe('ok')
      expect(await home.browser().logIn('eve', OTHER)).toBe('unauthenticated wrong_credentials')
    })

  test('who becomes a super admin is beyond a regular admin who knows the password', async () => {
    await home.addSuper('ada')
    const id = await home.add('ben')
    const admin = await home.as(await home.add('bo', { role: 'admin' }))
    const { passwords } = home.services
    const hash = passwords.hash
    passwords.hash = async (password) => {
      passwords.hash = hash
      await home.get(operator, 'accounts.update', { id, superAdmin: true })
      return hash(password)
    }
    const change = { id, password: OTHER, currentPassword: PASSWORD }
    expect(await home.outcome(admin, 'accounts.changePassword', change)).toBe('forbidden super_admin_only')
    expect(await home.browser().logIn('ben', PASSWORD)).toBe('ok')
  })
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
