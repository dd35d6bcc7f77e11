import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { accounts, audit, photos, shareContributions } from '../electron/db/schema.ts'
import { makeWorld, type World } from './access-matrix/world.ts'

interface Person {
  id: number
  caller: Caller
}

let world: World
let own: number
let foreign: number
/** Who shares an album of her folder, who has the other folder and may add to it, and who only looks. */
let ada: Person
let ben: Person
let rose: Person
let albumId: number
let share: number
beforeAll(async () => {
  world = await makeWorld()
  own = world.photo.own
  foreign = world.photo.foreign
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  ada = await somebody({ folders: [folderOf('own')] })
  ben = await somebody({ folders: [folderOf('foreign')], name: 'Ben' })
  rose = await somebody({ role: 'guest' })
  albumId = (await world.get(ada.caller, 'albums.create', { title: 'Lisbon', photoIds: [own] })).id
  const shared = { albumId, accountIds: [ben.id], part: 'contributor' as const, options: {} }
  share = (await world.get(ada.caller, 'shares.shareWith', shared)).id
  await world.get(ada.caller, 'shares.addPeople', { id: share, accountIds: [rose.id] })
})

const folderOf = (name: 'own' | 'foreign') => ({
  path: world.folders[name],
  access: 'read-write' as const,
  mayShare: true,
})

async function somebody(options: object): Promise<Person> {
  const id = await world.disposable(options)
  return { id, caller: await world.as(id) }
}

const outcome = async ({ caller }: Person, name: string, input: object) => {
  const result = await world.call(caller, name, input)
  return result.ok ? result.value : [result.error.code, result.error.reason].filter(Boolean).join(' ')
}
const contribute = (who: Person, photoIds = [foreign]) =>
  outcome(who, 'shares.contribute', { share, photoIds })
const withdraw = (who: Person, photoIds = [foreign]) => outcome(who, 'shares.withdraw', { share, photoIds })
const bringBack = (who: Person, photoIds = [foreign]) => outcome(who, 'shares.bringBack', { share, photoIds })

/** The photos that somebody is shown, by every way they are listed. */
async function sees({ caller }: Person, id = share): Promise<number[]> {
  const { months } = await world.get(caller, 'shares.months', { share: id })
  const pages = await Promise.all(
    months.map(({ month }) => world.get(caller, 'shares.month', { share: id, month })),
  )
  const ids = pages.flatMap((page) => page.ids)
  const { count } = await world.get(caller, 'shares.get', { share: id })
  expect(months.reduce((sum, month) => sum + month.count, 0)).toBe(ids.length)
  expect(count).toBe(ids.length)
  return ids.sort((a, b) => a - b)
}
/** Whether somebody gets the picture of a photo. */
const gets = async ({ caller }: Person, photo = foreign): Promise<boolean> =>
  (await world.call(caller, 'media.openHeld', { share, id: photo, kind: 'thumb', version: '1' })).ok

const both = () => [own, foreign].sort((a, b) => a - b)
const described = async () => {
  const { links } = await world.get(ada.caller, 'shares.list', { albumId })
  return links.find(({ id }) => id === share)
}

const updateBen = (changes: object): Promise<unknown> =>
  world.get(world.callers.super, 'accounts.update', { id: ben.id, ...changes })
const mark = (columns: object): Promise<unknown> =>
  world.services.db.write((tx) => tx.update(photos).set(columns).where(eq(photos.id, foreign)))

test('what a contributor adds is seen by whoever shares it and has it, and by nobody else', async () => {
  expect(await contribute(ben)).toEqual({ added: [foreign] })
  expect(await contribute(ben)).toEqual({ added: [] })
  for (const who of [ada, ben, rose]) {
    expect(await sees(who)).toEqual(both())
    expect(await gets(who)).toBe(true)
  }
  const told = async ({ caller }: Person) => {
    const { addedBy, may } = await world.get(caller, 'shares.photo', { share, id: foreign })
    return { addedBy, withdraw: may.withdraw }
  }
  expect(await told(ada)).toEqual({ addedBy: { name: 'Ben', isOwn: false }, withdraw: true })
  expect(await told(ben)).toEqual({ addedBy: { name: 'Ben', isOwn: true }, withdraw: true })
  expect(await told(rose)).toEqual({ addedBy: { name: 'Ben', isOwn: false }, withdraw: false })
  const { addedBy } = await world.get(rose.caller, 'shares.photo', { share, id: own })
  expect(addedBy).toBeNull()
  expect(await described()).toMatchObject({ count: 2, contributed: 1 })

  // it is no part of the owner's library, nor of links to the album
  expect(await world.get(ada.caller, 'albums.get', { id: albumId })).toMatchObject({ count: 1 })
  expect((await world.call(ada.caller, 'photos.get', { id: foreign })).ok).toBe(false)
  const link = await world.get(ada.caller, 'shares.createLink', { albumId, options: {} })
  await world.get(rose.caller, 'shares.open', { token: link.url.split('/s/')[1] ?? '' })
  expect(await sees(rose, link.id)).toEqual([own])
  const stranger = await somebody({ folders: [folderOf('own')] })
  expect((await world.call(stranger.caller, 'shares.get', { share })).ok).toBe(false)
})

