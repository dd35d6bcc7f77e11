import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'

/** The table "Who may change a password" of the product's rules, cell by cell. */

let home: AccountsHousehold
beforeAll(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('first')
})
afterAll(() => home.close())

const KINDS = {
  super: { role: 'admin', superAdmin: true },
  // the flag beside another role's value
  'super viewer': { role: 'viewer', superAdmin: true },
  admin: { role: 'admin' },
  user: { role: 'user' },
  viewer: { role: 'viewer' },
  guest: { role: 'guest' },
} as const
type Kind = keyof typeof KINDS
const kinds = Object.keys(KINDS) as Kind[] // the keys of the object above

let made = 0
/** An account that one cell alone works on. */
async function fresh(kind: Kind) {
  made += 1
  const username = `${kind.replace(' ', '.')}${made}`
  return { username, id: await home.add(username, KINDS[kind]) }
}

const GIVEN = { nothing: undefined, 'a wrong one': 'wrong', 'the right one': PASSWORD } as const
type Given = keyof typeof GIVEN
const given = Object.keys(GIVEN) as Given[] // the keys of the object above

const needsCurrent: Record<Given, string> = {
  nothing: 'invalid currentPassword current_password_needed',
  'a wrong one': 'invalid currentPassword current_password_wrong',
  'the right one': 'ok',
}
const always = (outcome: string): Record<Given, string> => ({
  nothing: outcome,
  'a wrong one': outcome,
  'the right one': outcome,
})
const freely = always('ok')
const superOnly = always('forbidden super_admin_only')
const hidden = always('not_found')

const isSuper = (kind: Kind) => 'superAdmin' in KINDS[kind]

function othersRule(by: Kind | 'operator', whose: Kind) {
  if (by === 'operator' || isSuper(by)) return freely
  if (by !== 'admin') return hidden
  return isSuper(whose) ? superOnly : needsCurrent
}

/** Changes it and holds the outcome against which password logs in afterwards, and which sessions stand. */
async function check(
  caller: Caller,
  target: { id: number; username: string },
  what: Given,
  expected: string,
) {
  const elsewhere = home.browser(`elsewhere ${target.username}`)
  await elsewhere.logIn(target.username, PASSWORD)
  const currentPassword = GIVEN[what]
  const change = { id: target.id, password: OTHER, ...(currentPassword !== undefined && { currentPassword }) }
  expect(await home.outcome(caller, 'accounts.changePassword', change)).toBe(expected)
  const changed = expected === 'ok'
  expect((await elsewhere.caller()).principal.kind).toBe(changed ? 'anonymous' : 'account')
  const after = home.browser(`after ${target.username}`)
  expect(await after.logIn(target.username, changed ? OTHER : PASSWORD)).toBe('ok')
  expect(await after.logIn(target.username, changed ? PASSWORD : OTHER)).toBe(
    'unauthenticated wrong_credentials',
  )
}

describe('own', () => {
  for (const kind of kinds)
    test.each(given)(`a ${kind} who gives %s`, async (what) => {
      const target = await fresh(kind)
      const page = home.browser(`own ${target.username}`)
      await page.logIn(target.username, PASSWORD)
      await check(await page.caller(), target, what, needsCurrent[what])
      expect((await page.caller()).principal.kind).toBe('account')
    })
})

describe("another's", () => {
  for (const by of [...kinds, 'operator'] as const)
    for (const whose of kinds)
      test.each(given)(`a ${by} changes a ${whose}'s, giving %s`, async (what) => {
        const caller = by === 'operator' ? operator : await home.as((await fresh(by)).id)
        await check(caller, await fresh(whose), what, othersRule(by, whose)[what])
      })

  test.each(kinds)('of an account that does not exist: a %s is told no more', async (by) => {
    const caller = await home.as((await fresh(by)).id)
    const change = { id: 999_999, password: OTHER, currentPassword: PASSWORD }
    expect(await home.outcome(caller, 'accounts.changePassword', change)).toBe('not_found')
  })
})

describe('by editing the account', () => {
  const needs = 'forbidden current_password_needed password current_password_needed'
  const edit = (caller: Caller, id: number) =>
    home.outcome(caller, 'accounts.update', { id, password: OTHER })

  for (const by of [...kinds, 'operator'] as const)
    test.each(kinds)(`a ${by} a %s's`, async (whose) => {
      const caller = by === 'operator' ? operator : await home.as((await fresh(by)).id)
      const target = await fresh(whose)
      const rule = othersRule(by, whose)
      const expected =
        rule === freely
          ? 'ok'
          : rule === hidden
            ? 'forbidden'
            : rule === superOnly
              ? superOnly.nothing
              : needs
      expect(await edit(caller, target.id)).toBe(expected)
      const after = home.browser(`edit ${target.username}`)
      expect(await after.logIn(target.username, expected === 'ok' ? OTHER : PASSWORD)).toBe('ok')
    })

  test.each(['super', 'super viewer', 'admin'] as const)('a %s not the own one', async (kind) => {
    const { id } = await fresh(kind)
    expect(await edit(await home.as(id), id)).toBe(needs)
  })
})

describe('which passwords', () => {
  const why = (reason: string) => `invalid password ${reason}`
  const cases: [what: string, password: string, outcome: string][] = [
    ['seven characters', 'seven77', why('password_too_short')],
    ['eight', 'mantel8!', 'ok'],
    // two units of UTF-16 each
    ['seven characters of four bytes', '🦊'.repeat(7), why('password_too_short')],
    ['eight characters of four bytes', '🦊'.repeat(8), 'ok'],
    ['72 bytes', 'x'.repeat(72), 'ok'],
    ['73 bytes', 'x'.repeat(73), why('password_too_long')],
    ['72 bytes in characters of two', 'é'.repeat(36), 'ok'],
    ['73 bytes, the last character of two', `${'x'.repeat(71)}é`, why('password_too_long')],
    ['72 bytes in characters of four', '🦊'.repeat(18), 'ok'],
    ['73 bytes in 19 characters', `${'🦊'.repeat(18)}x`, why('password_too_long')],
    ['a common one', 'password1', why('password_common')],
    ['a common one in capitals', 'PASSWORD1', why('password_common')],
    ['blanks at both ends', '  mantelpiece  ', 'ok'],
  ]
  const ways: Record<string, (password: string) => Promise<[username: string, outcome: string]>> = {
    async 'accounts.changePassword'(password) {
      const { id, username } = await fresh('user')
      return [username, await home.outcome(operator, 'accounts.changePassword', { id, password })]
    },
    async 'accounts.update'(password) {
      const { id, username } = await fresh('user')
      return [username, await home.outcome(operator, 'accounts.update', { id, password })]
    },
    async 'accounts.create'(password) {
      made += 1
      const username = `made${made}`
      return [username, await home.outcome(operator, 'accounts.create', { username, password, role: 'user' })]
    },
  }
  for (const [name, set] of Object.entries(ways))
    test.each(cases)(`${name}: %s`, async (_, password, expected) => {
      const [username, outcome] = await set(password)
      expect(outcome).toBe(expected)
      if (outcome !== 'ok') return
      const page = home.browser(`which ${username}`)
      for (const other of [password.trim(), password.slice(0, -1), `${password} `])
        if (other !== password)
          expect(await page.logIn(username, other)).toBe('unauthenticated wrong_credentials')
      expect(await page.logIn(username, password)).toBe('ok')
    })
})
