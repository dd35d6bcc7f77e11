import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import type { Photo } from '../electron/contract/photos.ts'
import { overlays, photos, tags } from '../electron/db/schema.ts'
import { makeWorld, type World } from './access-matrix/world.ts'

// What accounts add to photos, through the API: two on one folder, the shared and the own, and the way back.

let world: World
let ada: Caller
let ben: Caller
beforeAll(async () => {
  world = await makeWorld()
  const granted = {
    folders: [
      { path: world.folders.own, access: 'read-write' },
      { path: world.folders.shared, access: 'read-only' },
    ],
  }
  ada = await world.as(await world.disposable(granted))
  ben = await world.as(await world.disposable(granted))
}, 60_000)
afterAll(() => world.close())

const photo = (by: Caller, id: number) => world.get(by, 'photos.get', { id })

type Attached = Pick<Photo, 'favourite' | 'rating' | 'caption' | 'sharedCaption' | 'tags' | 'albums'>
const attached = ({ favourite, rating, caption, sharedCaption, tags: on, albums }: Photo): Attached => ({
  ...{ favourite, rating, caption, sharedCaption, albums },
  tags: on,
})
const NOTHING: Attached = {
  favourite: false,
  rating: 0,
  caption: '',
  sharedCaption: '',
  tags: [],
  albums: [],
}
/** Tags are made anew where they were gone: their names are what people see. */
const byName = (told: Attached) => ({
  ...told,
  tags: told.tags.map(({ path, shared }) => `${shared} ${path.join('/')}`).sort(),
})
const seenBy = async (by: Caller, id: number) => byName(attached(await photo(by, id)))

/** What windows of these callers are told while something is done. */
async function toldDuring(callers: readonly Caller[], work: () => Promise<unknown>): Promise<boolean[]> {
  const heard = callers.map(() => [] as string[])
  const ends = callers.map(({ principal }, at) =>
    world.services.hints.subscribe(principal, ({ topic }) => heard[at]?.push(topic)),
  )
  await work()
  world.services.announce({ topic: 'settings' })
  await expect.poll(() => heard.every((topics) => topics.includes('settings'))).toBe(true)
  for (const end of ends) end()
  return heard.map((topics) => topics.includes('overlay'))
}

describe('two accounts on one folder', () => {
  test('never see each other’s own, nor are they told of it', async () => {
    const id = world.photo.own
    const told = await toldDuring([ada, ben], async () => {
      await world.get(ada, 'photos.overlay', { ids: [id], favourite: true, rating: 4, caption: 'Ada’s' })
      await world.get(ada, 'photos.tag', { ids: [id], add: [['Trips', 'Oslo']] })
      await world.get(ada, 'albums.create', { title: 'Ada’s', photoIds: [id] })
    })
    expect(told).toEqual([true, false])
    expect(await seenBy(ada, id)).toMatchObject({
      ...{ favourite: true, rating: 4, caption: 'Ada’s', tags: ['false Trips/Oslo'] },
      albums: [{ title: 'Ada’s' }],
    })
    expect(attached(await photo(ben, id))).toEqual(NOTHING)
    expect((await world.get(ben, 'albums.list', {})).albums).toEqual([])
    expect((await world.get(ben, 'tags.list', {})).tags).toEqual([])
    // nor do admins
    expect(attached(await photo(world.callers.super, id))).toEqual(NOTHING)
  })

  test('share what is said for everyone, at once', async () => {
    const id = world.photo.own
    const olga = await world.as(world.olgaId)
    const told = await toldDuring([ada, ben, world.callers.viewer, olga], async () => {
      await world.get(ada, 'photos.sharedCaption', { ids: [id], caption: 'At the sea' })
      await world.get(ada, 'photos.tag', { ids: [id], add: [['Sea']], shared: true })
    })
    expect(told).toEqual([true, true, true, false])
    for (const by of [ben, world.callers.viewer])
      expect(await seenBy(by, id)).toMatchObject({ sharedCaption: 'At the sea', tags: ['true Sea'] })
    expect(await world.get(ben, 'tags.list', {})).toMatchObject({
      tags: [{ name: 'Sea', shared: true, count: 1, may: { edit: false } }],
    })
    // in no folder of hers
    expect((await world.get(olga, 'tags.list', {})).tags).toEqual([])
    const [tag] = (await photo(ben, id)).tags
    await world.get(ben, 'photos.tag', { ids: [id], remove: [tag?.id ?? 0], shared: true })
    await world.get(ben, 'photos.sharedCaption', { ids: [id], caption: '' })
    expect(await seenBy(ada, id)).toMatchObject({ sharedCaption: '', tags: ['false Trips/Oslo'] })
  })

  test('say nothing for everyone where they may only read', async () => {
    const ids = [world.photo.shared]
    const refused = { ok: false, error: { code: 'forbidden' } }
    expect((await photo(ada, world.photo.shared)).may).toMatchObject({
      captionForAll: false,
      tagForAll: false,
      caption: true,
    })
    expect(await world.call(ada, 'photos.sharedCaption', { ids, caption: 'x' })).toMatchObject(refused)
    expect(await world.call(ada, 'photos.tag', { ids, add: [['x']], shared: true })).toMatchObject(refused)
  })

  test('an own tag is not taken off as one for everyone, nor the other way round', async () => {
    const ids = [world.photo.own]
    await world.get(ada, 'photos.tag', { ids, add: [['mine']] })
    await world.get(ada, 'photos.tag', { ids, add: [['ours']], shared: true })
    const on = (await photo(ada, world.photo.own)).tags
    for (const { id, shared } of on) {
      const input = { ids, remove: [id], shared: !shared }
      expect(await world.call(ada, 'photos.tag', input)).toMatchObject({ error: { code: 'not_found' } })
    }
    for (const { id, shared } of on) await world.get(ada, 'photos.tag', { ids, remove: [id], shared })
    expect((await photo(ada, world.photo.own)).tags).toEqual([])
  })
})

