import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { albumPhotos, albums, files, photos } from '../electron/db/schema.ts'
import { purgeRemoved } from '../electron/domain/albums/remove.ts'
import { makeWorld, type World } from './access-matrix/world.ts'

const DAY_MS = 24 * 60 * 60_000

let world: World
let ada: Caller
let adaId: number
/** Photos of one folder, oldest first. */
let ids: number[]
beforeAll(async () => {
  world = await makeWorld()
  adaId = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
  ada = await world.as(adaId)
  ids = await addPhotos(12)
}, 60_000)
afterAll(() => world.close())

/** Rows as a scan would make them, beside a photo of the world. */
async function addPhotos(count: number): Promise<number[]> {
  const { db } = world.services
  const [photo] = await db.read.select().from(photos).where(eq(photos.id, world.photo.own))
  const [file] = await db.read.select().from(files).where(eq(files.photoId, world.photo.own))
  if (!photo || !file) throw new Error('the world has a photo')
  const { id: _id, month: _month, shelf: _shelf, ...row } = photo
  return db.write(async (tx) => {
    const rows = Array.from({ length: count }, (_, n) => ({
      ...row,
      takenAt: `2024-05-${String(n + 1).padStart(2, '0')}T12:00:00.000`,
    }))
    const made = await tx.insert(photos).values(rows).returning({ id: photos.id })
    const { areaId, directoryId } = file
    await tx.insert(files).values(
      made.map(({ id: photoId }) => ({
        ...{ photoId, areaId, directoryId, name: `made ${photoId}.jpg`, sizeBytes: 1, mtimeMs: 1 },
      })),
    )
    return made.map(({ id }) => id)
  })
}

const create = async (title: string, rest: { parentId?: number; photoIds?: number[] } = {}) =>
  (await world.get(ada, 'albums.create', { title, ...rest })).id
const get = (id: number) => world.get(ada, 'albums.get', { id })
const list = async () => (await world.get(ada, 'albums.list', {})).albums
const titles = async () => (await list()).map(({ title }) => title).sort()
/** The album as the interface pages through it. */
async function shown(albumId: number): Promise<number[]> {
  const filter = { by: 'album', albumId } as const
  const found: number[] = []
  for (const { month } of (await world.get(ada, 'timeline.months', { filter })).months)
    found.push(...(await world.get(ada, 'timeline.month', { month, filter })).ids)
  return found
}

describe('an album', () => {
  test('is changed part by part, and back', async () => {
    const id = await create('Before', { photoIds: ids.slice(0, 3) })
    const before = await get(id)
    const parent = await create('Parent')
    const input = {
      id,
      ...{
        title: 'After',
        description: 'd',
        parentId: parent,
        order: 'hand' as const,
        coverPhotoId: ids[1] ?? 0,
      },
    }
    const { undo } = await world.get(ada, 'albums.update', input)
    expect(await get(id)).toMatchObject({
      ...{ title: 'After', description: 'd', parentId: parent, order: 'hand' },
      cover: { id: ids[1] },
    })
    expect((await world.get(ada, 'albums.update', input)).undo).toEqual([])
    for (const back of undo) await world.get(ada, 'albums.update', back)
    expect(await get(id)).toEqual(before)
  })

  test('shows the cover that was chosen while it has it, else its first photo', async () => {
    const [a = 0, b = 0, c = 0, other = 0] = ids
    const id = await create('Cover', { photoIds: [b, a, c] })
    const cover = async () => (await get(id)).cover?.id
    expect(await cover()).toBe(c)
    await world.get(ada, 'albums.update', { id, order: 'hand' })
    expect(await cover()).toBe(b)
    await world.get(ada, 'albums.update', { id, coverPhotoId: a })
    expect(await cover()).toBe(a)
    const { undo } = await world.get(ada, 'albums.take', { id, ids: [a] })
    expect(await cover()).toBe(b)
    for (const back of undo) await world.get(ada, 'albums.add', back)
    expect(await cover()).toBe(a)
    expect(await world.call(ada, 'albums.update', { id, coverPhotoId: other })).toMatchObject({
      error: { code: 'not_found' },
    })
  })

  test('lies never in itself, nor deeper than 20', async () => {
    const top = await create('Top')
    const middle = await create('Middle', { parentId: top })
    const low = await create('Low', { parentId: middle })
    for (const parentId of [top, middle, low])
      expect(await world.call(ada, 'albums.update', { id: top, parentId })).toMatchObject({
        error: { code: 'invalid', fields: { parentId: 'nested_in_itself' } },
      })
    let parentId = await create('1')
    for (let depth = 2; depth <= 18; depth += 1) parentId = await create(`${depth}`, { parentId })
    expect(await world.call(ada, 'albums.update', { id: top, parentId })).toMatchObject({
      error: { code: 'invalid', fields: { parentId: 'nested_too_deep' } },
    })
    expect(await world.call(ada, 'albums.update', { id: middle, parentId })).toMatchObject({ ok: true })
  })

  test('stands beside 499 of its title at most', async () => {
    const { db } = world.services
    const row = { ownerId: adaId, title: 'Equal', createdAt: 0, updatedAt: 0 }
    await db.write((tx) => tx.insert(albums).values(Array(499).fill(row)))
    const last = await create('Equal')
    const tooMany = { error: { code: 'invalid', fields: { title: 'titles_too_many' } } }
    expect(await world.call(ada, 'albums.create', { title: 'Equal' })).toMatchObject(tooMany)
    const other = await create('Other')
    expect(await world.call(ada, 'albums.update', { id: other, title: 'Equal' })).toMatchObject(tooMany)
    // it is one of them itself
    expect(await world.call(ada, 'albums.update', { id: last, parentId: null })).toMatchObject({ ok: true })
    await db.write((tx) => tx.delete(albums).where(eq(albums.title, 'Equal')))
  })
})

