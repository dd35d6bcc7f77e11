import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bytesRouter } from '../electron/api/media.ts'
import { router } from '../electron/api/router.ts'
import type { PhotoFilter } from '../electron/contract/photos.ts'
import { ROWS } from './access-matrix/rows.ts'
import { makeWorld, PHOTOS, type PhotoName, WHO, type Who, type World } from './access-matrix/world.ts'
import { heldBy } from './rights/observe.ts'

/** Flaws of other photo servers, each tried here. Their sources are named in the titles. */

const procedures = { ...router, ...bytesRouter }

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 60_000)
afterAll(() => world.close())

const codeOf = async (who: Who, procedure: string, input: object) => {
  const answer = await world.call(world.callers[who], procedure, input)
  return answer.ok ? 'ok' : answer.error.code
}
const idsOf = async (who: Who) => {
  const { months } = await world.get(world.callers[who], 'timeline.months', {})
  const ids: number[] = []
  for (const { month } of months)
    ids.push(...(await world.get(world.callers[who], 'timeline.month', { month })).ids)
  return { ids: ids.sort(), count: months.reduce((sum, { count }) => sum + count, 0) }
}

describe('a sign-up that took is_superuser (LibrePhotos), keys that widen themselves (Immich CVE-2026-23896)', () => {
  /** Places of an input's schema, as JSON Schema, where keys that it does not name would be let through. */
  function openPlaces(schema: unknown, path: string): string[] {
    if (typeof schema !== 'object' || schema === null) return []
    const isOpen = 'type' in schema && schema.type === 'object' && !('additionalProperties' in schema)
    const inside = Object.entries(schema).flatMap(([key, value]) => openPlaces(value, `${path}/${key}`))
    const loose = 'additionalProperties' in schema && schema.additionalProperties !== false
    return isOpen || loose ? [path, ...inside] : inside
  }
  const asJson = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

  test.each(Object.entries(procedures))(
    'no input of %s lets keys through that it does not name',
    (_, { input }) => {
      const json = asJson(input)
      expect(json.type).toBe('object')
      expect(openPlaces(json, '')).toEqual([])
    },
  )
  test('an open shape would be noticed, however deep', () => {
    const deep = z.strictObject({ a: z.array(z.union([z.string(), z.object({ b: z.string() })])).optional() })
    expect(openPlaces(asJson(deep), '')).toHaveLength(1)
    expect(openPlaces(asJson(z.strictObject({ a: z.record(z.string(), z.string()) })), '')).toHaveLength(1)
  })

  const isOpenTo = (who: Who) =>
    Object.keys(procedures).flatMap((name) => {
      const row = ROWS.find(({ procedure, expect: told }) => procedure === name && told[who] === 'ok')
      return row ? [row] : []
    })
  test.each(isOpenTo('super').map((row) => [row.procedure, row] as const))(
    '%s refuses keys that it does not know, named one by one',
    async (name, row) => {
      const given = await row.input(world, 'super')
      const extra = { isSuperuser: true, is_staff: 1, scope: ['all'] }
      const answer = await world.call(world.callers.super, name, { ...Object(given), ...extra })
      const fields = { isSuperuser: 'unknown_key', is_staff: 'unknown_key', scope: 'unknown_key' }
      expect(answer).toMatchObject({ ok: false, error: { code: 'invalid', fields } })
    },
  )

  test.each(['guest', 'viewer', 'user', 'admin'] as const)('%s gives itself nothing', async (who) => {
    const id = world.idOf(who)
    const caller = world.callers[who]
    const before = await heldBy(world, caller)
    const wishes: [string, object][] = [
      ['accounts.update', { id, superAdmin: true }],
      ['accounts.update', { id, role: who === 'admin' ? 'user' : 'admin' }],
      [
        'accounts.create',
        { username: `by.${who}`, password: 'a quiet mantelpiece', role: 'user', superAdmin: true },
      ],
      ['flags.set', { flags: { webdav: true } }],
      ['settings.set', { role: 'admin' }],
      ['accounts.changePassword', { id: world.idOf('super'), password: 'a quiet mantelpiece' }],
    ]
    for (const [procedure, input] of wishes)
      expect(await codeOf(who, procedure, input), procedure).not.toBe('ok')
    if (who !== 'admin')
      expect(await codeOf(who, 'accounts.update', { id, folders: [], mayShare: true })).toBe('forbidden')
    expect(await heldBy(world, await world.as(id))).toEqual(before)
  })
})