test('whoever views as an account sees its overlay and changes none', async () => {
  const id = world.photo.own
  const { principal } = ada
  const asAda = await world.asViewing(
    world.idOf('super'),
    principal.kind === 'account' ? principal.accountId : 0,
  )
  await world.get(ada, 'photos.overlay', { ids: [id], caption: 'seen through' })
  expect((await photo(asAda, id)).caption).toBe('seen through')
  expect((await world.get(asAda, 'albums.list', {})).albums.length).toBeGreaterThan(0)
  for (const [name, input] of [
    ['photos.overlay', { ids: [id], favourite: true }],
    ['photos.tag', { ids: [id], add: [['x']] }],
    ['albums.create', { title: 'x' }],
  ] as const)
    expect(await world.call(asAda, name, input)).toMatchObject({
      error: { code: 'forbidden', reason: 'viewing_only' },
    })
})

test('a folder that is taken away takes what was added out of sight; given again, it is all there', async () => {
  const id = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
  const grant = (folders: object[]) =>
    world.get(world.callers.operator, 'accounts.update', { id, folders: folders as [] })
  const carl = await world.as(id)
  const ids = [world.photo.own]
  await world.get(carl, 'photos.overlay', { ids, favourite: true, caption: 'Carl’s' })
  await world.get(carl, 'photos.tag', { ids, add: [['Kept']] })
  const { id: albumId } = await world.get(carl, 'albums.create', { title: 'Kept', photoIds: ids })
  const before = attached(await photo(carl, world.photo.own))
  await grant([])
  expect(await world.call(carl, 'photos.get', { id: world.photo.own })).toMatchObject({ ok: false })
  expect(await world.get(carl, 'albums.get', { id: albumId })).toMatchObject({
    count: 0,
    cover: null,
    from: null,
  })
  expect(await world.get(carl, 'tags.list', {})).toMatchObject({ tags: [{ name: 'Kept', count: 0 }] })
  expect(await world.call(carl, 'photos.overlay', { ids, favourite: false })).toMatchObject({
    error: { code: 'not_found' },
  })
  await grant([{ path: world.folders.own, access: 'read-only' }])
  expect(attached(await photo(carl, world.photo.own))).toEqual(before)
  expect(await world.get(carl, 'albums.get', { id: albumId })).toMatchObject({
    count: 1,
    cover: { id: world.photo.own },
  })
})

test('features that are off show nothing of theirs', async () => {
  const id = world.photo.own
  const flags = (on: boolean) =>
    world.get(world.callers.operator, 'flags.set', {
      flags: { favourites: on, ratings: on, tags: on, albums: on },
    })
  await world.get(ada, 'photos.overlay', { ids: [id], favourite: true, rating: 3, caption: 'stays' })
  await world.get(ada, 'photos.tag', { ids: [id], add: [['off']] })
  const before = attached(await photo(ada, id))
  const again = async () => world.as(ada.principal.kind === 'account' ? ada.principal.accountId : 0)
  await flags(false)
  const off = await again()
  expect(attached(await photo(off, id))).toEqual({ ...NOTHING, caption: 'stays' })
  for (const name of ['tags.list', 'albums.list'])
    expect(await world.call(off, name, {})).toMatchObject({
      error: { code: 'forbidden', reason: 'switched_off' },
    })
  await flags(true)
  expect(attached(await photo(await again(), id))).toEqual(before)
})

