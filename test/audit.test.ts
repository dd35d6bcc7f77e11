import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Input, ProcedureName } from '../electron/contract/contract.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'
import { anonymousCaller } from './support/household.ts'

let home: AccountsHousehold
let ada: number
let rose: number
beforeEach(async () => {
  home = await openAccountsHousehold()
  ada = await home.addSuper('ada')
  rose = await home.add('rose', { role: 'viewer' })
})
afterEach(() => home.close())

const log = async (filter: Input<'audit.list'> = {}) =>
  (await home.get(operator, 'audit.list', filter)).entries
const newest = async () => (await log({ limit: 1 }))[0]

/** Runs a change as Ada and answers what it wrote, the newest first. */
async function written<N extends ProcedureName>(name: N, input: Input<N>) {
  const before = (await newest())?.id ?? 0
  await home.get(await home.as(ada, { address: '192.168.1.7' }), name, input)
  return (await log()).filter(({ id }) => id > before)
}

const byAda = { actor: { kind: 'account', id: expect.any(Number), name: 'ada' }, address: '192.168.1.7' }
const aboutRose = () => ({ object: { kind: 'account', id: rose, name: 'rose' } })

describe('each change writes one entry, with who, from where, about whom and what', () => {
  test('an account is edited: what changed, from and to; of the note only that it did', async () => {
    const change = { id: rose, role: 'user', name: 'Rose', note: 'likes trains', webdav: false } as const
    expect(await written('accounts.update', change)).toEqual([
      expect.objectContaining({
        ...byAda,
        ...aboutRose(),
        action: 'account.changed',
        details: {
          changes: { name: { from: '', to: 'Rose' }, role: { from: 'viewer', to: 'user' }, note: {} },
        },
      }),
    ])
    expect(await written('accounts.update', change)).toEqual([])
  })

  test('folders are given, changed and taken', async () => {
    const path = await home.folder('Family')
    const given = (access: 'read-write' | 'read-only') => ({ id: rose, folders: [{ path, access }] })
    const grants = async (input: Input<'accounts.update'>) => {
      const before = (await newest())?.id ?? 0
      await home.get(operator, 'accounts.update', input)
      const [entry, ...others] = (await log()).filter(({ id }) => id > before)
      expect(others).toEqual([])
      if (entry) expect(entry).toMatchObject({ action: 'grants.changed', ...aboutRose() })
      return entry?.details?.folders
    }
    const readOnly = { access: 'read-only', mayShare: false }
    const readWrite = { access: 'read-write', mayShare: true }
    expect(await grants(given('read-only'))).toEqual([{ path, before: null, after: readOnly }])
    expect(await grants(given('read-only'))).toBeUndefined()
    expect(await grants(given('read-write'))).toEqual([{ path, before: readOnly, after: readWrite }])
    expect(await grants({ id: rose, folders: [] })).toEqual([{ path, before: readWrite, after: null }])
  })

  test('passwords, sessions, flags, settings, defaults and folders of the household', async () => {
    const told = async <N extends ProcedureName>(name: N, input: Input<N>) =>
      (await written(name, input)).map(({ action, details }) => [action, details])
    expect(await told('accounts.changePassword', { id: rose, password: OTHER, mustChange: true })).toEqual([
      ['account.passwordChanged', { mustChange: true }],
    ])
    expect(await told('accounts.update', { id: rose, password: PASSWORD })).toEqual([
      ['account.passwordChanged', null],
    ])
    await home.as(rose)
    const { sessions } = await home.get(await home.as(ada), 'sessions.list', { accountId: rose })
    const [session] = sessions
    expect(await told('sessions.revoke', { id: session?.id ?? 0 })).toEqual([
      ['session.revoked', { device: 'test' }],
    ])
    expect(await told('flags.set', { flags: { webdav: true, share: true } })).toEqual([
      ['flags.changed', { webdav: true }],
    ])
    expect(await told('flags.set', { flags: { webdav: true } })).toEqual([])
    expect(await told('settings.setLibrary', { watch: false, ignore: [] })).toEqual([
      ['settings.changed', { changes: { watch: { from: true, to: false } } }],
    ])
    expect(await told('settings.setLibrary', { watch: false })).toEqual([])
    expect(await told('settings.setAdvanced', { workers: 2 })).toEqual([
      ['settings.changed', { changes: { workers: { from: 'auto', to: 2 } } }],
    ])
    expect(await told('settings.setAdvanced', { workers: 2 })).toEqual([])
    expect(await told('settings.set', { theme: 'dark', alsoDefault: true })).toEqual([
      ['defaults.changed', { changes: { theme: { from: 'system', to: 'dark' } } }],
    ])
    expect(await told('settings.set', { theme: 'light', alsoDefault: false })).toEqual([])
  })

  test('a folder of the household is added, and removed', async () => {
    const path = await home.folder('Attic')
    const folder = async () => (await log())[0]
    const { folder: added } = await home.get({ ...operator, hostWindow: true }, 'folders.add', { path })
    expect(await folder()).toMatchObject({
      action: 'folder.added',
      actor: { kind: 'operator', id: null },
      object: { kind: 'folder', id: added.id, name: path },
    })
    await home.get(operator, 'folders.add', { path })
    await home.get(operator, 'folders.remove', { id: added.id })
    expect((await log()).slice(0, 2).map(({ action }) => action)).toEqual(['folder.removed', 'folder.added'])
  })

  test('whoever signs up is the actor, from where they did it', async () => {
    await home.get(operator, 'flags.set', { flags: { registration: true } })
    const caller = { ...anonymousCaller, address: '10.0.0.9' }
    await home.get(caller, 'registration.create', { username: 'nora', name: 'Nora', password: PASSWORD })
    const entry = await newest()
    expect(entry).toMatchObject({ action: 'account.signedUp', address: '10.0.0.9' })
    expect(entry?.actor).toEqual({ kind: 'account', id: entry?.object.id, name: 'nora' })
  })

  test('what is refused writes nothing', async () => {
    const before = await log()
    const ben = await home.as(await home.add('ben', { role: 'admin' }))
    const made = (await log()).length - before.length
    for (const [name, input] of [
      ['accounts.update', { id: ada, name: 'Eve' }],
      ['accounts.changePassword', { id: ada, password: OTHER, currentPassword: 'not it' }],
      ['flags.set', { flags: { webdav: true } }],
      ['session.viewAs', { accountId: ada }],
    ] as const)
      expect(await home.outcome(ben, name, input)).not.toBe('ok')
    expect((await log()).length).toBe(before.length + made)
  })
})

