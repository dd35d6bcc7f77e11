import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import type { LinkOptions } from '../electron/contract/shares.ts'
import { photos } from '../electron/db/schema.ts'
import { makeWorld, type World } from './access-matrix/world.ts'

interface Person {
  id: number
  caller: Caller
}

let world: World
let own: number
let foreign: number
/** Who shares, who has the same folder, and who has another one. */
let ada: Person
let tom: Person
let ben: Person
beforeAll(async () => {
  world = await makeWorld()
  own = world.photo.own
  foreign = world.photo.foreign
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  ada = await somebody('Ada', 'own')
  tom = await somebody('Tom', 'own')
  ben = await somebody('Ben', 'foreign')
})

const folderOf = (folder: 'own' | 'foreign') => ({
  ...{ path: world.folders[folder], access: 'read-write' as const, mayShare: true },
})

async function somebody(name: string, folder: 'own' | 'foreign'): Promise<Person> {
  const id = await world.disposable({ folders: [folderOf(folder)], name })
  return { id, caller: await world.as(id) }
}

const told = async ({ caller }: Pick<Person, 'caller'>, photoId = own) =>
  (await world.get(caller, 'shares.showing', { photoId })).shares
const idsTold = async (who: Pick<Person, 'caller'>, photoId = own) =>
  (await told(who, photoId)).map(({ id }) => id)
const link = async (to: object, options: LinkOptions = {}) =>
  (await world.get(ada.caller, 'shares.createLink', { ...to, options })).id
const album = async () =>
  (await world.get(ada.caller, 'albums.create', { title: 'Lisbon', photoIds: [own] })).id
const shareWithBen = async (albumId: number) =>
  (
    await world.get(ada.caller, 'shares.shareWith', {
      ...{ albumId, accountIds: [ben.id], part: 'contributor', options: {} },
    })
  ).id

test('who shares a photo is told through what: picked, by its album, by its folder, and with whom', async () => {
  expect(await told(ada)).toEqual([])
  const picked = await link({ photoIds: [own] }, { label: 'for Rose' })
  const albumId = await album()
  const ofAlbum = await shareWithBen(albumId)
  const { folders } = await world.get(ada.caller, 'folders.tree', {})
  const folderId = folders[0]?.id ?? 0
  const ofFolder = await link({ folderId })
  const common = { label: '', isFull: false, isOwn: true, by: 'Ada', people: [] as unknown[] }
  expect(await told(ada)).toEqual([
    { ...common, id: ofFolder, kind: 'folder', title: expect.stringMatching(/./), direct: false },
    {
      ...{ ...common, id: ofAlbum, kind: 'album', title: 'Lisbon', direct: true },
      people: [{ accountId: ben.id, name: 'Ben' }],
    },
    { ...common, id: picked, kind: 'photos', title: '', label: 'for Rose', direct: false },
  ])
})

test('others with its folder are not told what somebody shares, whoever administers is', async () => {
  const id = await link({ photoIds: [own] })
  expect(await told(tom)).toEqual([])
  for (const admin of [world.callers.admin, world.callers.super])
    expect(await told({ caller: admin })).toContainEqual(
      expect.objectContaining({ id, isOwn: false, by: 'Ada' }),
    )
  await expect(told(ben)).rejects.toThrow(/not_found/)
})

test.each<[string, (id: number, albumId: number) => Promise<unknown>]>([
  ['ended', (id) => world.get(ada.caller, 'shares.revoke', { id })],
  ['ran out', (id) => world.get(ada.caller, 'shares.update', { id, options: { expiresAt: 1 } })],
  ['is without it', (_, id) => world.get(ada.caller, 'albums.take', { id, ids: [own] })],
  ['has its album removed', (_, id) => world.get(ada.caller, 'albums.remove', { id })],
  [
    'is of one who may share no more',
    () => world.get(world.callers.super, 'accounts.update', { id: ada.id, mayShare: false }),
  ],
])('what %s does not show it', async (_why, end) => {
  const albumId = await album()
  const id = await link({ albumId })
  expect(await idsTold(ada)).toEqual([id])
  await end(id, albumId)
  expect(await idsTold({ caller: await world.as(ada.id) })).toEqual([])
})

test('a photo that is private is in none', async () => {
  await link({ photoIds: [own] })
  const mark = (isPrivate: boolean) =>
    world.services.db.write((tx) => tx.update(photos).set({ private: isPrivate }).where(eq(photos.id, own)))
  await mark(true)
  expect(await told(ada)).toEqual([])
  await mark(false)
  expect(await told(ada)).toHaveLength(1)
})

