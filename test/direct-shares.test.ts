import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { accounts, audit, photos, shareGuests, shares } from '../electron/db/schema.ts'
import { makeWorld, type World } from './access-matrix/world.ts'
import { visitorIn } from './support/visitor.ts'

let world: World
let own: number
/** Whoever shares, and two with whom. */
let ada: { id: number; caller: Caller }
let rose: { id: number; caller: Caller }
let ben: { id: number; caller: Caller }
beforeAll(async () => {
  world = await makeWorld()
  own = world.photo.own
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  const folders = [{ path: world.folders.own, access: 'read-write' }]
  ada = await somebody({ folders })
  rose = await somebody({ role: 'guest' })
  ben = await somebody({ role: 'viewer', folders })
})

async function somebody(options: object) {
  const id = await world.disposable(options)
  return { id, caller: await world.as(id) }
}

type Options = Parameters<typeof world.get<'shares.shareWith'>>[2]['options']

/** The world's own photo, or what is named, shared with Rose or the accounts named. */
const share = async (options: Options = {}, to: object = { photoIds: [own] }, accountIds = [rose.id]) =>
  (await world.get(ada.caller, 'shares.shareWith', { ...to, accountIds, options })).id

const outcome = async (caller: Caller, name: string, input: object) => {
  const result = await world.call(caller, name, input)
  return result.ok ? 'ok' : [result.error.code, result.error.reason].filter(Boolean).join(' ')
}

/** Everything that somebody may look at of what is shared, as one word. */
async function sees({ caller }: { caller: Caller }, id: number, photo = own): Promise<string> {
  const asked = [
    await outcome(caller, 'shares.photo', { share: id, id: photo }),
    await outcome(caller, 'media.openHeld', { share: id, id: photo, kind: 'thumb', version: '1' }),
    await outcome(caller, 'media.mayHeld', { share: id, id: photo, kind: 'preview', version: '1' }),
  ]
  return [...new Set(asked)].join(', ')
}

const withMe = async ({ caller }: { caller: Caller }) =>
  (await world.get(caller, 'shares.withMe', {})).links.map(({ id, isNew }) => ({ id, isNew }))

const described = async (id: number) =>
  (await world.get(ada.caller, 'shares.list', {})).links.find((each) => each.id === id)

const album = async (photoIds: number[]) =>
  (await world.get(ada.caller, 'albums.create', { title: 'Lisbon', photoIds })).id

describe('what is shared with an account by name', () => {
  test('is under what is shared with it, and nobody else comes by', async () => {
    const id = await share({ label: 'for Rose alone' })
    expect(await withMe(rose)).toEqual([{ id, isNew: true }])
    expect([await sees(rose, id), await sees(ben, id)]).toEqual(['ok', 'not_found link_ended'])
    expect(await sees(rose, id, world.photo.shared)).toBe('not_found')
    expect(await withMe(ben)).toEqual([])
    const held = await world.get(rose.caller, 'shares.get', { share: id })
    expect(held).toMatchObject({ direct: true, count: 1, download: 'none' })
    expect(JSON.stringify(held)).not.toContain('for Rose alone')
  })

  test('has no address: neither its owner is told one, nor does its hash open anything', async () => {
    const id = await share()
    expect(await described(id)).toMatchObject({ direct: true, url: null, hasPassword: false })
    const [row] = await world.services.db.read.select().from(shares).where(eq(shares.id, id))
    for (const token of [row?.tokenHash ?? '', row?.tokenSealed ?? ''])
      expect(await visitorIn(world).open(token)).toMatch(/^(not_found link_ended|throttled)/)
    expect(await outcome(ada.caller, 'shares.update', { id, options: { password: 'swordfish' } })).toBe(
      'invalid',
    )
    expect(await outcome(ada.caller, 'shares.update', { id, options: { viewLimit: 3 } })).toBe('invalid')
  })

  test('goes with the rights of its terms, whatever its account may do elsewhere', async () => {
    const id = await share({ download: 'original', hidePlaces: true })
    const asked = { share: id, id: own, kind: 'original', version: '1' }
    expect(await outcome(rose.caller, 'media.openHeld', asked)).toBe('ok')
    await world.get(ada.caller, 'shares.update', { id, options: { download: 'none' } })
    expect(await outcome(rose.caller, 'media.openHeld', asked)).toBe('forbidden')
    const admin = await world.as(world.idOf('admin'))
    await world.get(ada.caller, 'shares.addPeople', { id, accountIds: [world.idOf('admin')] })
    expect((await world.get(admin, 'shares.photo', { share: id, id: own })).may.download).toBe(false)
    await world.get(admin, 'shares.leave', { share: id })
  })

  test('never shows what is private', async () => {
    const id = await share()
    const mark = (columns: object): Promise<unknown> =>
      world.services.db.write((tx) => tx.update(photos).set(columns).where(eq(photos.id, own)))
    await mark({ private: true })
    expect(await sees(rose, id)).toBe('not_found')
    await mark({ private: false })
    expect(await sees(rose, id)).toBe('ok')
  })

  test('of the same album goes to more people, on the terms it has or that are given', async () => {
    const albumId = await album([own])
    const id = await share({ download: 'resized' }, { albumId })
    expect(await share({}, { albumId }, [rose.id, ben.id])).toBe(id)
    expect(await described(id)).toMatchObject({
      download: 'resized',
      guests: [{ accountId: ben.id }, { accountId: rose.id }],
    })
    await share({ download: 'none' }, { albumId }, [ben.id])
    expect(await described(id)).toMatchObject({ download: 'none' })
    // one that has run out is not brought back by sharing anew
    await world.services.db.write((tx) => tx.update(shares).set({ expiresAt: 1 }).where(eq(shares.id, id)))
    expect(await share({}, { albumId })).not.toBe(id)
  })

  test('is another each time where photos were picked, and takes more of them', async () => {
    const id = await share()
    expect(await share()).not.toBe(id)
    await world.get(ada.caller, 'shares.addPhotos', { id, photoIds: [own] })
    expect(await outcome(ada.caller, 'shares.addPhotos', { id, photoIds: [world.photo.foreign] })).toBe(
      'not_found',
    )
  })

  test('takes what its owner may share on, and accounts that there are', async () => {
    const make = (to: object, accountIds: number[]) =>
      outcome(ada.caller, 'shares.shareWith', { ...to, accountIds })
    expect(await make({}, [rose.id])).toBe('invalid')
    expect(await make({ photoIds: [own] }, [])).toBe('invalid')
    expect(await make({ photoIds: [own] }, [ada.id])).toBe('not_found')
    expect(await make({ photoIds: [own] }, [rose.id, 999_999])).toBe('not_found')
    expect(await make({ photoIds: [own] }, [world.idOf('disabled')])).toBe('not_found')
    expect(await make({ photoIds: [own] }, [world.idOf('unknownRole')])).toBe('not_found')
    expect(await make({ photoIds: [world.photo.private] }, [rose.id])).toBe('forbidden')
    expect(await make({ photoIds: [world.photo.foreign] }, [rose.id])).toBe('not_found')
  })
})

