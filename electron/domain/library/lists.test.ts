import { expect, test } from 'vitest'
import { addAlbum } from '../../../test/support/belongings.ts'
import {
  ADA,
  BEN,
  DAY,
  HIDDEN,
  makeListLibrary,
  markAll,
  NOW,
  OLGA,
  PHOTOS,
  VERA,
} from '../../../test/support/list-library.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { timelineScope } from '../../access/scope.ts'
import type { PhotoFilter, View } from '../../contract/photos.ts'
import type { Database } from '../../db/connect.ts'
import { albums, areaAccess, overlays, photoTags, tags } from '../../db/schema.ts'
import { listTags } from '../overlays/tag-list.ts'
import { flagsWith } from '../settings/flags.ts'
import { findList } from './lists.ts'
import { countMonths, readMonth } from './months.ts'
import { countShelves } from './shelves.ts'

/** All ids of a list, and that its months count as many; pages are as short as they can be. */
async function listed(
  db: Database,
  by: AccountPrincipal,
  filter: PhotoFilter,
  view?: View,
  limit = 2,
): Promise<number[]> {
  const list = await findList(db.read, by, { filter, view }, NOW)
  const ids: number[] = []
  for (const { month, count } of await countMonths(db.read, list)) {
    const before = ids.length
    for (let after: { takenAt: string; id: number } | undefined; ; ) {
      const page = await readMonth(db.read, list, { month, after, limit })
      ids.push(...page.ids)
      if (page.ids.length < limit) break
      after = { takenAt: page.takenAt.at(-1) ?? '', id: page.ids.at(-1) ?? 0 }
    }
    expect(ids.length - before, month).toBe(count)
  }
  expect(new Set(ids).size).toBe(ids.length)
  return ids
}

test('favourites and ratings are the own ones, in the folders of the view, and none that is hidden', async () => {
  const db = await makeListLibrary()
  await markAll(db, ADA)
  await markAll(db, OLGA, [1, 5])
  expect(await listed(db, ADA, { by: 'favourites' })).toEqual([13, 2, 4, 1, 3, 8, 7, 6])
  expect(await listed(db, ADA, { by: 'rating', atLeast: 5 })).toEqual([13, 2, 4, 1, 3, 8, 7, 6])
  expect(await listed(db, BEN, { by: 'favourites' })).toEqual([])
  expect(await listed(db, BEN, { by: 'rating', atLeast: 1 })).toEqual([])
  expect(await listed(db, OLGA, { by: 'favourites' })).toEqual([])
  expect(await listed(db, OLGA, { by: 'favourites' }, 'everyone')).toEqual([5, 1])
  expect(await listed(db, OLGA, { by: 'favourites' }, { accountId: 1 })).toEqual([1])
})

test('a rating of the least that is asked for is one, a lower one is not', async () => {
  const db = await makeListLibrary()
  for (const [photoId, rating] of [
    [1, 3],
    [2, 4],
    [3, 0],
  ] as const)
    await db.write((tx) => tx.insert(overlays).values({ accountId: 1, photoId, rating, updatedAt: 1 }))
  expect(await listed(db, ADA, { by: 'rating', atLeast: 3 })).toEqual([2, 1])
  expect(await listed(db, ADA, { by: 'rating', atLeast: 4 })).toEqual([2])
  expect(await listed(db, ADA, { by: 'favourites' })).toEqual([])
})

test("a page tells which of its photos are the caller's favourites, and nobody else's", async () => {
  const db = await makeListLibrary()
  await markAll(db, BEN, [1, 2, 3])
  await markAll(db, ADA, [1, 13])
  const told = async (by: AccountPrincipal) =>
    (await readMonth(db.read, await findList(db.read, by, {}, NOW), { month: '2020-06', limit: 9 }))
      .favourites
  expect(await told(ADA)).toEqual([1])
  expect(await told(VERA)).toEqual([])
  expect(await told({ ...ADA, viewed: true })).toEqual([1])
  expect(await told({ ...ADA, flags: flagsWith('{"favourites":false}') })).toEqual([])
})

test('what is archived and what is private are lists of those who see hidden photos', async () => {
  const db = await makeListLibrary()
  expect(await listed(db, ADA, { by: 'archived' })).toEqual([10])
  expect(await listed(db, ADA, { by: 'private' })).toEqual([9])
  expect(await listed(db, OLGA, { by: 'private' })).toEqual([])
  expect(await listed(db, OLGA, { by: 'private' }, 'everyone')).toEqual([9])
  for (const by of ['archived', 'private'] as const)
    await expect(listed(db, VERA, { by })).rejects.toMatchObject({ code: 'forbidden' })
})

