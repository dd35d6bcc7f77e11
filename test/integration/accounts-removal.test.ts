import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  accounts,
  albumPhotos,
  albums,
  audit,
  overlays,
  shareContributions,
  shareGuests,
  shares,
} from '../../electron/db/schema.ts'
import { DAYS_SEEN } from '../../electron/domain/accounts/days-deleted.ts'
import { countDeletedDays } from '../../electron/domain/accounts/purge-due.ts'
import { type AccountsHousehold, openAccountsHousehold, operator, PASSWORD } from '../support/accounts.ts'
import {
  addAlbum,
  addMember,
  addOverlays,
  addRest,
  dumpOf,
  hashesOf,
  makePhotos,
} from '../support/belongings.ts'
import { makePicture } from '../support/pictures.ts'

const DAY_MS = 24 * 60 * 60_000

let home: AccountsHousehold
let rose: number
let ben: number
let folder: string
let photoIds: number[]
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
  folder = await home.folder('Family')
  await makePicture(join(folder, 'one.jpg'))
  await makePicture(join(folder, 'two.jpg'), { colour: 'teal' })
  const folders = [{ path: folder, access: 'read-write' as const }]
  rose = await home.add('rose', { folders })
  ben = await home.add('ben', { folders })
  await home.idle()
  photoIds = await makePhotos(db(), 30)
})
afterEach(() => home.close())

const db = () => home.services.db
const remove = (input: object) => home.outcome(operator, 'accounts.remove', { id: rose, ...input })
const restore = (input: object = {}) => home.outcome(operator, 'accounts.restore', { id: rose, ...input })
const removed = async () => (await home.get(operator, 'accounts.removed', {})).accounts
const faults = () => db().read.all(sql`pragma foreign_key_check`)
const entries = async (action: string) =>
  (await db().read.select().from(audit).where(eq(audit.action, action))).map(({ objectName, details }) => ({
    objectName,
    ...details,
  }))
const titlesOf = async (ownerId: number) =>
  (await db().read.select().from(albums).where(eq(albums.ownerId, ownerId)).orderBy(albums.id)).map(
    ({ title }) => title,
  )

/** Gives Rose something of everything; answers her albums. */
async function furnish() {
  await addOverlays(db(), rose, photoIds)
  await addRest(db(), rose, ben, photoIds[0] ?? 0)
  const summer = await addAlbum(db(), rose, 'Summer', { photoIds: photoIds.slice(0, 5) })
  const beach = await addAlbum(db(), rose, 'Beach', { parentId: summer, photoIds: photoIds.slice(2, 4) })
  await addMember(db(), summer, ben, { sharedBy: rose, photoId: photoIds[6] })
  return { summer, beach }
}

test('kept for 30 days: restored, everything is as it was, but for what ended with the deletion', async () => {
  await furnish()
  const before = await dumpOf(db().read, rose)
  const files = hashesOf(folder)
  const browser = home.browser()
  await browser.logIn('rose', PASSWORD)
  const [{ last_seen_at: seenAt } = {}] = (await dumpOf(db().read, rose)).accounts
  expect(await home.get(operator, 'accounts.remove', { id: rose })).toEqual({
    restorableUntil: home.now() + 30 * DAY_MS,
  })
  expect(await home.outcome(await browser.caller(), 'session.current', {})).not.toBe('ok')
  expect(await browser.logIn('rose', PASSWORD)).toBe('unauthenticated wrong_credentials')

  home.pass(29 * DAY_MS)
  expect(await removed()).toEqual([
    expect.objectContaining({
      id: rose,
      username: 'rose',
      daysLeft: 1,
      usernameTaken: false,
      photosOnlyTheirs: 0,
      holdings: expect.objectContaining({
        favourites: 10,
        ratings: 15,
        captions: 6,
        tags: 2,
        albums: 2,
        shares: 2,
      }),
    }),
  ])
  expect(await restore()).toBe('ok')
  const [account] = before.accounts
  expect(await dumpOf(db().read, rose)).toEqual({
    ...before,
    accounts: [{ ...account, last_seen_at: seenAt }],
    app_passwords: [],
    sessions: [],
    known_devices: [],
  })
  expect(await removed()).toEqual([])
  expect(await browser.logIn('rose', PASSWORD)).toBe('ok')
  expect(hashesOf(folder)).toEqual(files)
  expect(await entries('account.removed')).toEqual([
    expect.objectContaining({ objectName: 'rose', mode: 'keep', favourites: 10, albums: 2 }),
  ])
  expect(await entries('account.restored')).toEqual([{ objectName: 'rose' }])
})

test('deleted by a clock that was behind, or before the host was off for long: restorable as long as it is there', async () => {
  await remove({})
  home.pass(365 * DAY_MS)
  await countDeletedDays(db(), home.now())
  expect(await removed()).toMatchObject([{ id: rose, daysLeft: 1 }])
  expect(await restore()).toBe('ok')
})