describe('reading it', () => {
  test('by pages, filtered by who, what, about whom and when', async () => {
    const ben = await home.add('ben', { role: 'admin' })
    for (const name of ['One', 'Two', 'Three']) {
      home.pass(60_000)
      await home.get(await home.as(ben), 'accounts.update', { id: rose, name })
    }
    const all = await log()
    const first = await home.get(operator, 'audit.list', { limit: 2 })
    expect(first.more).toBe(true)
    const rest = await home.get(operator, 'audit.list', { before: first.entries[1]?.id ?? 0 })
    expect([...first.entries, ...rest.entries]).toEqual(all)
    expect(rest.more).toBe(false)

    expect((await log({ actorId: ben })).length).toBe(3)
    expect((await log({ actorName: 'operator' })).map(({ action }) => action)).toEqual(
      Array(3).fill('account.created'),
    )
    expect((await log({ actions: ['account.created'] })).length).toBe(3)
    expect((await log({ objectKind: 'account', objectId: rose })).length).toBe(4)
    expect((await log({ from: home.now() })).length).toBe(1)
    expect((await log({ to: home.now() - 120_000 })).length).toBe(3)
    expect(first.actors).toEqual([
      { kind: 'account', id: ben, name: 'ben' },
      { kind: 'operator', id: null, name: 'operator' },
    ])
  })

  test('names are copied: an entry keeps them when its account is renamed, and outlives it', async () => {
    await home.get(await home.as(ada), 'accounts.update', { id: rose, name: 'Rose' })
    await home.get(operator, 'accounts.update', { id: ada, username: 'adele' })
    await home.services.db.write((tx) => tx.run(sql`delete from accounts where id = ${ada}`))
    const entry = (await log({ actions: ['account.changed'] })).at(-1)
    expect(entry).toMatchObject({ actor: { kind: 'account', id: null, name: 'ada' }, ...aboutRose() })
    expect((await log({ actorName: 'ada' })).map(({ id }) => id)).toEqual([entry?.id])
  })

  test("everybody reads what was done to them, told as they are told: no addresses, no paths around their folders, no admin's username", async () => {
    const path = await home.folder('Family')
    await home.get(operator, 'accounts.update', { id: rose, folders: [{ path, access: 'read-only' }] })
    await home.get(await home.as(ada), 'accounts.update', { id: rose, note: 'secretly likes trains' })
    await home.get(operator, 'accounts.update', { id: ada, name: 'Ada Lovelace' })
    const own = async () => (await home.get(await home.as(rose), 'audit.own', {})).entries
    const entries = await own()
    expect(entries.map(({ action, by, details }) => ({ action, by, details }))).toEqual([
      {
        action: 'account.changed',
        by: { kind: 'account', self: false, name: 'Ada Lovelace' },
        details: { changes: { note: {} } },
      },
      {
        action: 'grants.changed',
        by: { kind: 'operator', self: false, name: null },
        details: {
          folders: [{ path: 'Family', before: null, after: { access: 'read-only', mayShare: false } }],
        },
      },
      { action: 'account.created', by: { kind: 'operator', self: false, name: null }, details: null },
    ])
    await home.get(operator, 'accounts.update', { id: ada, name: '' })
    expect((await own())[0]?.by).toEqual({ kind: 'account', self: false, name: null })
    expect(JSON.stringify(await own())).not.toContain(home.directory)
    await home.get(await home.as(rose), 'accounts.changePassword', {
      id: rose,
      password: OTHER,
      currentPassword: PASSWORD,
    })
    expect((await own())[0]).toMatchObject({ action: 'account.passwordChanged', by: { self: true } })
  })
})