test('whom one may share with are all other accounts that may log in, by name alone', async () => {
  const { people } = await world.get(ada.caller, 'shares.people', {})
  const ids = people.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining([rose.id, ben.id, world.olgaId, world.idOf('admin')]))
  expect(ids).not.toContain(ada.id)
  expect(ids).not.toContain(world.idOf('disabled'))
  expect(ids).not.toContain(world.idOf('unknownRole'))
  expect(new Set(people.flatMap((one) => Object.keys(one)))).toEqual(new Set(['id', 'username', 'name']))
})

describe('that it was opened', () => {
  test('is told to its owner, once for each account and never of the owner', async () => {
    const id = await share({}, undefined, [rose.id, ben.id])
    expect(await described(id)).toMatchObject({ views: 0, lastOpenedAt: null })
    const note = ({ caller }: { caller: Caller }) => world.get(caller, 'shares.noteOpened', { share: id })
    await note(ada)
    await note(rose)
    await note(rose)
    const told = await described(id)
    expect(told).toMatchObject({ views: 1, lastOpenedAt: expect.any(Number) })
    expect(told?.guests.map(({ accountId, hasOpened }) => ({ accountId, hasOpened }))).toEqual(
      expect.arrayContaining([
        { accountId: rose.id, hasOpened: true },
        { accountId: ben.id, hasOpened: false },
      ]),
    )
    expect([await withMe(rose), await withMe(ben)]).toEqual([[{ id, isNew: false }], [{ id, isNew: true }]])
  })

  test('is noted of links that are found under what is shared too, and of nothing else', async () => {
    const { id, url } = await world.get(ada.caller, 'shares.createLink', { photoIds: [own] })
    const input = { share: id }
    expect(await outcome(rose.caller, 'shares.noteOpened', input)).toBe('not_found link_ended')
    await world.get(rose.caller, 'shares.open', { token: url.split('/s/')[1] ?? '' })
    await world.services.db.write((tx) => tx.update(shares).set({ lastOpenedAt: 5 }).where(eq(shares.id, id)))
    await world.get(rose.caller, 'shares.noteOpened', input)
    const told = await described(id)
    expect(told?.views).toBe(1)
    expect(told?.lastOpenedAt).toBeGreaterThan(5)
    expect(told?.guests).toMatchObject([{ accountId: rose.id, hasOpened: true }])
  })
})