describe('thumbnails and originals without the check of the page (PhotoPrism #1297, #3511)', () => {
  for (const who of WHO)
    for (const name of PHOTOS)
      test(`${who} · ${name}`, async () => {
        const id = world.photo[name]
        const page = await codeOf(who, 'photos.get', { id })
        for (const kind of ['thumb', 'preview', 'original']) {
          const bytes = await codeOf(who, 'media.open', { id, kind, version: '1' })
          const isOriginal = kind === 'original' && page === 'ok'
          // whoever views as another account sees its pictures, but takes none with them
          if (isOriginal && who === 'viewing') expect(bytes, kind).toBe('forbidden')
          else expect(bytes, kind).toBe(isOriginal && name === 'offline' ? 'unavailable' : page)
        }
      })
})

test('“select all” that passes ownership (LibrePhotos #1981): one photo out of reach, and none is changed', async () => {
  const { own, archived, foreign, missing } = world.photo
  const state = async () => (await idsOf('user')).ids
  const before = await state()
  for (const stranger of [foreign, missing, 999_999]) {
    const ids = [own, archived, stranger]
    expect(await codeOf('user', 'photos.update', { ids, archived: true })).toBe('not_found')
    expect(await codeOf('user', 'photos.update', { ids: ids.reverse(), private: true })).toBe('not_found')
  }
  expect(await codeOf('user', 'photos.update', { ids: [own, world.photo.shared], archived: true })).toBe(
    'forbidden',
  )
  expect(await state()).toEqual(before)
})

test('objects found without asking whose they are (LibrePhotos CVE-2026-57943), filters lost behind an OR (Lychee CVE-2026-39957)', async () => {
  const own = await world.get(world.callers.user, 'timeline.months', {})
  for (const { month } of own.months) {
    const whole = (await world.get(world.callers.user, 'timeline.month', { month })).ids
    // a cursor at a foreign photo, before all and after all of them
    for (const after of [
      { takenAt: '9999', id: world.photo.foreign },
      { takenAt: `${month}-31T23:59:59.999`, id: 999_999 },
      { takenAt: '0000', id: 1 },
    ]) {
      const { ids } = await world.get(world.callers.user, 'timeline.month', { month, after })
      expect(ids.every((id) => whole.includes(id))).toBe(true)
    }
  }
  expect((await idsOf('user')).ids).not.toContain(world.photo.foreign)
})

describe('access that survives its end (PhotoPrism #817), locked photos in counts (Immich #29639)', () => {
  const reads = (id: number): [string, object][] => [
    ['photos.get', { id }],
    ['media.open', { id, kind: 'thumb', version: '1' }],
    ['media.open', { id, kind: 'preview', version: '1' }],
    ['media.open', { id, kind: 'original', version: '1' }],
  ]
  const answersTo = async (who: Who, id: number) => {
    const codes = new Set<string>()
    for (const [procedure, input] of reads(id)) codes.add(await codeOf(who, procedure, input))
    return [...codes]
  }

  test.each(['private', 'archived'] as const)(
    'a photo marked %s is gone for viewers at their next request',
    async (mark) => {
      const id = world.photo.own
      const before = await idsOf('viewer')
      expect(await answersTo('viewer', id)).toEqual(['ok'])
      const changed = await world.get(world.callers.user, 'photos.update', { ids: [id], [mark]: true })
      expect(changed.changed).toEqual([id])
      expect(await answersTo('viewer', id)).toEqual(['not_found'])
      expect(await answersTo('user', id)).toEqual(['ok'])
      const after = await idsOf('viewer')
      expect(after).toEqual({ ids: before.ids.filter((each) => each !== id), count: before.count - 1 })
      const again = await world.get(world.callers.user, 'photos.update', { ids: [id], [mark]: true })
      expect(again.changed).toEqual([])
      await world.get(world.callers.admin, 'photos.update', { ids: [id], [mark]: false })
      expect(await idsOf('viewer')).toEqual(before)
    },
  )

  test('a folder taken away is gone with the next request, and nothing that was kept opens it', async () => {
    const id = world.idOf('user')
    const { accounts } = await world.get(world.callers.operator, 'accounts.list', {})
    const folders = (accounts.find((account) => account.id === id)?.folders ?? []).map(
      ({ path, access }) => ({
        path,
        access,
      }),
    )
    const without = folders.filter(({ path }) => path !== world.folders.own)
    await world.get(world.callers.operator, 'accounts.update', { id, folders: without })
    expect(await answersTo('user', world.photo.own)).toEqual(['not_found'])
    expect(await codeOf('user', 'photos.update', { ids: [world.photo.own], archived: true })).toBe(
      'not_found',
    )
    expect((await idsOf('user')).ids).not.toContain(world.photo.own)
    await world.get(world.callers.operator, 'accounts.update', { id, folders })
    expect(await answersTo('user', world.photo.own)).toEqual(['ok'])
  })
})

