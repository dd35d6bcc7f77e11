import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../../electron/api/caller.ts'
import { accounts, areaAccess, areas, directories, files, grants, photos } from '../../electron/db/schema.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from '../support/accounts.ts'
import { anonymousCaller } from '../support/household.ts'
import { makePicture } from '../support/pictures.ts'

/** Whatever of `accounts.*` is refused leaves nothing behind: no account, no grant, no area, no split of one. */

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
})
afterEach(() => home.close())

/** Everything an edit of accounts could touch. */
async function everything() {
  const { read } = home.services.db
  return {
    accounts: await read.select().from(accounts),
    grants: await read.select().from(grants),
    areas: await read.select().from(areas).orderBy(asc(areas.id)),
    access: await read.select().from(areaAccess),
    directories: await read.select().from(directories),
    files: await read.select().from(files),
    photos: await read.select().from(photos),
  }
}

/** Ada's household: Ben holds a scanned folder with another one inside; `wanted` is that one and a new one. */
async function family() {
  const ada = await home.addSuper('ada')
  const pictures = await home.folder('Family')
  const trip = await home.folder('Family/Trip')
  await copyFile(await makePicture(join(pictures, 'a.jpg')), join(trip, 'b.jpg'))
  const ben = await home.add('ben', { folders: [{ path: pictures, access: 'read-write' }] })
  await home.idle()
  const fresh = await home.folder('Fresh')
  const wanted = [trip, fresh].map((path) => ({ path, access: 'read-only' as const }))
  return { ada: await home.as(ada, { hostWindow: true }), ben, wanted }
}

/** Something that happens while the password is being hashed. */
function meanwhile(happen: () => Promise<unknown>) {
  const { passwords } = home.services
  const hash = passwords.hash
  passwords.hash = async (password) => {
    passwords.hash = hash
    await happen()
    return hash(password)
  }
}

/** Every place in the queue of hashes is taken just before. */
function crowded() {
  const { passwords } = home.services
  const hash = passwords.hash
  passwords.hash = async (password) => {
    passwords.hash = hash
    const crowd = Array.from({ length: 8 }, () => hash('a crowd'))
    const [refused] = await Promise.allSettled([hash(password), ...crowd])
    if (refused.status === 'rejected') throw refused.reason
    return refused.value
  }
}

test('adding somebody: refused where the name was taken meanwhile', async () => {
  const { ada, wanted } = await family()
  const before = await everything()
  const input = { username: 'cy', password: PASSWORD, role: 'user', folders: wanted }
  let made = 0
  meanwhile(async () => {
    made = await home.add('cy')
  })
  expect(await home.outcome(ada, 'accounts.create', input)).toBe('invalid username username_taken')
  const after = await everything()
  expect(after).toEqual({ ...before, accounts: after.accounts })
  expect(after.accounts.map(({ id }) => id)).toEqual([...before.accounts.map(({ id }) => id), made])
})

test('adding somebody: refused because too many wait, or because the session ended', async () => {
  const { ada, wanted } = await family()
  const before = await everything()
  const input = { username: 'cy', password: PASSWORD, role: 'user', folders: wanted }
  crowded()
  expect(await home.outcome(ada, 'accounts.create', input)).toBe('throttled too_many_waiting')
  expect(await everything()).toEqual(before)
  meanwhile(() => home.get(ada, 'session.logout', {}))
  expect(await home.outcome(ada, 'accounts.create', input)).toBe('unauthenticated session_over')
  expect(await everything()).toEqual(before)
})

test('of two who add the same name with the same folders one leaves nothing behind', async () => {
  const { ada, wanted } = await family()
  const input = { username: 'cy', password: PASSWORD, role: 'user', folders: wanted }
  const both = await Promise.all([1, 2].map(() => home.outcome(ada, 'accounts.create', input)))
  expect(both.sort()).toEqual(['invalid username username_taken', 'ok'])
  const { accounts: listed } = await home.get(operator, 'accounts.list', {})
  const cy = listed.find(({ username }) => username === 'cy')
  expect(cy?.folders.map(({ path }) => path).sort()).toEqual(wanted.map(({ path }) => path).sort())
  expect((await everything()).areas.length).toBe(3)
})