test('its time over it is restored no more; unknown, living and purged ones never', async () => {
  expect(await restore()).toBe('not_found')
  await remove({})
  for (let day = 0; day <= DAYS_SEEN; day += 1) {
    await countDeletedDays(db(), home.now())
    home.pass(DAY_MS)
  }
  home.pass(30 * DAY_MS)
  expect(await removed()).toEqual([])
  expect(await restore()).toBe('conflict restore_over')
  home.pass(-30 * DAY_MS)
  expect(await restore()).toBe('ok')
  expect(await home.outcome(operator, 'accounts.restore', { id: 9999 })).toBe('not_found')
})

test('a username that is taken meanwhile is asked for anew', async () => {
  await remove({})
  await home.add('rose')
  expect(await removed()).toEqual([expect.objectContaining({ usernameTaken: true })])
  expect(await restore()).toBe('invalid username username_taken')
  expect(await restore({ username: 'ben' })).toBe('invalid username username_taken')
  expect(await restore({ username: 'guest' })).toBe('invalid username username_reserved')
  expect(await restore({ username: 'Rosa' })).toBe('ok')
  expect((await home.account(rose))?.username).toBe('rosa')
  expect(await home.browser().logIn('rosa', PASSWORD)).toBe('ok')
  expect(await entries('account.restored')).toEqual([
    { objectName: 'rosa', username: { from: 'rose', to: 'rosa' } },
  ])
})

test('folders come back as they were, those that are forgotten by then do not', async () => {
  const other = await home.folder('Other')
  const both = [
    { path: folder, access: 'read-only', mayShare: true },
    { path: other, access: 'read-write' },
  ] as const
  await home.get(operator, 'accounts.update', { id: rose, folders: [...both] })
  await remove({})
  await db().write((tx) => tx.run(sql`delete from areas where path = ${other}`))
  expect(await restore()).toBe('ok')
  expect((await home.account(rose))?.folders).toEqual([
    expect.objectContaining({ path: folder, access: 'read-only', mayShare: true }),
  ])
})

test('albums and links handed on: nesting, order, covers and members stay, and restored the rest is back', async () => {
  const { summer, beach } = await furnish()
  const cy = await home.add('cy')
  const withCy = await addMember(db(), beach, cy, { sharedBy: rose, photoId: photoIds[6] })
  const before = await dumpOf(db().read, rose)
  expect(await remove({ mode: 'transfer', transferTo: ben })).toBe('ok')
  const [was] = before.albums
  const after = await dumpOf(db().read, ben)
  expect(after.albums).toEqual(before.albums.map((album) => ({ ...album, owner_id: ben })))
  expect(was?.cover_photo_id).toBe(photoIds[0])
  // what the receiver had added is in the album itself
  const added = expect.objectContaining({ album_id: summer, photo_id: photoIds[6], added_at: 1 })
  expect(after.album_photos.map((photo) => photo.added_by)).toEqual(Array(8).fill(ben))
  expect(after.album_photos).toEqual(expect.arrayContaining([added]))
  // what was shared with the receiver alone has ended
  expect(
    after.shares.map(({ album_id, creator_id, revoked_at }) => [album_id, creator_id, revoked_at]),
  ).toEqual([
    [null, ben, null],
    [summer, ben, expect.any(Number)],
    [beach, ben, null],
  ])
  const guests = await db().read.select().from(shareGuests)
  expect(guests.map(({ shareId, accountId, part }) => [shareId, accountId, part])).toEqual([
    [withCy, cy, 'contributor'],
  ])
  const contributions = await db().read.select().from(shareContributions)
  expect(contributions.map(({ accountId, photoId }) => [accountId, photoId])).toEqual([[cy, photoIds[6]]])
  expect((await dumpOf(db().read, rose)).overlays).toEqual(before.overlays)
  expect(await faults()).toEqual([])

  expect(await restore()).toBe('ok')
  expect(await titlesOf(rose)).toEqual([])
  expect(await titlesOf(ben)).toEqual(['Summer', 'Beach'])
  const { albums: _albums, shares: _shares, ...rest } = await dumpOf(db().read, rose)
  for (const table of [
    'overlays',
    'tags',
    'photo_tags',
    'account_settings',
    'grants',
    'area_access',
  ] as const)
    expect(rest[table]).toEqual(before[table])
  expect(summer).not.toBe(beach)
})