test('what the album shows already is not added to it', async () => {
  await updateBen({ folders: [folderOf('own'), folderOf('foreign')] })
  const both = { ...ben, caller: await world.as(ben.id) }
  expect(await contribute(both, [own, foreign])).toEqual({ added: [foreign] })
  // nor is it told as added where the album gets it afterwards
  await world.get(world.callers.super, 'accounts.update', {
    id: ada.id,
    folders: [folderOf('own'), folderOf('foreign')],
  })
  await world.get(await world.as(ada.id), 'albums.add', { id: albumId, ids: [foreign] })
  expect(await described()).toMatchObject({ count: 2, contributed: 0 })
  expect((await world.get(rose.caller, 'shares.photo', { share, id: foreign })).addedBy).toBeNull()
})

test('in an album in order by hand it comes last', async () => {
  await contribute(ben)
  await world.get(ada.caller, 'albums.update', { id: albumId, order: 'hand' })
  const { months } = await world.get(rose.caller, 'shares.months', { share })
  const page = await world.get(rose.caller, 'shares.month', { share, month: months[0]?.month ?? '' })
  expect(page.ids).toEqual([own, foreign])
})

test('only contributors add, and only what they may share', async () => {
  expect(await contribute(rose)).toBe('forbidden')
  expect(await contribute(ada, [own])).toBe('forbidden not_contributor')
  expect(await contribute(ben, [own])).toBe('not_found')
  const cy = await somebody({ folders: [folderOf('foreign')] })
  expect(await contribute(cy)).toBe('not_found link_ended')
  await world.get(ada.caller, 'shares.addPeople', { id: share, accountIds: [cy.id] })
  expect(await contribute(cy)).toBe('forbidden not_contributor')
  const may = async ({ caller }: Person) => (await world.get(caller, 'shares.get', { share })).may.contribute
  expect([await may(ada), await may(ben), await may(cy), await may(rose)]).toEqual([
    false,
    true,
    false,
    false,
  ])

  // one who may share no more adds nothing either, and what was added is gone for as long
  await contribute(ben)
  await updateBen({ mayShare: false })
  const notSharing = { ...ben, caller: await world.as(ben.id) }
  expect(await contribute(notSharing)).toBe('forbidden')
  expect(await may(notSharing)).toBe(false)
  expect(await sees(notSharing)).toEqual([own])
  expect(await withdraw(notSharing)).toEqual({ withdrawn: [foreign] })
})

test.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
  ['is private', () => mark({ private: true }), () => mark({ private: false })],
  ['is archived', () => mark({ archived: true }), () => mark({ archived: false })],
  [
    'is in a folder that they lost',
    () => updateBen({ folders: [] }),
    () => updateBen({ folders: [folderOf('foreign')] }),
  ],
  [
    'is in a folder that they may share on no more',
    () => updateBen({ folders: [{ ...folderOf('foreign'), mayShare: false }] }),
    () => updateBen({ folders: [folderOf('foreign')] }),
  ],
  ['is of one who may not log in', () => updateBen({ mayLogIn: false }), () => updateBen({ mayLogIn: true })],
  [
    'is of one with whom it is not shared any more',
    () => world.get(ada.caller, 'shares.removePeople', { id: share, accountIds: [ben.id] }),
    () => world.get(ada.caller, 'shares.addPeople', { id: share, accountIds: [ben.id], part: 'contributor' }),
  ],
])('what was added and %s is not shown meanwhile', async (_why, lose, regain) => {
  await contribute(ben)
  expect(await gets(rose)).toBe(true)
  await lose()
  expect(await sees(rose)).toEqual([own])
  expect(await gets(rose)).toBe(false)
  expect(await described()).toMatchObject({ count: 1, contributed: 0 })
  await regain()
  expect(await sees(rose)).toEqual(both())
})

test('it is taken out by who added it or whoever shares, and brought back by who took it out', async () => {
  await contribute(ben)
  const nothing = { withdrawn: [] }
  expect(await withdraw(rose)).toEqual(nothing)
  expect(await withdraw(ben, [own, foreign])).toEqual({ withdrawn: [foreign] })
  expect(await sees(rose)).toEqual([own])
  expect(await gets(rose)).toBe(false)
  expect(await withdraw(ben)).toEqual(nothing)
  // whoever withdrew what is their own is not overruled
  expect(await bringBack(ada)).toEqual({ broughtBack: [] })
  expect(await bringBack(ben)).toEqual({ broughtBack: [foreign] })
  expect(await withdraw(ada)).toEqual({ withdrawn: [foreign] })
  expect(await bringBack(ben)).toEqual({ broughtBack: [] })
  expect(await bringBack(ada)).toEqual({ broughtBack: [foreign] })
  expect(await sees(rose)).toEqual(both())
})