describe('locked photos in counts, covers, memories and other lists (Immich #29639)', () => {
  /** Every id that an account is told by any list or cover, and every count of photos. */
  async function everywhere(who: Who, day: string) {
    const caller = world.callers[who]
    const filters: PhotoFilter[] = [
      { by: 'favourites' },
      { by: 'rating', atLeast: 1 },
      { by: 'recent' },
      { by: 'onThisDay', day },
      { by: 'failed' },
      { by: 'offline' },
    ]
    const { folders } = await world.get(caller, 'folders.tree', {})
    for (const { id } of folders) filters.push({ by: 'folder', folderId: id, deep: true })
    const ids = folders.flatMap(({ covers }) => covers.map(({ id }) => id))
    const counts = folders.map(({ name, deepCount }) => `${name} ${deepCount}`)
    for (const filter of filters) {
      const { months } = await world.get(caller, 'timeline.months', { filter })
      for (const { month, count } of months) {
        const page = await world.get(caller, 'timeline.month', { month, filter })
        expect(page.ids).toHaveLength(count)
        ids.push(...page.ids, ...page.favourites)
      }
    }
    counts.push(JSON.stringify(await world.get(caller, 'library.shelves', { today: day })))
    return { ids: new Set(ids), counts: counts.join('; ') }
  }

  test.each(['private', 'archived'] as const)('a photo marked %s is in none of a viewer', async (mark) => {
    const { own, shared, offline } = world.photo
    const { viewer, user } = world.callers
    await world.get(viewer, 'photos.overlay', { ids: [own], favourite: true, rating: 5 })
    const day = (await world.get(viewer, 'photos.get', { id: own })).takenAt.slice(5, 10)
    const before = await everywhere('viewer', day)
    expect([...before.ids].sort()).toEqual([own, shared, offline].sort())
    expect(before.counts).toContain('"favourites":1,"recent":3')
    await world.get(user, 'photos.update', { ids: [own], [mark]: true })
    const after = await everywhere('viewer', day)
    expect([...after.ids].sort()).toEqual([shared, offline].sort())
    expect(after.counts).toContain('"favourites":0,"recent":2')
    expect(after.counts).toContain('"archived":null,"private":null')
    expect(after.counts).not.toContain('Own')
    await world.get(user, 'photos.update', { ids: [own], [mark]: false })
    expect(await everywhere('viewer', day)).toEqual(before)
  })

  test('what is hidden is in the lists of what is hidden alone, for those who see it', async () => {
    const { own, shared, offline } = world.photo
    const day = (await world.get(world.callers.user, 'photos.get', { id: own })).takenAt.slice(5, 10)
    expect([...(await everywhere('user', day)).ids].sort()).toEqual([own, shared, offline].sort())
    for (const by of ['private', 'archived'] as const) {
      const { months } = await world.get(world.callers.user, 'timeline.months', { filter: { by } })
      const month = months[0]?.month ?? ''
      const { ids } = await world.get(world.callers.user, 'timeline.month', { month, filter: { by } })
      expect(ids).toEqual([world.photo[by]])
      expect(await codeOf('viewer', 'timeline.month', { month, filter: { by } })).toBe('forbidden')
    }
  })
})

test('folders told apart by a prefix of their path', async () => {
  const names = ['Own too', 'Own%', 'Own_', 'OWN', 'Ow']
  const folders = []
  for (const name of names) {
    const path = await world.folder(name)
    await copyFile(join(world.folders.own, 'own.jpg'), join(path, 'beside.jpg'))
    folders.push({ path, access: 'read-write' as const })
  }
  const id = await world.disposable({ folders })
  await world.idle()
  const theirs = await world.as(id)
  const { months } = await world.get(theirs, 'timeline.months', {})
  const ids: number[] = []
  for (const { month } of months) ids.push(...(await world.get(theirs, 'timeline.month', { month })).ids)
  expect(ids).toHaveLength(names.length)
  for (const photo of ids) expect(await codeOf('user', 'photos.get', { id: photo })).toBe('not_found')
  for (const name of ['own', 'shared'] satisfies PhotoName[])
    expect((await world.call(theirs, 'photos.get', { id: world.photo[name] })).ok).toBe(false)
})

test('places on the disk told to those who only have a part of it', async () => {
  const { user, admin } = world.callers
  const id = world.photo.own
  await world.call(user, 'jobs.scan', { folderIds: [world.areas.own] })
  await world.idle()
  const told = JSON.stringify([
    await world.get(user, 'photos.get', { id }),
    await world.get(user, 'jobs.list', {}),
    await world.get(user, 'session.me', {}),
  ])
  expect(told).not.toContain(world.directory)
  expect((await world.get(user, 'photos.get', { id })).folder).toBe('Own')
  expect((await world.get(admin, 'photos.get', { id })).folder).toBe(world.folders.own)
})

test('a guest changes nothing, whatever was granted (Immich PR 26868)', async () => {
  for (const name of PHOTOS)
    for (const mark of ['archived', 'private'])
      expect(await codeOf('guest', 'photos.update', { ids: [world.photo[name]], [mark]: true })).toBe(
        'forbidden',
      )
})