test('album titles that clash get the name of who had them', async () => {
  await home.get(operator, 'accounts.update', { id: rose, name: 'Rose' })
  const held = await addAlbum(db(), ben, 'summer ')
  await addAlbum(db(), ben, 'Summer (Rose)')
  for (const title of ['Summer', 'Summer', 'Winter']) await addAlbum(db(), rose, title)
  // below another album it clashes with nothing
  await addAlbum(db(), rose, 'Summer', { parentId: held + 4 })
  expect(await remove({ mode: 'transfer', transferTo: ben })).toBe('ok')
  expect(await titlesOf(ben)).toEqual([
    'summer ',
    'Summer (Rose)',
    'Summer (Rose 2)',
    'Summer (Rose 3)',
    'Winter',
    'Summer',
  ])
})

test('a title with the name behind it is no longer than titles are', async () => {
  const long = `${'ü'.repeat(498)}🦊`
  await home.get(operator, 'accounts.update', { id: rose, name: 'Rose' })
  await addAlbum(db(), ben, long)
  await addAlbum(db(), rose, long)
  expect(await remove({ mode: 'transfer', transferTo: ben })).toBe('ok')
  expect(await titlesOf(ben)).toEqual([long, `${'ü'.repeat(493)} (Rose)`])
})

test('who receives albums can hold them, and is there', async () => {
  await furnish()
  const before = await dumpOf(db().read, rose)
  const viewer = await home.add('vera', { role: 'viewer' })
  const guest = await home.add('gus', { role: 'guest' })
  const gone = await home.add('gone')
  await home.get(operator, 'accounts.remove', { id: gone })
  const to = (transferTo: number) => remove({ mode: 'transfer', transferTo })
  expect(await remove({ mode: 'transfer' })).toBe('invalid transferTo required')
  expect(await remove({ mode: 'keep', transferTo: ben })).toBe('invalid transferTo malformed')
  expect(await to(viewer)).toBe('invalid transferTo cannot_hold_albums')
  expect(await to(guest)).toBe('invalid transferTo cannot_hold_albums')
  expect(await to(gone)).toBe('invalid transferTo account_gone')
  expect(await to(rose)).toBe('invalid transferTo account_gone')
  expect(await to(9999)).toBe('invalid transferTo account_gone')
  const admin = await home.as(await home.add('al', { role: 'admin' }))
  const superAdmin = await home.addSuper('sue')
  const input = { id: rose, mode: 'transfer', transferTo: superAdmin }
  expect(await home.outcome(admin, 'accounts.remove', input)).toBe('invalid transferTo super_admin_only')
  expect(await dumpOf(db().read, rose)).toEqual(before)
  const { candidates } = await home.get(admin, 'accounts.previewRemove', { id: rose })
  expect(candidates.map(({ username }) => username)).toEqual(['al', 'ben'])
})

test('receiver and giver deleted at the same moment: albums are with the one or with the other, whole', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [from, to] = [await home.add(`from${round}`), await home.add(`to${round}`)]
    for (const title of ['a', 'b', 'c']) await addAlbum(db(), from, title)
    const acts = [
      () => home.outcome(operator, 'accounts.remove', { id: from, mode: 'transfer', transferTo: to }),
      () => home.outcome(operator, 'accounts.remove', { id: to }),
    ]
    if (round % 2) acts.reverse()
    const done = await Promise.all(acts.map((act) => act()))
    const handed = !done.includes('invalid transferTo account_gone')
    expect([await titlesOf(from), await titlesOf(to)]).toEqual(
      handed ? [[], ['a', 'b', 'c']] : [['a', 'b', 'c'], []],
    )
    expect(done.filter((outcome) => outcome === 'ok').length).toBe(handed ? 2 : 1)
  }
})

test('removed at once: gone in chunks, the row last, of others nothing, of files nothing', async () => {
  const { summer } = await furnish()
  const many = await makePhotos(db(), 1200)
  await addOverlays(db(), rose, many)
  await addOverlays(db(), ben, many)
  const bens = await addAlbum(db(), ben, 'Ours', { photoIds: photoIds.slice(0, 3), addedBy: rose })
  const withRose = await addMember(db(), bens, rose, { sharedBy: ben, photoId: photoIds[4] })
  const bensNested = await addAlbum(db(), ben, 'Within', { parentId: summer })
  const before = await dumpOf(db().read, ben)
  const files = hashesOf(folder)
  expect(await home.get(operator, 'accounts.remove', { id: rose, mode: 'now' })).toEqual({
    restorableUntil: null,
  })
  expect(await restore()).not.toBe('ok')
  expect(await removed()).toEqual([])
  await home.idle()

  const left = Object.entries(await dumpOf(db().read, rose)).filter(([, rows]) => rows.length > 0)
  expect(left).toEqual([])
  const after = await dumpOf(db().read, ben)
  expect(after.overlays).toEqual(before.overlays)
  expect(after.albums.find(({ id }) => id === bensNested)).toMatchObject({ parent_id: null, title: 'Within' })
  const added = await db().read.select().from(albumPhotos).where(eq(albumPhotos.albumId, bens))
  expect(added.map(({ addedBy }) => addedBy)).toEqual([ben, ben, ben])
  const captions = await db().read.all(sql`select caption, account_id from shared_captions`)
  expect(captions).toEqual([{ caption: 'for everyone', account_id: null }])
  // what was shared with the one who is gone has ended
  const [share, ...others] = await db().read.select().from(shares)
  expect([share?.id, share?.revokedAt, others]).toEqual([withRose, expect.any(Number), []])
  expect(await faults()).toEqual([])
  expect(hashesOf(folder)).toEqual(files)
  expect(await entries('account.removed')).toEqual([expect.objectContaining({ mode: 'now' })])
  expect(await entries('account.purged')).toEqual([{ objectName: 'rose' }])
  const { jobs } = await home.get(operator, 'jobs.list', {})
  expect(jobs.find(({ kind }) => kind === 'purge')).toMatchObject({
    state: 'done',
    startedByKind: 'operator',
    result: { accounts: 1 },
  })
})