describe('removing', () => {
  test('takes those below along, tells how much that is, and is brought back whole', async () => {
    const top = await create('Trip', { photoIds: ids.slice(0, 3) })
    const inner = await create('Day 1', { parentId: top, photoIds: ids.slice(2, 5) })
    const early = await create('Gone before', { parentId: top })
    await world.get(ada, 'albums.remove', { id: early })
    const before = await list()
    const beforeIn = [await shown(top), await shown(inner)]
    expect(await world.get(ada, 'albums.remove', { id: top })).toEqual({ albums: 2, photos: 5 })
    for (const id of [top, inner]) {
      for (const [name, input] of [
        ['albums.get', { id }],
        ['albums.update', { id, title: 'x' }],
        ['albums.add', { id, ids: [ids[7]] }],
        ['albums.take', { id, ids: [ids[0]] }],
        ['albums.arrange', { id, ids: [ids[0]], before: null }],
        ['albums.create', { title: 'x', parentId: id }],
        ['albums.remove', { id }],
        ['timeline.months', { filter: { by: 'album', albumId: id } }],
      ] as const)
        expect(await world.call(ada, name, input), name).toMatchObject({ error: { code: 'not_found' } })
    }
    expect((await world.get(ada, 'photos.get', { id: ids[2] ?? 0 })).albums).not.toContainEqual(
      expect.objectContaining({ id: top }),
    )
    const { albums: removed } = await world.get(ada, 'albums.removed', {})
    const kept = { daysLeft: 30, may: { restore: true } }
    expect(removed).toMatchObject([
      { id: top, albums: 2, ...kept },
      { id: early, albums: 1, ...kept },
    ])
    await world.get(ada, 'albums.restore', { id: top })
    expect(new Set(await list())).toEqual(new Set(before))
    expect([await shown(top), await shown(inner)]).toEqual(beforeIn)
    expect(await world.call(ada, 'albums.restore', { id: top })).toMatchObject({
      error: { code: 'not_found' },
    })
    // what it lay in is gone: it comes to the top
    await world.get(ada, 'albums.remove', { id: top })
    await world.get(ada, 'albums.restore', { id: inner })
    expect(await get(inner)).toMatchObject({ parentId: null, count: 3 })
  })

  test('is for 30 days; what was brought back stays', async () => {
    const [gone, kept] = [
      await create('For good', { photoIds: ids }),
      await create('Kept', { photoIds: ids }),
    ]
    for (const id of [gone, kept]) await world.get(ada, 'albums.remove', { id })
    const { db } = world.services
    const later = (days: number) => ({ db, clock: () => Date.now() + days * DAY_MS })
    expect(await purgeRemoved(later(29))).toBe(0)
    await world.get(ada, 'albums.restore', { id: kept })
    expect(await purgeRemoved(later(31))).toBeGreaterThan(0)
    expect(await world.call(ada, 'albums.restore', { id: gone })).toMatchObject({
      error: { code: 'not_found' },
    })
    expect(await db.read.$count(albumPhotos, eq(albumPhotos.albumId, gone))).toBe(0)
    expect((await get(kept)).count).toBe(ids.length)
    expect((await world.get(ada, 'albums.removed', {})).albums).toEqual([])
  })

  test('is no part of what an account takes along, nor of what it holds or hands over', async () => {
    const owner = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
    const by = await world.as(owner)
    const made = async (title: string, parentId?: number) =>
      (
        await world.get(by, 'albums.create', {
          title,
          photoIds: ids.slice(0, 2),
          ...(parentId !== undefined && { parentId }),
        })
      ).id
    const stays = await made('Stays')
    const goes = await made('Goes')
    await made('Below', goes)
    await world.get(by, 'albums.remove', { id: goes })
    const page = (of: 'photos' | 'albums' | 'albumPhotos') =>
      world.get(by, 'overlays.export', { after: { of, id: 0 } })
    expect((await page('albums')).albums).toMatchObject([{ id: stays }])
    expect((await page('albumPhotos')).albumPhotos.map(({ album }) => album)).toEqual([stays, stays])
    expect((await page('photos')).photos).toHaveLength(2)
    // one of its name comes in as a new one
    const { header } = await world.get(by, 'overlays.export', {})
    const part = {
      ...{ dryRun: false, mode: 'fill-gaps' as const, header },
      album: {
        path: [{ title: 'Goes', nth: 0 }],
        ...{ description: '', order: 'date' as const, createdAt: 1, cover: null, photos: [] },
      },
    }
    expect((await world.get(by, 'overlays.import', part)).album).toBe('new')
    const { operator } = world.callers
    expect((await world.get(operator, 'accounts.previewRemove', { id: owner })).holdings.albums).toBe(2)
    await world.get(operator, 'accounts.remove', { id: owner, mode: 'transfer', transferTo: adaId })
    expect(await titles()).toEqual(expect.arrayContaining(['Goes', 'Stays']))
    expect(await titles()).not.toContain('Below')
    expect((await world.get(ada, 'albums.removed', {})).albums).toEqual([])
    // the account's own again, with it
    await world.get(operator, 'accounts.restore', { id: owner })
    const again = await world.as(owner)
    await world.get(again, 'albums.restore', { id: goes })
    expect((await world.get(again, 'albums.list', {})).albums.map(({ title }) => title).sort()).toEqual([
      'Below',
      'Goes',
    ])
  })
})