test('no secret gets into it: a story with secrets that are known, and none is found in the table', async () => {
  const secrets: string[] = [home.services.setupCode.code]
  const secret = (name: string) => {
    const text = `secret of ${name} ${Math.random().toString(36).slice(2)}`
    secrets.push(text)
    return text
  }
  await home.get(operator, 'flags.set', { flags: { registration: true } })
  const page = home.browser()
  const nora = { username: 'nora', name: 'Nora', password: secret('nora') }
  await home.get(anonymousCaller, 'registration.create', nora)
  const { accounts } = await home.get(operator, 'accounts.list', {})
  const id = accounts.find(({ username }) => username === 'nora')?.id ?? 0
  await home.get(operator, 'accounts.update', { id, role: 'user', note: secret('note') })
  expect(await page.logIn('nora', nora.password)).toBe('ok')
  const next = secret('new password')
  const change = { id, password: next, currentPassword: nora.password }
  await home.get(await page.caller(), 'accounts.changePassword', change)
  await home.outcome(await page.caller(), 'accounts.changePassword', {
    ...change,
    currentPassword: secret('x'),
  })
  await home.get(operator, 'accounts.update', { id, password: secret('reset') })
  await home.get(await home.as(ada), 'accounts.create', {
    username: 'zoe',
    role: 'guest',
    password: secret('zoe'),
  })
  await home.get(await home.as(ada), 'session.viewAs', { accountId: id })
  const { sessions } = await home.get(operator, 'sessions.list', { accountId: ada })
  await home.get(operator, 'sessions.revoke', { id: sessions[0]?.id ?? 0 })
  const tokens = [page.kept.token, page.kept.device].filter((token) => token !== null)
  const rows = await home.services.db.read.all<{ hash: string }>(
    sql`select password_hash as hash from accounts union select token_hash from sessions union select token_hash from known_devices`,
  )
  secrets.push(...tokens, ...rows.map(({ hash }) => hash))

  const entries = await home.services.db.read.all(sql`select * from audit`)
  expect(entries.length).toBeGreaterThan(8)
  const text = JSON.stringify(entries)
  for (const one of secrets) expect(text).not.toContain(one)
})