test('a photo of which nothing is said any more keeps no row, and an unused tag is gone', async () => {
  const { db } = world.services
  const id = world.photo.own
  const accountId = ben.principal.kind === 'account' ? ben.principal.accountId : 0
  const rows = () =>
    db.read.$count(overlays, and(eq(overlays.accountId, accountId), eq(overlays.photoId, id)))
  await world.get(ben, 'photos.overlay', { ids: [id], rating: 5 })
  expect(await rows()).toBe(1)
  await world.get(ben, 'photos.overlay', { ids: [id], rating: 0 })
  expect(await rows()).toBe(0)
  const { undo } = await world.get(ben, 'photos.tag', { ids: [id], add: [['a', 'b', 'c'], ['a']] })
  expect(await db.read.$count(tags, eq(tags.accountId, accountId))).toBe(3)
  for (const input of undo) await world.get(ben, 'photos.tag', input)
  expect(await db.read.$count(tags, eq(tags.accountId, accountId))).toBe(0)
})

test('all or none: one photo out of reach, and nothing is changed', async () => {
  const ids = [world.photo.own, world.photo.foreign]
  const before = await seenBy(ben, world.photo.own)
  const missing = { ok: false, error: { code: 'not_found' } }
  expect(await world.call(ben, 'photos.overlay', { ids, rating: 1 })).toMatchObject(missing)
  expect(await world.call(ben, 'photos.tag', { ids, add: [['x']] })).toMatchObject(missing)
  expect(await world.call(ben, 'photos.sharedCaption', { ids, caption: 'x' })).toMatchObject(missing)
  expect(await world.call(ben, 'albums.create', { title: 'x', photoIds: ids })).toMatchObject(missing)
  expect(await seenBy(ben, world.photo.own)).toEqual(before)
  expect((await world.get(ben, 'tags.list', {})).tags).toEqual([])
  expect((await world.get(ben, 'albums.list', {})).albums).toEqual([])
})

test('a photo has 100 tags of an account at most', async () => {
  const ids = [world.photo.own]
  const tagged = (from: number) => ({
    ids,
    add: Array.from({ length: 20 }, (_, at) => [`many ${from + at}`]),
  })
  const undo = []
  for (let from = 0; from < 100; from += 20)
    undo.push(...(await world.get(ben, 'photos.tag', tagged(from))).undo)
  expect(await world.call(ben, 'photos.tag', { ids, add: [['one more']] })).toMatchObject({
    error: { code: 'invalid', fields: { add: 'tags_too_many' } },
  })
  // those it has already are no more
  expect((await world.get(ben, 'photos.tag', tagged(0))).changed).toEqual([])
  for (const input of undo) await world.get(ben, 'photos.tag', input)
})

test.each([
  ['no part', 'photos.overlay', {}],
  ['a rating of 6', 'photos.overlay', { rating: 6 }],
  ['a caption that is too long', 'photos.overlay', { caption: 'x'.repeat(20_001) }],
  ['a lone surrogate', 'photos.sharedCaption', { caption: '\ud800' }],
  ['no tag', 'photos.tag', {}],
  ['a tag without a name', 'photos.tag', { add: [['a', '']] }],
  ['a tag that lies too deep', 'photos.tag', { add: [Array(21).fill('a')] }],
  ['places that do not fit', 'albums.add', { id: 1, places: [] }],
])('refused: %s', async (_, name, input) => {
  const ids = [world.photo.own]
  expect(await world.call(ada, name, { ids, ...input })).toMatchObject({ error: { code: 'invalid' } })
  const many = Array.from({ length: 501 }, (_entry, at) => at + 1)
  expect(await world.call(ada, name, { ...input, ids: many })).toMatchObject({ error: { code: 'invalid' } })
})