describe('the order by hand', () => {
  test('is what was asked for, whatever was moved before, and undoing brings the former one back', async () => {
    const id = await create('By hand', { photoIds: ids })
    await world.get(ada, 'albums.update', { id, order: 'hand' })
    const { db } = world.services
    const at = fc.nat({ max: ids.length - 1 })
    const step = fc.record({
      moved: fc.uniqueArray(at, { minLength: 1, maxLength: ids.length }),
      before: fc.option(at),
      /** as an import may have left them: close, equal, or far apart */
      positions: fc.option(
        fc.array(fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })), {
          minLength: ids.length,
          maxLength: ids.length,
        }),
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const { moved, before, positions } of steps) {
          if (positions)
            await db.write(async (tx) => {
              for (const [index, photoId] of ids.entries())
                await tx
                  .update(albumPhotos)
                  .set({ position: positions[index] ?? 0 })
                  .where(eq(albumPhotos.photoId, photoId))
            })
          const former = await shown(id)
          const named = moved.map((n) => ids[n] ?? 0)
          const target = before === null ? null : (ids[before] ?? 0)
          const rest = former.filter((one) => !named.includes(one))
          const behind = target === null ? [] : former.slice(former.indexOf(target))
          const next = behind.find((one) => !named.includes(one))
          const place = next === undefined ? rest.length : rest.indexOf(next)
          const wanted = [...rest.slice(0, place), ...named, ...rest.slice(place)]
          const done = await world.get(ada, 'albums.arrange', { id, ids: named, before: target })
          expect(await shown(id)).toEqual(wanted)
          expect(done.changed).toEqual(JSON.stringify(wanted) === JSON.stringify(former) ? [] : named)
          for (const back of done.undo) await world.get(ada, 'albums.arrange', back)
          expect(await shown(id)).toEqual(former)
          await world.get(ada, 'albums.arrange', { id, ids: named, before: target })
        }
      }),
      { numRuns: 25 },
    )
  })

  test('is kept while the album is ordered by date, and new photos come last', async () => {
    const [a = 0, b = 0, c = 0, d = 0] = ids
    const id = await create('Both', { photoIds: [a, b, c] })
    await world.get(ada, 'albums.update', { id, order: 'hand' })
    await world.get(ada, 'albums.arrange', { id, ids: [c], before: a })
    expect(await shown(id)).toEqual([c, a, b])
    await world.get(ada, 'albums.update', { id, order: 'date' })
    expect(await shown(id)).toEqual([c, b, a])
    await world.get(ada, 'albums.add', { id, ids: [d] })
    await world.get(ada, 'albums.update', { id, order: 'hand' })
    expect(await shown(id)).toEqual([c, a, b, d])
    for (const photo of [ids[9] ?? 0, world.photo.foreign])
      for (const input of [
        { ids: [photo], before: null },
        { ids: [a], before: photo },
      ])
        expect(await world.call(ada, 'albums.arrange', { id, ...input })).toMatchObject({
          error: { code: 'not_found' },
        })
  })
})