test('a link whose views are used up says so', async () => {
  const { id, url } = await world.get(ada.caller, 'shares.createLink', {
    ...{ photoIds: [own], options: { viewLimit: 1 } },
  })
  expect(await told(ada)).toMatchObject([{ id, isFull: false }])
  await world.get(ben.caller, 'shares.open', { token: url.split('/s/')[1] ?? '' })
  expect(await told(ada)).toMatchObject([{ id, isFull: true }])
})

test('who added a photo to an album of somebody else is told that, and not with whom else it is shared', async () => {
  const share = await shareWithBen(await album())
  expect(await told(ben, foreign)).toEqual([])
  await world.get(ben.caller, 'shares.contribute', { share, photoIds: [foreign] })
  expect(await told(ben, foreign)).toEqual([
    {
      ...{ id: share, kind: 'album', title: 'Lisbon', label: '', direct: true },
      ...{ isFull: false, isOwn: false, by: 'Ada', people: [] },
    },
  ])
  await world.get(ben.caller, 'shares.withdraw', { share, photoIds: [foreign] })
  expect(await told(ben, foreign)).toEqual([])
})

test('what is shared with nobody any more is not told', async () => {
  const id = await shareWithBen(await album())
  expect(await idsTold(ada)).toEqual([id])
  await world.get(ben.caller, 'shares.leave', { share: id })
  expect(await told(ada)).toEqual([])
})

test('who was taken out of it is told nothing more, though the owner put the same photo there', async () => {
  const albumId = await album()
  const share = await shareWithBen(albumId)
  await world.get(ada.caller, 'shares.addPeople', { id: share, accountIds: [tom.id] })
  await world.get(ben.caller, 'shares.contribute', { share, photoIds: [foreign] })
  const both = ['own', 'foreign'] as const
  await world.get(world.callers.super, 'accounts.update', {
    ...{ id: ada.id, folders: both.map((folder) => folderOf(folder)) },
  })
  await world.get(await world.as(ada.id), 'albums.add', { id: albumId, ids: [foreign] })
  expect(await idsTold(ben, foreign)).toEqual([share])
  await world.get(await world.as(ada.id), 'shares.removePeople', { id: share, accountIds: [ben.id] })
  expect(await idsTold(ben, foreign)).toEqual([])
  expect(await idsTold({ caller: await world.as(ada.id) }, foreign)).toEqual([share])
})

test('people who may not log in do not see it, and with none of them nothing does', async () => {
  const id = await shareWithBen(await album())
  await world.get(ada.caller, 'shares.addPeople', { id, accountIds: [tom.id] })
  const disable = (who: Person) =>
    world.get(world.callers.super, 'accounts.update', { id: who.id, mayLogIn: false })
  await disable(ben)
  expect((await told(ada))[0]?.people.map(({ name }) => name)).toEqual(['Tom'])
  await disable(tom)
  expect(await told(ada)).toEqual([])
})

test('an archived photo is in what it was picked for, and not in an album', async () => {
  const picked = await link({ photoIds: [own] })
  const ofAlbum = await link({ albumId: await album() })
  expect(await idsTold(ada)).toEqual([ofAlbum, picked])
  const mark = (archived: boolean) =>
    world.services.db.write((tx) => tx.update(photos).set({ archived }).where(eq(photos.id, own)))
  await mark(true)
  expect(await idsTold(ada)).toEqual([picked])
  await mark(false)
})

test.each(['share', 'albums'] as const)(
  'while %s is switched off, it is in no album that is shared',
  async (flag) => {
    const id = await link({ albumId: await album() })
    const flip = (on: boolean) => world.get(world.callers.super, 'flags.set', { flags: { [flag]: on } })
    const now = async () => idsTold({ caller: await world.as(ada.id) })
    await flip(false)
    expect(await now()).toEqual([])
    await flip(true)
    expect(await now()).toEqual([id])
  },
)

test('whoever views as somebody is told what that one is', async () => {
  const id = await link({ photoIds: [own] })
  const viewing = async (who: Person) => ({ caller: await world.asViewing(world.idOf('super'), who.id) })
  expect(await idsTold(await viewing(tom))).toEqual([])
  expect(await idsTold(await viewing(ada))).toEqual([id])
})