test('what is kept can be removed before its time, once and for all', async () => {
  await furnish()
  expect(await home.outcome(operator, 'accounts.purge', { id: rose })).toBe('not_found')
  await remove({})
  expect(await home.outcome(operator, 'accounts.purge', { id: rose })).toBe('ok')
  expect(await restore()).not.toBe('ok')
  await home.idle()
  expect(await db().read.select().from(accounts).where(eq(accounts.id, rose))).toEqual([])
  expect(await db().read.$count(overlays)).toBe(0)
  expect(await home.outcome(operator, 'accounts.purge', { id: rose })).toBe('not_found')
})

test('a dry run counts what is there, and changes nothing', async () => {
  await furnish()
  await home.get(operator, 'accounts.update', { id: ben, folders: [] })
  const before = await dumpOf(db().read, rose)
  expect(await home.get(operator, 'accounts.previewRemove', { id: rose })).toEqual({
    holdings: {
      favourites: 10,
      ratings: 15,
      captions: 6,
      tags: 2,
      albums: 2,
      albumsOfSeveral: 1,
      shares: 2,
      appPasswords: 1,
    },
    photosOnlyTheirs: 2,
    candidates: [expect.objectContaining({ username: 'ada' }), { id: ben, username: 'ben', name: '' }],
  })
  expect(await dumpOf(db().read, rose)).toEqual(before)
})

test('admins see and restore no deleted super admin; nobody deletes the last one or themself', async () => {
  const al = await home.add('al', { role: 'admin' })
  const sue = await home.addSuper('sue')
  const admin = await home.as(al)
  await home.get(operator, 'accounts.remove', { id: sue })
  expect((await home.get(admin, 'accounts.removed', {})).accounts).toEqual([])
  expect(await removed()).toHaveLength(1)
  expect(await home.outcome(admin, 'accounts.restore', { id: sue })).toBe('not_found')
  expect(await home.outcome(admin, 'accounts.purge', { id: sue })).toBe('not_found')
  for (const mode of ['keep', 'now'] as const)
    expect(await home.outcome(admin, 'accounts.remove', { id: al, mode })).toBe('forbidden not_own_account')
  const [ada] = (await home.get(operator, 'accounts.list', {})).accounts
  for (const mode of ['keep', 'transfer', 'now'] as const) {
    const input = { id: ada?.id ?? 0, mode, ...(mode === 'transfer' && { transferTo: ben }) }
    expect(await home.outcome(operator, 'accounts.remove', input)).toBe('conflict last_super_admin')
  }
  expect((await home.get(operator, 'jobs.list', {})).jobs.filter(({ kind }) => kind === 'purge')).toEqual([])
})

test('restored and removed for good at the same moment: the one or the other, whole', async () => {
  await furnish()
  const whole = (await dumpOf(db().read, rose)).overlays
  for (let round = 0; round < 6; round += 1) {
    await remove({})
    const acts = [() => restore(), () => home.outcome(operator, 'accounts.purge', { id: rose })]
    if (round % 2) acts.reverse()
    const done = await Promise.all(acts.map((act) => act()))
    await home.idle()
    const left = await home.account(rose)
    expect(done.filter((outcome) => outcome === 'ok')).toHaveLength(1)
    expect((await dumpOf(db().read, rose)).overlays).toEqual(left ? whole : [])
    if (!left) return
  }
})

test('every table that tells of accounts is looked at here', async () => {
  const referring = await db().read.all<{ name: string }>(sql`
    select distinct tables.name from sqlite_master as tables, pragma_foreign_key_list(tables.name) as keys
    where tables.type = 'table' and keys."table" in ('accounts', 'albums', 'shares', 'tags')`)
  const dumped = Object.keys(await dumpOf(db().read, rose))
  expect(referring.map(({ name }) => name).filter((name) => !dumped.includes(name))).toEqual([])
  expect(referring.length).toBeGreaterThan(15)
})