describe('undoing', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'ä'), { minLength: 1, maxLength: 3 })
  const some = fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1 })
  const step = fc.oneof(
    fc.record({
      of: fc.constant('photos.overlay' as const),
      at: some,
      parts: fc
        .record(
          {
            favourite: fc.boolean(),
            rating: fc.integer({ min: 0, max: 5 }),
            caption: fc.constantFrom('', 'one', 'two'),
          },
          { requiredKeys: [] },
        )
        .filter((parts) => Object.keys(parts).length > 0),
    }),
    fc.record({
      of: fc.constant('photos.sharedCaption' as const),
      at: some,
      parts: fc.record({ caption: fc.constantFrom('', 'one', 'two') }),
    }),
    fc.record({
      of: fc.constant('photos.tag' as const),
      at: some,
      parts: fc.record({ add: fc.array(path, { maxLength: 3 }), shared: fc.boolean() }),
      /** as many of the tags that are there */
      off: fc.nat({ max: 3 }),
    }),
  )

  test('brings back exactly what was, whatever was set', async () => {
    const id = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
    const dora = await world.as(id)
    const ids = [world.photo.own, world.photo.private, world.photo.archived, world.photo.trashed]
    const told = () => Promise.all(ids.map((one) => seenBy(dora, one)))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const one of steps) {
          const named = one.at.map((at) => ids[at % ids.length] ?? 0)
          const before = await told()
          const input: Record<string, unknown> = { ids: named, ...one.parts }
          if (one.of === 'photos.tag') {
            const all = (await Promise.all(ids.map((each) => photo(dora, each)))).flatMap((each) => each.tags)
            const ours = all.filter(({ shared }) => shared === one.parts.shared).map(({ id: tag }) => tag)
            input.remove = [...new Set(ours)].slice(0, one.off)
            if (one.parts.add.length === 0 && ours.slice(0, one.off).length === 0) continue
          }
          const act = (given: unknown) => world.call(dora, one.of, given)
          const done = await act(input)
          if (!done.ok) throw new Error(JSON.stringify(done.error))
          // as the contract says
          const { changed, undo } = done.value as { changed: number[]; undo: { ids: number[] }[] }
          const after = await told()
          const differ = ids.filter((_, at) => JSON.stringify(after[at]) !== JSON.stringify(before[at]))
          expect(changed.slice().sort()).toEqual(differ.sort())
          for (const back of undo) expect(await act(back)).toMatchObject({ ok: true })
          expect(await told()).toEqual(before)
          // and goes on from there
          await act(
            one.of === 'photos.tag' ? { ...input, remove: [], add: [['kept'], ...one.parts.add] } : input,
          )
        }
      }),
      { numRuns: 25 },
    )
  })
})

describe('albums', () => {
  /** Three photos in two folders, by when they were taken. */
  const three = async () => {
    const { db } = world.services
    const ids = [world.photo.own, world.photo.shared, world.photo.archived]
    await db.write(async (tx) => {
      for (const [at, id] of ids.entries())
        await tx
          .update(photos)
          .set({ takenAt: `2024-05-0${at + 1}T12:00:00.000` })
          .where(eq(photos.id, id))
    })
    return ids
  }

  test('tell what the view has of them, and show the newest where no cover was chosen', async () => {
    const [own = 0, shared = 0, archived = 0] = await three()
    const { id } = await world.get(ada, 'albums.create', {
      title: ' May ',
      photoIds: [shared, own, archived],
    })
    const expected = {
      ...{ id, parentId: null, title: 'May', description: '', order: 'date', may: { edit: true } },
      // what is archived is on no timeline
      ...{ count: 2, from: '2024-05-01T12:00:00.000', to: '2024-05-02T12:00:00.000' },
      cover: { id: shared, version: 1, thumbhash: expect.stringMatching(/^[0-9a-f]+$/) },
    }
    expect(await world.get(ada, 'albums.get', { id })).toEqual(expected)
    expect((await world.get(ada, 'albums.list', {})).albums).toContainEqual(expected)
    const inner = await world.get(ada, 'albums.create', { title: 'Inner', parentId: id })
    expect(await world.get(ada, 'albums.get', inner)).toMatchObject({ parentId: id, count: 0, cover: null })
  })

  test('what is put in and taken out again stands where it stood', async () => {
    const ids = await three()
    const [own = 0, shared = 0, archived = 0] = ids
    const { id } = await world.get(ada, 'albums.create', { title: 'Places', photoIds: ids })
    const rows = async () =>
      world.services.db.read.query.albumPhotos.findMany({ where: (row) => eq(row.albumId, id) })
    const before = await rows()
    const taken = await world.get(ada, 'albums.take', { id, ids: [shared, world.photo.private] })
    expect(taken.changed).toEqual([shared])
    expect((await rows()).map(({ photoId }) => photoId).sort()).toEqual([own, archived].sort())
    for (const input of taken.undo)
      expect((await world.get(ada, 'albums.add', input)).changed).toEqual([shared])
    expect(new Set(await rows())).toEqual(new Set(before))
    expect((await world.get(ada, 'albums.add', { id, ids })).changed).toEqual([])
    const added = await world.get(ada, 'albums.add', { id, ids: [world.photo.private] })
    for (const input of added.undo) await world.get(ada, 'albums.take', input)
    expect(new Set(await rows())).toEqual(new Set(before))
  })

  test('nest 20 deep at most', async () => {
    let parentId: number | undefined
    for (let depth = 0; depth < 20; depth += 1)
      parentId = (
        await world.get(ada, 'albums.create', {
          title: `${depth}`,
          ...(parentId !== undefined && { parentId }),
        })
      ).id
    expect(await world.call(ada, 'albums.create', { title: 'x', parentId })).toMatchObject({
      error: { code: 'invalid', fields: { parentId: 'nested_too_deep' } },
    })
  })
})
