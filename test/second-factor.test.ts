import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accounts, audit, recoveryCodes } from '../electron/db/schema.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'
import { logInWith, switchFactorOn } from './support/second-factor.ts'
import { codeOf } from './support/totp.ts'

/** Switching the second factor on and off, one's own and others'. */

const MINUTE_MS = 60_000

let home: AccountsHousehold
let ben: number
let own: ReturnType<AccountsHousehold['browser']>
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ida')
  ben = await home.add('ben')
  own = home.browser('10.0.0.1')
  await own.logIn('ben', PASSWORD)
})
afterEach(() => home.close())

const switchOn = async () => switchFactorOn(home, await own.caller())
const ask = async (name: string, input: object = {}) => home.outcome(await own.caller(), name, input)
const status = async () => home.get(await own.caller(), 'totp.status', {})

async function actions() {
  const rows = await home.services.db.read.select().from(audit).orderBy(asc(audit.id))
  const own = rows.filter(({ action }) => action.startsWith('totp.'))
  return own.map(({ action, objectName }) => `${action} ${objectName}`)
}

describe('switching on', () => {
  test('needs the password, then a code of the seed that was shown; until then it is off', async () => {
    expect(await status()).toEqual({ on: false, since: null, readable: true, codesLeft: 0 })
    expect(await ask('totp.begin', { currentPassword: 'wrong' })).toBe(
      'invalid currentPassword current_password_wrong',
    )
    expect(await ask('totp.confirm', { code: '000000' })).toBe('conflict factor_not_begun')
    const { secret, uri } = await home.get(await own.caller(), 'totp.begin', { currentPassword: PASSWORD })
    expect(new URL(uri).searchParams.get('secret')).toBe(secret)
    for (const code of ['000000', '', 'x', '١٢٣٤٥٦'])
      expect(await ask('totp.confirm', { code })).toBe('invalid code code_wrong')
    expect(await logInWith(home, 'ben')).toBe('ok')
    expect(await ask('totp.confirm', { code: codeOf(secret, home.now()) })).toBe('ok')
    expect(await logInWith(home, 'ben')).toBe('unauthenticated code_needed')
    expect(await status()).toEqual({ on: true, since: home.now(), readable: true, codesLeft: 10 })
    expect((await home.account(ben))?.totp).toBe(true)
  })

  test('ends all other sessions of the account, and this one goes on', async () => {
    const other = home.browser()
    await other.logIn('ben', PASSWORD)
    await switchOn()
    expect(await home.outcome(await other.caller(), 'session.me', {})).toBe('unauthenticated')
    expect(await ask('session.me')).toBe('ok')
  })

  test('makes all devices strangers but this one: whoever had the password alone may have one', async () => {
    const before = home.browser('10.0.0.9')
    await before.logIn('ben', PASSWORD)
    const known = async (page: typeof own) =>
      (await home.get(await page.caller(), 'session.known', {})).accounts.map(({ username }) => username)
    expect(await known(before)).toEqual(['ben'])
    await switchOn()
    expect(await known(before)).toEqual([])
    expect(await known(own)).toEqual(['ben'])
  })

  test('a seed waits an hour for its code, and a later one takes its place', async () => {
    const caller = await own.caller()
    const first = await home.get(caller, 'totp.begin', { currentPassword: PASSWORD })
    const second = await home.get(caller, 'totp.begin', { currentPassword: PASSWORD })
    expect(await ask('totp.confirm', { code: codeOf(first.secret, home.now()) })).toBe(
      'invalid code code_wrong',
    )
    home.pass(60 * MINUTE_MS + 1)
    const code = () => codeOf(second.secret, home.now())
    expect(await ask('totp.confirm', { code: code() })).toBe('conflict factor_not_begun')
    home.pass(-1)
    expect(await ask('totp.confirm', { code: code() })).toBe('ok')
    expect(await ask('totp.confirm', { code: code() })).toBe('conflict factor_not_begun')
    expect(await ask('totp.begin', { currentPassword: PASSWORD })).toBe('conflict factor_is_on')
  })

  test('ten recovery codes of 78 bits, all different, kept as hashes', async () => {
    const { recoveryCodes: codes } = await switchOn()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^([A-HJKMNP-TV-Z2-9]{4}-){3}[A-HJKMNP-TV-Z2-9]{4}$/)
    const rows = await home.services.db.read.select().from(recoveryCodes)
    for (const { codeHash } of rows) expect(codeHash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('switching off and new recovery codes', () => {
  test('need password and a code, each of its own kind of right', async () => {
    const factor = await switchOn()
    for (const name of ['totp.disable', 'totp.renewCodes']) {
      expect(await ask(name, { currentPassword: 'wrong', code: factor.code(1) })).toBe(
        'invalid currentPassword current_password_wrong',
      )
      expect(await ask(name, { currentPassword: PASSWORD, code: factor.code() })).toBe(
        'invalid code code_wrong',
      )
      expect(await ask(name, { currentPassword: PASSWORD, code: '' })).toBe('invalid code code_needed')
    }
    const renewal = { currentPassword: PASSWORD, code: factor.code(1) }
    const renewed = await home.get(await own.caller(), 'totp.renewCodes', renewal)
    expect(await logInWith(home, 'ben', factor.recoveryCodes[0])).toBe('unauthenticated code_wrong')
    expect(await logInWith(home, 'ben', renewed.recoveryCodes[0])).toBe('ok')
    const off = { currentPassword: PASSWORD, code: renewed.recoveryCodes[1] }
    expect(await ask('totp.disable', off)).toBe('ok')
    expect(await ask('totp.disable', off)).toBe('conflict factor_is_off')
    expect(await status()).toEqual({ on: false, since: null, readable: true, codesLeft: 0 })
    expect(await logInWith(home, 'ben')).toBe('ok')
    expect(await actions()).toEqual(['totp.enabled ben', 'totp.recoveryCodes ben', 'totp.disabled ben'])
  })

  test('ten wrong codes from inside, and then a wait; nobody outside has to wait for it', async () => {
    const factor = await switchOn()
    const attempt = (code: string) => ask('totp.disable', { currentPassword: PASSWORD, code })
    for (let count = 0; count < 10; count += 1)
      expect(await attempt('000000')).toBe('invalid code code_wrong')
    expect(await attempt(factor.code(1))).toBe('throttled too_many_attempts')
    expect(await logInWith(home, 'ben', factor.code(1))).toBe('ok')
    home.pass(10 * MINUTE_MS)
    expect(await attempt(factor.code())).toBe('ok')
  })

  test('one recovery code used for two things at the same moment does one of them', async () => {
    const { recoveryCodes: codes } = await switchOn()
    const proof = { currentPassword: PASSWORD, code: codes[0] }
    const both = await Promise.all([ask('totp.renewCodes', proof), logInWith(home, 'ben', codes[0])])
    expect(both.filter((one) => one === 'ok')).toHaveLength(1)
  })
})

describe("clearing somebody else's", () => {
  const clearedBy = async (by: number, accountId: number) =>
    home.outcome(await home.as(by), 'totp.clear', { accountId })

  test('admins clear those of accounts that do not administer, super admins all but their own, whoever is on the host everybody', async () => {
    const ada = await home.addSuper('ada')
    const eve = await home.addSuper('eve')
    const anna = await home.add('anna', { role: 'admin' })
    const alf = await home.add('alf', { role: 'admin' })
    const everybody = [ben, ada, eve, anna, alf]
    const table = async (by: number) => Promise.all(everybody.map((id) => clearedBy(by, id)))
    const superOnly = 'forbidden super_admin_only'
    expect(await table(anna)).toEqual(['ok', superOnly, superOnly, 'forbidden own_factor', superOnly])
    expect(await table(ada)).toEqual(['ok', 'forbidden own_factor', 'ok', 'ok', 'ok'])
    expect(await clearedBy(ben, anna)).toBe('forbidden')
    for (const id of everybody)
      expect(await home.outcome(operator, 'totp.clear', { accountId: id })).toBe('ok')
    expect(await home.outcome(operator, 'totp.clear', { accountId: 999 })).toBe('not_found')
    // nothing was on, so nothing happened
    expect(await actions()).toEqual([])
  })

  test('is offered where it is on and may be done, and leaves the password as it is', async () => {
    const anna = await home.add('anna', { role: 'admin' })
    const may = async (by: number) => {
      const { accounts: rows } = await home.get(await home.as(by), 'accounts.list', {})
      return rows.find(({ id }) => id === ben)?.may.clearTotp
    }
    expect(await may(anna)).toBe(false)
    await switchOn()
    expect(await may(anna)).toBe(true)
    expect(await clearedBy(anna, ben)).toBe('ok')
    expect(await may(anna)).toBe(false)
    expect(await logInWith(home, 'ben')).toBe('ok')
    expect(await home.services.db.read.$count(recoveryCodes)).toBe(0)
    expect(await actions()).toEqual(['totp.enabled ben', 'totp.cleared ben'])
  })

  test("an admin's is offered to super admins alone: with the password, which admins may give, it is a way in", async () => {
    const [anna, alf] = [await home.add('anna', { role: 'admin' }), await home.add('alf', { role: 'admin' })]
    const page = home.browser()
    await page.logIn('alf', PASSWORD)
    await switchFactorOn(home, await page.caller())
    const may = async (by: number) => {
      const { accounts: rows } = await home.get(await home.as(by), 'accounts.list', {})
      return rows.find(({ id }) => id === alf)?.may.clearTotp
    }
    expect(await may(anna)).toBe(false)
    expect(await may(await home.addSuper('ada'))).toBe(true)
    expect(await clearedBy(anna, alf)).toBe('forbidden super_admin_only')
    expect(await logInWith(home, 'alf')).toBe('unauthenticated code_needed')
  })

  test("a password given by an admin leaves it on; only a super admin's may clear it as well", async () => {
    await switchOn()
    const ada = await home.as(await home.addSuper('ada'))
    const anna = await home.as(await home.add('anna', { role: 'admin' }))
    const change = { id: ben, password: OTHER, currentPassword: PASSWORD }
    expect(await home.outcome(anna, 'accounts.changePassword', { ...change, clearTotp: true })).toBe(
      'forbidden super_admin_only clearTotp super_admin_only',
    )
    expect(await home.outcome(anna, 'accounts.changePassword', change)).toBe('ok')
    expect((await home.account(ben))?.totp).toBe(true)
    expect(
      await home.outcome(ada, 'accounts.changePassword', { id: ben, password: PASSWORD, clearTotp: true }),
    ).toBe('ok')
    expect((await home.account(ben))?.totp).toBe(false)
    expect(await logInWith(home, 'ben')).toBe('ok')
  })

  test('nobody clears their own by a change of the password', async () => {
    await switchOn()
    const change = { id: ben, password: OTHER, currentPassword: PASSWORD, clearTotp: true }
    expect(await ask('accounts.changePassword', change)).toBe('forbidden own_factor')
    const ada = home.browser()
    await home.addSuper('ada')
    await ada.logIn('ada', PASSWORD)
    const self = (await home.get(await ada.caller(), 'session.me', {})).account.id
    expect(await home.outcome(await ada.caller(), 'accounts.changePassword', { ...change, id: self })).toBe(
      'forbidden own_factor',
    )
  })
})

test('seed, codes and tokens stand in clear neither in the data directory, nor in the log, nor in any answer', async () => {
  await home.get(operator, 'flags.set', { flags: { webdav: true } })
  await home.get(operator, 'accounts.update', { id: ben, webdav: true })
  const pending = await home.get(await own.caller(), 'totp.begin', { currentPassword: PASSWORD })
  const factor = await switchOn()
  const wish = { label: 'rclone', access: 'read-write', currentPassword: PASSWORD } as const
  const { token } = await home.get(await own.caller(), 'appPasswords.create', wish)
  const used = factor.code(1)
  await logInWith(home, 'ben', used)
  await logInWith(home, 'ben', factor.recoveryCodes[0])

  const secrets = [pending.secret, factor.seed, token, ...factor.recoveryCodes]
  const spellings = secrets.flatMap((secret) => [secret, secret.replaceAll('-', ''), secret.toLowerCase()])
  const answers = await Promise.all([
    home.call(operator, 'accounts.list'),
    home.call(await own.caller(), 'session.me'),
    home.call(await own.caller(), 'totp.status'),
    home.call(await own.caller(), 'appPasswords.list'),
  ])
  const files = await readdir(home.services.dataDir, { recursive: true, withFileTypes: true })
  const bytes = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  )
  const everything = [...bytes, ...home.lines, JSON.stringify(answers)].join('\n')
  expect(everything).toContain('ben')
  for (const secret of spellings) expect(everything).not.toContain(secret)
  const rows = JSON.stringify(await home.services.db.read.select().from(audit))
  expect(rows).toContain('appPassword.created')
  expect(rows).not.toContain(used)
  const [row] = await home.services.db.read.select().from(accounts).where(eq(accounts.id, ben))
  expect(row?.totpSecret).not.toBeNull()
})