test('the first account of all has to be a super admin, and its folder is not kept otherwise', async () => {
  const path = await home.folder('Ada')
  const input = {
    username: 'ada',
    password: PASSWORD,
    role: 'user',
    folders: [{ path, access: 'read-only' }],
  }
  expect(await home.outcome(operator, 'accounts.create', input)).toBe('conflict last_super_admin')
  expect(await everything()).toMatchObject({ accounts: [], areas: [], grants: [] })
})

test('of two who set the household up at the same moment one leaves no folder behind', async () => {
  const { code } = home.services.setupCode
  const [here, there] = [await home.folder('Ada'), await home.folder('Eve')]
  const setUp = (username: string, folder: string) =>
    home.outcome(anonymousCaller, 'setup.create', { code, username, password: PASSWORD, folder })
  const both = await Promise.all([setUp('ada', here), setUp('eve', there)])
  expect([...both].sort()).toEqual(['conflict setup_closed', 'ok'])
  expect((await everything()).areas.map(({ path }) => path)).toEqual([both[0] === 'ok' ? here : there])
})

test('an edit with one wrong part changes nothing at all', async () => {
  const { ada, ben, wanted } = await family()
  const edit = { id: ben, name: 'Benedict', note: 'new', folders: wanted, mayShare: false, quotaBytes: 5 }
  const missing = { path: '/does/not/exist', access: 'read-only' }
  const before = await everything()
  const wrong: [change: object, outcome: string][] = [
    [{ folders: [...wanted, missing] }, 'invalid folders.2.path folder_missing'],
    [{ folders: [...wanted, wanted[0]] }, 'invalid folders.2.path folder_twice'],
    [{ username: 'ada' }, 'invalid username username_taken'],
    [{ password: 'password1' }, 'invalid password password_common'],
    [{ email: 'nobody' }, 'invalid email email_form'],
    [{ role: 'butler' }, 'invalid role role_unknown'],
  ]
  for (const [change, outcome] of wrong) {
    expect(await home.outcome(ada, 'accounts.update', { ...edit, ...change })).toBe(outcome)
    expect(await everything()).toEqual(before)
  }
})

test('an edit that is refused at the very end changes nothing at all', async () => {
  const { ada, ben, wanted } = await family()
  const edit = { id: ben, name: 'Benedict', folders: wanted, username: 'benedict', password: OTHER }
  const before = await everything()
  crowded()
  expect(await home.outcome(ada, 'accounts.update', edit)).toBe('throttled too_many_waiting')
  expect(await everything()).toEqual(before)

  const last = { id: before.accounts[0]?.id, superAdmin: false, name: 'A', folders: wanted, password: OTHER }
  expect(await home.outcome(operator, 'accounts.update', last)).toBe('conflict last_super_admin')
  expect(await everything()).toEqual(before)

  meanwhile(() => home.add('benedict'))
  expect(await home.outcome(ada, 'accounts.update', edit)).toBe('invalid username username_taken')
  const { accounts: _added, ...rest } = before
  expect(await everything()).toMatchObject(rest)

  const gone = { ...edit, username: 'other' }
  meanwhile(() => home.get(operator, 'accounts.remove', { id: ben }))
  expect(await home.outcome(ada, 'accounts.update', gone)).toBe('not_found')
  expect(await everything()).toMatchObject(rest)
})

test('what an edit was refused is granted by the next one', async () => {
  const { ada, ben, wanted } = await family()
  const edit = { id: ben, folders: wanted, password: OTHER }
  const seen = async (by: Caller) => {
    const { months } = await home.get(by, 'timeline.months', {})
    return months.reduce((sum, { count }) => sum + count, 0)
  }
  expect(await seen(await home.as(ben))).toBe(2)
  crowded()
  expect(await home.outcome(ada, 'accounts.update', edit)).toBe('throttled too_many_waiting')
  expect(await seen(await home.as(ben))).toBe(2)
  expect(await home.outcome(ada, 'accounts.update', edit)).toBe('ok')
  await home.idle()
  expect(await seen(await home.as(ben))).toBe(1)
})