test('what was added last comes by the time of adding, which the page tells', async () => {
  const db = await makeListLibrary()
  expect(await listed(db, ADA, { by: 'recent' })).toEqual([2, 3])
  expect(await listed(db, BEN, { by: 'recent' })).toEqual([5, 2, 3])
  const list = await findList(db.read, BEN, { filter: { by: 'recent' } }, NOW)
  const { takenAt } = await readMonth(db.read, list, { month: '2026-06', limit: 9 })
  const local = new Date(NOW - DAY)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`
  expect(takenAt[1]).toBe(`${day}T${two(local.getHours())}:${two(local.getMinutes())}:00.000`)
})

test('on this day: of every year, from midnight to midnight', async () => {
  const db = await makeListLibrary()
  expect(await listed(db, ADA, { by: 'onThisDay', day: '06-30' })).toEqual([2, 4, 1])
  expect(await listed(db, ADA, { by: 'onThisDay', day: '07-01' })).toEqual([3])
  expect(await listed(db, ADA, { by: 'onThisDay', day: '02-29' })).toEqual([])
})

test('offline and failed, without what is hidden, and without videos where these are off', async () => {
  const db = await makeListLibrary()
  expect(await listed(db, ADA, { by: 'offline' })).toEqual([4])
  expect(await listed(db, BEN, { by: 'offline' })).toEqual([])
  expect(await listed(db, ADA, { by: 'failed' })).toEqual([7, 6])
  const noVideos = { ...ADA, flags: flagsWith('{"videos":false}') }
  expect(await listed(db, noVideos, { by: 'failed' })).toEqual([6])
  expect(await listed(db, noVideos, { by: 'offline' })).toEqual([4])
})

test('a folder: what lies in it, or below it too, by whole names, where the caller reaches it', async () => {
  const db = await makeListLibrary()
  expect(await listed(db, ADA, { by: 'folder', folderId: 2 })).toEqual([13, 2])
  expect(await listed(db, ADA, { by: 'folder', folderId: 2, deep: true })).toEqual([13, 2, 3, 8])
  expect(await listed(db, ADA, { by: 'folder', folderId: 1, deep: true })).toEqual([13, 2, 1, 3, 8, 7, 6])
  expect(await listed(db, ADA, { by: 'folder', folderId: 3, deep: true })).toEqual([3])
  expect(await listed(db, OLGA, { by: 'folder', folderId: 5 }, 'everyone')).toEqual([5])
  for (const [by, folderId] of [
    [ADA, 5],
    [BEN, 4],
    [ADA, 999],
    [OLGA, 1],
  ] as const)
    await expect(listed(db, by, { by: 'folder', folderId })).rejects.toMatchObject({ code: 'not_found' })
})

test('a folder inside one that is not granted shows nothing of what lies around it', async () => {
  const db = await makeListLibrary()
  await db.write((tx) =>
    tx.insert(areaAccess).values({ accountId: 4, areaId: 3, access: 'read-only', mayShare: false }),
  )
  expect(await listed(db, OLGA, { by: 'folder', folderId: 3, deep: true }, 'mine')).toEqual([3])
  await expect(listed(db, OLGA, { by: 'folder', folderId: 2, deep: true }, 'mine')).rejects.toMatchObject({
    code: 'not_found',
  })
  // below a folder that is reached, one that is not
  await db.write((tx) => tx.delete(areaAccess))
  await db.write((tx) =>
    tx.insert(areaAccess).values({ accountId: 1, areaId: 1, access: 'read-only', mayShare: false }),
  )
  expect(await listed(db, ADA, { by: 'folder', folderId: 1, deep: true })).toEqual([13, 2, 1, 8, 7, 6])
  expect(await listed(db, ADA, { by: 'folder', folderId: 2, deep: true })).toEqual([13, 2, 8])
})

test('an album is in the order of its photos, or in the order of a hand, page by page', async () => {
  const db = await makeListLibrary()
  const photoIds = [8, 1, 9, 5, 10, 3, 11, 12, 2]
  const albumId = await addAlbum(db, 1, 'Summer', { photoIds })
  expect(await listed(db, ADA, { by: 'album', albumId })).toEqual([8, 1, 3, 2])
  const list = await findList(db.read, ADA, { filter: { by: 'album', albumId } }, NOW)
  expect(await countMonths(db.read, list)).toEqual([{ month: '0001-01', count: 4 }])
  expect((await readMonth(db.read, list, { month: '2020-06', limit: 9 })).ids).toEqual([])
  // a page behind a photo that was taken out meanwhile is empty; the hint brings the order anew
  const after = { takenAt: '2020-06-30T10:00:00.000', id: 4 }
  expect((await readMonth(db.read, list, { month: '0001-01', after, limit: 9 })).ids).toEqual([])
  await db.write((tx) => tx.update(albums).set({ order: 'date' }))
  expect(await listed(db, ADA, { by: 'album', albumId })).toEqual([2, 1, 3, 8])
})

test('an album is its owner’s, who sees all of it in reach, or of it what a view shows, and nobody else’s', async () => {
  const db = await makeListLibrary()
  const albumId = await addAlbum(db, 4, 'Everyone', { photoIds: [1, 4, 5] })
  expect(await listed(db, OLGA, { by: 'album', albumId }, 'everyone')).toEqual([1, 4, 5])
  // as the albums' own counts do
  expect(await listed(db, OLGA, { by: 'album', albumId })).toEqual([1, 4, 5])
  expect(await listed(db, OLGA, { by: 'album', albumId }, 'mine')).toEqual([])
  for (const by of [ADA, BEN, VERA])
    await expect(listed(db, by, { by: 'album', albumId })).rejects.toMatchObject({ code: 'not_found' })
  await db.write((tx) => tx.update(albums).set({ removedAt: 1 }))
  await expect(listed(db, OLGA, { by: 'album', albumId })).rejects.toMatchObject({ code: 'not_found' })
})

test('a tag: the own one, with those below it where asked, each photo once', async () => {
  const db = await makeListLibrary()
  await db.write(async (tx) => {
    await tx.insert(tags).values([
      { id: 1, accountId: 1, name: 'trips' },
      { id: 2, accountId: 1, name: 'sea', parentId: 1 },
      { id: 3, accountId: 2, name: 'theirs', parentId: 1 },
    ])
    const held = [
      [1, 1],
      [1, 9],
      [2, 1],
      [2, 2],
      [2, 5],
      [3, 3],
    ] as const
    await tx.insert(photoTags).values(held.map(([tagId, photoId]) => ({ tagId, photoId })))
  })
  expect(await listed(db, ADA, { by: 'tag', tagId: 1 })).toEqual([1])
  expect(await listed(db, ADA, { by: 'tag', tagId: 1, deep: true })).toEqual([2, 1])
  for (const [by, tagId] of [
    [BEN, 1],
    [ADA, 3],
    [ADA, 99],
  ] as const)
    await expect(listed(db, by, { by: 'tag', tagId, deep: true })).rejects.toMatchObject({
      code: 'not_found',
    })
})

test('a tag for everyone is there for those who see a photo with it', async () => {
  const db = await makeListLibrary()
  await db.write(async (tx) => {
    await tx.insert(tags).values([
      { id: 1, accountId: null, name: 'family' },
      { id: 2, accountId: null, name: 'cousins', parentId: 1 },
      { id: 3, accountId: null, name: 'of Ben' },
      { id: 4, accountId: null, name: 'secret' },
    ])
    const held = [
      [2, 1],
      [3, 5],
      [4, 9],
    ] as const
    await tx.insert(photoTags).values(held.map(([tagId, photoId]) => ({ tagId, photoId })))
  })
  expect(await listed(db, VERA, { by: 'tag', tagId: 1 })).toEqual([])
  expect(await listed(db, VERA, { by: 'tag', tagId: 1, deep: true })).toEqual([1])
  expect(await listed(db, BEN, { by: 'tag', tagId: 3 })).toEqual([5])
  for (const [by, tagId] of [
    [ADA, 3],
    [VERA, 4],
    [ADA, 4],
  ] as const)
    await expect(listed(db, by, { by: 'tag', tagId })).rejects.toMatchObject({ code: 'not_found' })
})

const SWITCHED: [flag: string, filter: PhotoFilter][] = [
  ['favourites', { by: 'favourites' }],
  ['ratings', { by: 'rating', atLeast: 1 }],
  ['archive', { by: 'archived' }],
  ['private', { by: 'private' }],
  ['albums', { by: 'album', albumId: 1 }],
  ['folders', { by: 'folder', folderId: 1 }],
  ['tags', { by: 'tag', tagId: 1 }],
]

test.each(SWITCHED)('while %s are off their list is refused, to admins too', async (flag, filter) => {
  const db = await makeListLibrary()
  for (const by of [ADA, OLGA]) {
    const off = { ...by, flags: flagsWith(JSON.stringify({ [flag]: false })) }
    const refusal = { code: 'forbidden', details: { reason: 'switched_off' } }
    await expect(listed(db, off, filter)).rejects.toMatchObject(refusal)
  }
})

test('nothing hidden, and nothing of others, comes through any list', async () => {
  const db = await makeListLibrary()
  for (const by of [ADA, BEN, VERA, OLGA]) await markAll(db, by)
  const every = PHOTOS.map((_, index) => index + 1)
  const albumOf: Record<number, number> = {}
  for (const { accountId } of [ADA, VERA])
    albumOf[accountId] = await addAlbum(db, accountId, 'all', { photoIds: every })
  await db.write(async (tx) => {
    await tx.insert(tags).values([{ id: 1, accountId: null, name: 'all' }])
    await tx.insert(photoTags).values(every.map((photoId) => ({ tagId: 1, photoId })))
  })
  const reached: Record<number, number[]> = { 1: [1, 2, 3, 4, 6, 7, 8, 13], 3: [1, 2, 3, 6, 7, 8, 13] }
  for (const by of [ADA, VERA]) {
    const filters: PhotoFilter[] = [
      { by: 'favourites' },
      { by: 'rating', atLeast: 1 },
      { by: 'recent' },
      { by: 'onThisDay', day: '06-30' },
      { by: 'offline' },
      { by: 'failed' },
      { by: 'album', albumId: albumOf[by.accountId] ?? 0 },
      { by: 'folder', folderId: 1, deep: true },
      { by: 'folder', folderId: 2 },
      { by: 'tag', tagId: 1, deep: true },
    ]
    for (const filter of filters) {
      const ids = await listed(db, by, filter)
      expect(
        ids.filter((id) => HIDDEN.includes(id)),
        filter.by,
      ).toEqual([])
      expect(
        ids.filter((id) => !reached[by.accountId]?.includes(id)),
        filter.by,
      ).toEqual([])
    }
  }
})

test('the shelves are counted as their lists are, and not told of where they are not for somebody', async () => {
  const db = await makeListLibrary()
  await markAll(db, ADA)
  const count = (by: AccountPrincipal) => countShelves(db.read, by, { today: '06-30' }, NOW)
  expect(await count(ADA)).toEqual({
    favourites: 8,
    recent: 2,
    onThisDay: 3,
    archived: 1,
    private: 1,
    offline: 1,
    failed: 2,
    rated: 8,
    tags: 0,
  })
  expect(await count(VERA)).toMatchObject({ favourites: 0, archived: null, private: null, failed: 2 })
  const off = flagsWith(
    '{"favourites":false,"archive":false,"private":false,"videos":false,"ratings":false,"tags":false}',
  )
  expect(await count({ ...ADA, flags: off })).toMatchObject({
    favourites: null,
    archived: null,
    private: null,
    failed: 1,
    rated: null,
    tags: null,
  })
})

test('whoever has no folder has empty lists', async () => {
  const db = await makeListLibrary()
  await markAll(db, OLGA)
  const filters: PhotoFilter[] = [
    { by: 'favourites' },
    { by: 'rating', atLeast: 1 },
    { by: 'recent' },
    { by: 'onThisDay', day: '06-30' },
    { by: 'archived' },
    { by: 'private' },
    { by: 'offline' },
    { by: 'failed' },
  ]
  for (const filter of filters) expect(await listed(db, OLGA, filter), filter.by).toEqual([])
  const counts = await countShelves(db.read, OLGA, { today: '06-30' }, NOW)
  expect(Object.values(counts)).toEqual(Object.values(counts).map(() => 0))
})

test('as many tags are counted as are listed', async () => {
  const db = await makeListLibrary()
  await db.write(async (tx) => {
    await tx.insert(tags).values([
      { id: 1, accountId: null, name: 'family' },
      { id: 2, accountId: null, name: 'cousins', parentId: 1 },
      { id: 3, accountId: null, name: 'uncles', parentId: 1 },
      { id: 4, accountId: null, name: 'of Ben' },
      { id: 5, accountId: null, name: 'on what is private' },
      { id: 6, accountId: 1, name: 'family' },
      { id: 7, accountId: 1, name: 'on none', parentId: 6 },
      { id: 8, accountId: 2, name: 'theirs' },
    ])
    const held = [
      [2, 1],
      [2, 2],
      [3, 2],
      [4, 5],
      [5, 9],
      [6, 1],
      [8, 1],
    ] as const
    await tx.insert(photoTags).values(held.map(([tagId, photoId]) => ({ tagId, photoId })))
  })
  const seen: [AccountPrincipal, View | undefined, number][] = [
    [ADA, undefined, 5],
    [BEN, undefined, 5],
    [VERA, undefined, 3],
    [OLGA, undefined, 0],
    [OLGA, 'everyone', 4],
    [OLGA, { accountId: 2 }, 4],
  ]
  for (const [by, view, count] of seen) {
    expect(await listTags(db.read, await timelineScope(db.read, by, view), by)).toHaveLength(count)
    expect(await countShelves(db.read, by, { today: '06-30', view }, NOW)).toMatchObject({ tags: count })
  }
})