test('taking out is offered where there is something to take out', async () => {
  const offered = async ({ caller }: Person) =>
    (await world.get(caller, 'shares.get', { share })).may.withdraw
  const each = () => Promise.all([ada, ben, rose].map(offered))
  expect(await each()).toEqual([false, false, false])
  await contribute(ben)
  expect(await each()).toEqual([true, true, false])
  // nothing is offered to whoever only looks with their eyes
  expect(await offered({ id: 0, caller: await world.asViewing(world.idOf('super'), ben.id) })).toBe(false)
  // one who adds nothing more takes out what they added
  await world.get(ada.caller, 'shares.setPart', { id: share, accountIds: [ben.id], part: 'viewer' })
  expect(await each()).toEqual([true, true, false])
  await withdraw(ben)
  expect(await each()).toEqual([false, false, false])
})

test('a contributor who is one no more adds nothing, and keeps what was added', async () => {
  await contribute(ben)
  const setPart = (part: string) => outcome(ada, 'shares.setPart', { id: share, accountIds: [ben.id], part })
  expect(await setPart('viewer')).toEqual({})
  expect((await described())?.guests.map(({ part }) => part)).toEqual(['viewer', 'viewer'])
  expect(await contribute(ben)).toBe('forbidden not_contributor')
  expect(await sees(rose)).toEqual(both())
  expect(await withdraw(ben)).toEqual({ withdrawn: [foreign] })
  expect(await bringBack(ben)).toEqual({ broughtBack: [] })
  expect(await setPart('contributor')).toEqual({})
  expect(await bringBack(ben)).toEqual({ broughtBack: [foreign] })
})

test('who leaves takes along what they added, also where it is shared with them anew', async () => {
  await contribute(ben)
  await world.get(ben.caller, 'shares.leave', { share })
  await world.get(ada.caller, 'shares.addPeople', { id: share, accountIds: [ben.id], part: 'contributor' })
  expect(await sees(rose)).toEqual([own])
})

test('photos are added to albums alone', async () => {
  const ask = (to: object) =>
    world.call(ada.caller, 'shares.shareWith', { ...to, accountIds: [ben.id], part: 'contributor' })
  const refused = { ok: false, error: { code: 'invalid', fields: { part: 'part_of_album' } } }
  expect(await ask({ photoIds: [own] })).toMatchObject(refused)
  const { id } = await world.get(ada.caller, 'shares.shareWith', {
    ...{ photoIds: [own], accountIds: [ben.id], options: {} },
  })
  const changes = { id, accountIds: [ben.id], part: 'contributor' }
  expect(await world.call(ada.caller, 'shares.setPart', changes)).toMatchObject(refused)
  expect(await world.call(ada.caller, 'shares.addPeople', changes)).toMatchObject(refused)
})

test('each act is in the audit log, and whoever has the album open is told', async () => {
  const { db } = world.services
  const last = async () => (await db.read.select().from(audit).where(eq(audit.objectId, share))).at(-1)
  await contribute(ben)
  const name = (await db.read.select().from(accounts).where(eq(accounts.id, ben.id)))[0]?.username
  expect(await last()).toMatchObject({
    ...{ action: 'share.changed', actorName: name, objectName: 'Lisbon', details: { contributed: 1 } },
  })
  await withdraw(ada)
  expect(await last()).toMatchObject({ actorId: ada.id, details: { withdrawn: 1 } })
  await bringBack(ada)
  expect(await last()).toMatchObject({ actorId: ada.id, details: { broughtBack: 1 } })
  await world.get(ada.caller, 'shares.setPart', { id: share, accountIds: [ben.id], part: 'viewer' })
  expect(await last()).toMatchObject({ details: { viewer: [name] } })
})

test('what two add is of the first, until it is taken out', async () => {
  const cy = await somebody({ folders: [folderOf('foreign')], name: 'Cy' })
  const people = { id: share, accountIds: [cy.id], part: 'contributor' as const }
  await world.get(ada.caller, 'shares.addPeople', people)
  await contribute(ben)
  expect(await contribute(cy)).toEqual({ added: [] })
  expect(await withdraw(cy)).toEqual({ withdrawn: [] })
  await withdraw(ben)
  expect(await contribute(cy)).toEqual({ added: [foreign] })
  const { addedBy } = await world.get(rose.caller, 'shares.photo', { share, id: foreign })
  expect(addedBy?.name).toBe('Cy')
  // and nobody's whose photo is gone
  const { db } = world.services
  const rows = await db.read.select().from(shareContributions).where(eq(shareContributions.photoId, foreign))
  expect(rows.filter(({ shareId }) => shareId === share)).toHaveLength(1)
  expect(await db.read.$count(photos, eq(photos.id, foreign))).toBe(1)
})