describe('it ends at once', () => {
  test('for whoever it is shared with no more, and for all with the last of them', async () => {
    const id = await share({}, undefined, [rose.id, ben.id])
    await world.get(ada.caller, 'shares.removePeople', { id, accountIds: [rose.id] })
    expect([await sees(rose, id), await sees(ben, id)]).toEqual(['not_found link_ended', 'ok'])
    await world.get(ada.caller, 'shares.addPeople', { id, accountIds: [rose.id] })
    expect(await sees(rose, id)).toBe('ok')
    await world.get(ada.caller, 'shares.removePeople', { id, accountIds: [rose.id, ben.id] })
    expect(await described(id)).toBeUndefined()
    expect(await outcome(ada.caller, 'shares.addPeople', { id, accountIds: [rose.id] })).toBe('not_found')
  })

  test('where its account leaves it, which its owner sees', async () => {
    const id = await share({}, undefined, [rose.id, ben.id])
    await world.get(rose.caller, 'shares.leave', { share: id })
    expect(await sees(rose, id)).toBe('not_found link_ended')
    expect(await described(id)).toMatchObject({ guests: [{ accountId: ben.id }] })
    await world.get(ben.caller, 'shares.leave', { share: id })
    expect(await described(id)).toBeUndefined()
  })

  test('taken back by its owner or an admin, and by nobody else', async () => {
    for (const by of [ada.caller, await world.as(world.idOf('admin'))]) {
      const id = await share()
      expect(await outcome(rose.caller, 'shares.revoke', { id })).toBe('not_found')
      await world.get(by, 'shares.revoke', { id })
      expect(await sees(rose, id)).toBe('not_found link_ended')
      expect(await withMe(rose)).toEqual([])
    }
  })

  test('while its owner may not share, and comes back', async () => {
    const id = await share()
    const may = (mayShare: boolean): Promise<unknown> =>
      world.services.db.write((tx) => tx.update(accounts).set({ mayShare }).where(eq(accounts.id, ada.id)))
    await may(false)
    expect(await sees(rose, id)).toBe('not_found link_ended')
    // to take back is still theirs
    const notSharing = await world.as(ada.id)
    expect(await outcome(notSharing, 'shares.addPeople', { id, accountIds: [ben.id] })).toBe('forbidden')
    const { links } = await world.get(notSharing, 'shares.list', {})
    expect(links).toMatchObject([{ id, closed: 'suspended', may: { update: false, revoke: true } }])
    await may(true)
    expect(await sees(rose, id)).toBe('ok')
    await may(false)
    await world.get(notSharing, 'shares.removePeople', { id, accountIds: [rose.id] })
    await may(true)
    expect(await sees(rose, id)).toBe('not_found link_ended')
  })

  test('and is not changed by others, nor by the procedures for people where it is a link', async () => {
    const id = await share()
    const link = await world.get(ada.caller, 'shares.createLink', { photoIds: [own] })
    for (const procedure of ['shares.addPeople', 'shares.removePeople']) {
      const user = await world.as(world.idOf('user'))
      expect(await outcome(user, procedure, { id, accountIds: [rose.id] })).toBe('not_found')
      expect(await outcome(ada.caller, procedure, { id: link.id, accountIds: [rose.id] })).toBe('not_found')
    }
    expect(await sees(rose, id)).toBe('ok')
  })
})

test('a deleted account is named no more, and its guest’s place waits for it', async () => {
  const id = await share({}, undefined, [rose.id, ben.id])
  await world.get(world.callers.super, 'accounts.remove', { id: rose.id, mode: 'keep' })
  expect((await described(id))?.guests).toMatchObject([{ accountId: ben.id }])
  const place = and(eq(shareGuests.shareId, id), eq(shareGuests.accountId, rose.id))
  expect(await world.services.db.read.select().from(shareGuests).where(place)).toHaveLength(1)
})

test('handed over with its owner’s deletion it is the receiver’s, and ends where they alone had it', async () => {
  const receiver = await somebody({ folders: [{ path: world.folders.own, access: 'read-write' }] })
  const both = await share({}, undefined, [receiver.id, rose.id])
  await share({}, undefined, [receiver.id])
  const input = { id: ada.id, mode: 'transfer', transferTo: receiver.id } as const
  await world.get(world.callers.super, 'accounts.remove', input)
  const { links } = await world.get(receiver.caller, 'shares.overview', {})
  expect(links).toMatchObject([{ id: both, guests: [{ accountId: rose.id }] }])
  expect(await sees(rose, both)).toBe('ok')
})

test('the log tells who shares with whom', async () => {
  const id = await share({}, undefined, [rose.id])
  await world.get(ada.caller, 'shares.addPeople', { id, accountIds: [ben.id] })
  await world.get(ada.caller, 'shares.removePeople', { id, accountIds: [ben.id, rose.id] })
  const isOfIt = and(eq(audit.objectId, id), eq(audit.objectKind, 'link'))
  const entries = await world.services.db.read.select().from(audit).where(isOfIt)
  expect(entries.map(({ action }) => action)).toEqual(['share.created', 'share.changed', 'share.revoked'])
  expect(entries[0]?.details).toEqual({ people: [expect.stringMatching(/^disposable/)] })
})
