import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { accounts, audit, photos, shares, visitorSessions } from '../electron/db/schema.ts'
import { VISIT_MS } from '../electron/domain/sharing/open.ts'
import { makeWorld, type World } from './access-matrix/world.ts'
import { visitorIn } from './support/visitor.ts'

const DAY_MS = 24 * 60 * 60_000
const PASSWORD = 'swordfish'

let world: World
let ada: Caller
let adaId: number
let own: number
beforeAll(async () => {
  world = await makeWorld()
  own = world.photo.own
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  adaId = await world.disposable({
    folders: [
      { path: world.folders.own, access: 'read-write' },
      { path: world.folders.shared, access: 'read-only' },
    ],
  })
  ada = await world.as(adaId)
})

type Options = Parameters<typeof world.get<'shares.createLink'>>[2]['options']

/** A link to the world's own photo, or to what is named, with its token. */
async function link(options: Options = {}, to: object = { photoIds: [own] }) {
  const { id, url } = await world.get(ada, 'shares.createLink', { ...to, options })
  return { id, token: url.split('/s/')[1] ?? '' }
}

async function album(photoIds: number[]): Promise<number> {
  return (await world.get(ada, 'albums.create', { title: 'Lisbon', photoIds })).id
}

/** Everything that a link's holder may look at of a photo, as one word. */
async function sees(visitor: ReturnType<typeof visitorIn>, share: number, id = own): Promise<string> {
  const asked = [
    await visitor.outcome('shares.photo', { share, id }),
    await visitor.outcome('media.openHeld', { share, id, kind: 'thumb', version: '1' }),
    await visitor.outcome('media.mayHeld', { share, id, kind: 'preview', version: '1' }),
  ]
  return [...new Set(asked)].join(', ')
}

/** The photos of a link, as a page asks for them. */
async function shown(visitor: ReturnType<typeof visitorIn>, share: number): Promise<number[]> {
  const caller = await visitor.caller()
  const found: number[] = []
  for (const { month } of (await world.get(caller, 'shares.months', { share })).months)
    found.push(...(await world.get(caller, 'shares.month', { share, month })).ids)
  return found
}

const change = (id: number, columns: Partial<typeof shares.$inferInsert>) =>
  world.services.db.write((tx) => tx.update(shares).set(columns).where(eq(shares.id, id)))

describe('a link', () => {
  test('opens for whoever has its address, and shows what was picked and nothing else', async () => {
    const { id, token } = await link()
    const visitor = visitorIn(world)
    expect(await sees(visitor, id)).toBe('unauthenticated')
    expect(await visitor.open(token)).toBe('ok')
    expect(await shown(visitor, id)).toEqual([own])
    expect(await sees(visitor, id)).toBe('ok')
    expect(await sees(visitor, id, world.photo.shared)).toBe('not_found')
    expect(await visitor.outcome('timeline.months', {})).toBe('unauthenticated')
    expect(await visitor.outcome('photos.get', { id: own })).toBe('unauthenticated')
  })

  test('to an album shows what is in it now', async () => {
    const albumId = await album([own])
    const { id, token } = await link({}, { albumId })
    const visitor = visitorIn(world)
    await visitor.open(token)
    expect(await world.get(await visitor.caller(), 'shares.get', { share: id })).toMatchObject({
      ...{ title: 'Lisbon', count: 1, cover: { id: own }, download: 'none' },
    })
    await world.get(ada, 'albums.take', { id: albumId, ids: [own] })
    expect(await shown(visitor, id)).toEqual([])
    expect(await sees(visitor, id)).toBe('not_found')
    await world.get(ada, 'albums.remove', { id: albumId })
    expect(await visitor.outcome('shares.get', { share: id })).toBe('not_found link_ended')
  })

  test('to a folder shows it with what is below', async () => {
    const { folders } = await world.get(ada, 'folders.tree', {})
    const folderId = folders.find(({ name }) => name === 'Own')?.id ?? 0
    const { id, token } = await link({}, { folderId })
    const visitor = visitorIn(world)
    await visitor.open(token)
    expect(await shown(visitor, id)).toEqual([own])
  })

  test('is to exactly one thing, that its creator may share', async () => {
    const make = (input: object) =>
      world.call(ada, 'shares.createLink', input).then((made) => (made.ok ? 'ok' : made.error.code))
    expect(await make({})).toBe('invalid')
    expect(await make({ photoIds: [own], albumId: 1 })).toBe('invalid')
    // a read-only folder is not shared on
    expect(await make({ photoIds: [world.photo.shared] })).toBe('forbidden')
    expect(await make({ photoIds: [world.photo.private] })).toBe('forbidden')
    expect(await make({ photoIds: [world.photo.foreign] })).toBe('not_found')
    expect(await make({ photoIds: [own], options: { password: '' } })).toBe('invalid')
    expect(await make({ photoIds: [own], options: { viewLimit: 0 } })).toBe('invalid')
  })

  test('never shows what is private, and what is archived only where it was picked', async () => {
    const albumId = await album([own])
    const [ofAlbum, picked] = [await link({}, { albumId }), await link()]
    const visitor = visitorIn(world)
    for (const { token } of [ofAlbum, picked]) await visitor.open(token)
    const mark = (columns: object): Promise<unknown> =>
      world.services.db.write((tx) => tx.update(photos).set(columns).where(eq(photos.id, own)))
    await mark({ archived: true })
    expect(await sees(visitor, picked.id)).toBe('ok')
    expect(await sees(visitor, ofAlbum.id)).toBe('not_found')
    await mark({ archived: false, private: true })
    expect([await sees(visitor, picked.id), await sees(visitor, ofAlbum.id)]).toEqual([
      'not_found',
      'not_found',
    ])
    expect(await shown(visitor, picked.id)).toEqual([])
    await mark({ private: false })
  })
})

describe('a link ends at once', () => {
  test.each<[string, (id: number) => Promise<unknown>]>([
    ['taken back', async (id: number) => void (await world.get(ada, 'shares.revoke', { id }))],
    ['expired', (id: number) => change(id, { expiresAt: Date.now() - 1 })],
    [
      'its creator may not log in any more',
      () =>
        world.services.db.write((tx) =>
          tx.update(accounts).set({ mayLogIn: false }).where(eq(accounts.id, adaId)),
        ),
    ],
    [
      'its creator is a viewer now',
      () =>
        world.services.db.write((tx) =>
          tx.update(accounts).set({ role: 'viewer' }).where(eq(accounts.id, adaId)),
        ),
    ],
    [
      'its creator may not share any more',
      () =>
        world.services.db.write((tx) =>
          tx.update(accounts).set({ mayShare: false }).where(eq(accounts.id, adaId)),
        ),
    ],
  ])('%s', async (_, end) => {
    const { id, token } = await link()
    const visitor = visitorIn(world)
    await visitor.open(token)
    await end(id)
    const ended = await sees(visitor, id)
    expect(ended).toBe('not_found link_ended')
    expect(await visitor.open(token)).toBe('not_found link_ended')
    expect(await visitorIn(world).open(token)).toBe('not_found link_ended')
  })

  test('for what its creator sees no more, which is told like what never was', async () => {
    const { id, token } = await link()
    const visitor = visitorIn(world)
    await visitor.open(token)
    const folders = [{ path: world.folders.shared, access: 'read-only' as const }]
    await world.get(world.callers.super, 'accounts.update', { id: adaId, folders })
    expect(await sees(visitor, id)).toBe('not_found')
    expect(await shown(visitor, id)).toEqual([])
  })

  test('while sharing is switched off, and goes on with it', async () => {
    const { id, token } = await link()
    const visitor = visitorIn(world)
    await visitor.open(token)
    await world.get(world.callers.super, 'flags.set', { flags: { share: false } })
    expect(await sees(visitor, id)).toBe('not_found link_ended')
    await world.get(world.callers.super, 'flags.set', { flags: { share: true } })
    expect(await sees(visitor, id)).toBe('ok')
  })

  test('a visit after a day, also where the clock was set back', async () => {
    const { id, token } = await link()
    const visitor = visitorIn(world)
    await visitor.open(token)
    const until = (expiresAt: number) =>
      world.services.db.write((tx) =>
        tx.update(visitorSessions).set({ expiresAt }).where(eq(visitorSessions.shareId, id)),
      )
    await until(Date.now() + VISIT_MS + DAY_MS)
    expect(await sees(visitor, id)).toBe('unauthenticated')
    await until(Date.now() - 1)
    expect(await sees(visitor, id)).toBe('unauthenticated')
    expect(await visitor.open(token)).toBe('ok')
  })
})

describe('a password', () => {
  test('is asked for each link by itself, and an empty one is a wrong one', async () => {
    const [one, other] = [await link({ password: PASSWORD }), await link({ password: PASSWORD })]
    const visitor = visitorIn(world)
    expect(await visitor.open(one.token)).toBe('forbidden link_password_needed')
    expect(await visitor.open(one.token, '')).toBe('forbidden link_password_wrong')
    expect(await sees(visitor, one.id)).toBe('unauthenticated')
    expect(await visitor.open(one.token, PASSWORD)).toBe('ok')
    expect(await sees(visitor, one.id)).toBe('ok')
    expect(await sees(visitor, other.id)).toBe('not_found link_ended')
    expect(await visitor.open(other.token)).toBe('forbidden link_password_needed')
  })

  test('that was changed is asked for again, of visitors and guests; taking it away asks nobody', async () => {
    const { id, token } = await link({ password: PASSWORD })
    const visitor = visitorIn(world)
    await visitor.open(token, PASSWORD)
    const guest = world.callers.guest
    await world.get(guest, 'shares.open', { token, password: PASSWORD })
    await world.get(ada, 'shares.update', { id, options: { password: 'another one' } })
    expect(await sees(visitor, id)).toBe('forbidden link_password_needed')
    const [mine] = (await world.get(guest, 'shares.withMe', {})).links.filter((each) => each.id === id)
    expect(mine).toMatchObject({ needsPassword: true, count: 0, title: '' })
    expect(await visitor.open(token, PASSWORD)).toBe('forbidden link_password_wrong')
    expect(await visitor.open(token, 'another one')).toBe('ok')
    await world.get(ada, 'shares.update', { id, options: { password: null } })
    expect(await world.get(guest, 'shares.get', { share: id })).toMatchObject({ count: 1 })
    await world.get(guest, 'shares.leave', { share: id })
  })

  test('that was changed is given by guests where they find what is shared with them', async () => {
    const { id, token } = await link({ password: PASSWORD })
    const guest = await world.as(await world.disposable({ role: 'guest' }))
    const pass = async (caller: Caller, share: number, password: string) => {
      const result = await world.call(caller, 'shares.passAgain', { share, password })
      return result.ok ? 'ok' : [result.error.code, result.error.reason].join(' ')
    }
    // only a link that was opened by its address
    expect(await pass(guest, id, PASSWORD)).toBe('not_found link_ended')
    await world.get(guest, 'shares.open', { token, password: PASSWORD })
    await world.get(ada, 'shares.update', { id, options: { password: 'another one' } })
    expect(await pass(guest, id, PASSWORD)).toBe('forbidden link_password_wrong')
    expect(await pass(guest, id, '')).toBe('forbidden link_password_wrong')
    expect((await world.call(guest, 'shares.get', { share: id })).ok).toBe(false)
    expect(await pass(guest, id, 'another one')).toBe('ok')
    expect(await world.get(guest, 'shares.get', { share: id })).toMatchObject({ count: 1 })
    // guesses by this way count with those by the other
    for (let guess = 0; guess < 8; guess += 1) await pass(guest, id, `guess ${guess}`)
    expect(await pass(guest, id, 'another one')).toBe('throttled too_many_attempts')
    await world.get(ada, 'shares.revoke', { id })
    expect(await pass(guest, id, 'another one')).toBe('not_found link_ended')
  })

  test('is guessed a few times by one address, and by all together', async () => {
    const { token } = await link({ password: PASSWORD })
    const visitor = visitorIn(world, '192.0.2.7')
    for (let guess = 0; guess < 10; guess += 1)
      expect(await visitor.open(token, `guess ${guess}`)).toBe('forbidden link_password_wrong')
    expect(await visitor.open(token, PASSWORD)).toBe('throttled too_many_attempts')
    expect(await visitorIn(world, '192.0.2.8').open(token, PASSWORD)).toBe('ok')
  })

  test('is kept as a hash, and the address as a hash and sealed', async () => {
    const { id, token } = await link({ password: PASSWORD })
    const [row] = await world.services.db.read.select().from(shares).where(eq(shares.id, id))
    expect(JSON.stringify(row)).not.toContain(token)
    expect(JSON.stringify(row)).not.toContain(PASSWORD)
    expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16)
    const entries = await world.services.db.read.select().from(audit).where(eq(audit.objectId, id))
    expect(JSON.stringify(entries)).not.toMatch(/swordfish|\$2b\$/)
  })
})

test('guesses of addresses are throttled, those of links that ended are not counted', async () => {
  const ended = await link()
  await world.get(ada, 'shares.revoke', { id: ended.id })
  const visitor = visitorIn(world, '192.0.2.9')
  for (let guess = 0; guess < 40; guess += 1) await visitor.open(ended.token)
  for (let guess = 0; guess < 30; guess += 1)
    expect(await visitor.open(`${'guess'.repeat(8)}${guess}`)).toBe('not_found link_ended')
  expect(await visitor.open('guess'.repeat(9))).toBe('throttled too_many_attempts')
  const { token } = await link()
  expect(await visitor.open(token)).toBe('throttled too_many_attempts')
  expect(await visitorIn(world, '192.0.2.10').open(token)).toBe('ok')
})

test('a whole party behind one address opens a link at once', async () => {
  const { token } = await link()
  const party = Array.from({ length: 50 }, () => visitorIn(world, '192.0.2.11').open(token))
  expect(new Set(await Promise.all(party))).toEqual(new Set(['ok']))
})

test('guesses of addresses at the same moment are counted too', async () => {
  const visitor = visitorIn(world, '192.0.2.12')
  const guesses = Array.from({ length: 50 }, (_, n) => visitor.open(`${'guess'.repeat(8)}${n}`))
  const throttled = (await Promise.all(guesses)).filter((each) => each === 'throttled too_many_attempts')
  expect(throttled).toHaveLength(20)
})

describe('views', () => {
  const viewsOf = async (id: number) =>
    (await world.get(ada, 'shares.list', {})).links.find((each) => each.id === id)?.views

  test('are visitors, not visits; the limit keeps out new ones alone', async () => {
    const { id, token } = await link({ viewLimit: 2 })
    const [one, two, three] = [visitorIn(world), visitorIn(world), visitorIn(world)]
    expect([await one.open(token), await one.open(token), await two.open(token)]).toEqual(['ok', 'ok', 'ok'])
    expect(await viewsOf(id)).toBe(2)
    expect(await three.open(token)).toBe('not_found link_ended')
    expect([await one.open(token), await sees(two, id)]).toEqual(['ok', 'ok'])
    expect(await viewsOf(id)).toBe(2)
  })

  test('that come at the same moment are not more than allowed', async () => {
    const { id, token } = await link({ viewLimit: 3 })
    const opened = await Promise.all(Array.from({ length: 8 }, () => visitorIn(world).open(token)))
    expect(opened.filter((each) => each === 'ok')).toHaveLength(3)
    expect(await viewsOf(id)).toBe(3)
  })

  test('with a wrong password are none', async () => {
    const { id, token } = await link({ password: PASSWORD, viewLimit: 1 })
    await visitorIn(world, '192.0.2.11').open(token, 'wrong')
    expect(await viewsOf(id)).toBe(0)
  })
})

describe('saving', () => {
  const original = (visitor: ReturnType<typeof visitorIn>, share: number) =>
    visitor.outcome('media.openHeld', { share, id: own, kind: 'original', version: '1' })

  test('is what the link says, and nothing while saving is switched off', async () => {
    const { id, token } = await link()
    const visitor = visitorIn(world)
    await visitor.open(token)
    const says = async (download: 'none' | 'resized' | 'original') => {
      await world.get(ada, 'shares.update', { id, options: { download } })
      const photo = await world.get(await visitor.caller(), 'shares.photo', { share: id, id: own })
      return [photo.may.download, await original(visitor, id)]
    }
    expect(await says('none')).toEqual([false, 'forbidden'])
    expect(await says('resized')).toEqual([true, 'ok'])
    expect(await says('original')).toEqual([true, 'ok'])
    await world.get(world.callers.super, 'flags.set', { flags: { download: false } })
    expect(await original(visitor, id)).toBe('forbidden')
    await world.get(world.callers.super, 'flags.set', { flags: { download: true } })
  })
})

test('places and camera are kept back where the link says so', async () => {
  await world.services.db.write((tx) =>
    tx
      .update(photos)
      .set({ latitude: 38.7, longitude: -9.1, cameraModel: 'Pixel 8', takenOffset: '+01:00' })
      .where(eq(photos.id, own)),
  )
  const { id, token } = await link()
  const visitor = visitorIn(world)
  await visitor.open(token)
  const told = async () => world.get(await visitor.caller(), 'shares.photo', { share: id, id: own })
  expect(await told()).toMatchObject({
    gps: { latitude: 38.7 },
    camera: { model: 'Pixel 8' },
    takenOffset: '+01:00',
  })
  await world.get(ada, 'shares.update', { id, options: { hidePlaces: true, hideCamera: true } })
  expect(await told()).toMatchObject({ gps: null, camera: null, takenOffset: null })
})

describe('an account that opens a link', () => {
  test('finds it under what is shared with it, until it ends or is left', async () => {
    const { id, token } = await link({ label: 'for the family' })
    const guest = await world.as(await world.disposable({ role: 'guest' }))
    const mine = async () => (await world.get(guest, 'shares.withMe', {})).links.map((each) => each.id)
    expect(await mine()).toEqual([])
    await world.get(guest, 'shares.open', { token })
    expect(await mine()).toEqual([id])
    expect(JSON.stringify(await world.get(guest, 'shares.get', { share: id }))).not.toContain(
      'for the family',
    )
    const [told] = (await world.get(ada, 'shares.list', { photoId: own })).links.filter(
      (each) => each.id === id,
    )
    expect(told).toMatchObject({
      views: 1,
      guests: [{ accountId: guest.principal.kind === 'account' ? guest.principal.accountId : 0 }],
      may: { update: true },
    })
    await world.get(guest, 'shares.leave', { share: id })
    expect(await mine()).toEqual([])
    await world.get(guest, 'shares.open', { token })
    await world.get(ada, 'shares.revoke', { id })
    expect(await mine()).toEqual([])
  })

  test('with the rights of the link, whatever its own are', async () => {
    const { id, token } = await link()
    const admin = world.callers.admin
    await world.get(admin, 'shares.open', { token })
    expect((await world.get(admin, 'shares.photo', { share: id, id: own })).may.download).toBe(false)
  })
})

describe('the overview', () => {
  test('shows admins all links, and no address of others', async () => {
    const { id } = await link()
    const { links } = await world.get(world.callers.admin, 'shares.overview', { everyone: true })
    expect(links.find((each) => each.id === id)).toMatchObject({
      ...{ url: null, creator: { id: adaId }, may: { update: false, revoke: true } },
    })
    const mine = await world.get(ada, 'shares.overview', {})
    expect(mine.links.map((each) => each.id)).toEqual([id])
    expect(mine.links[0]?.url).toContain('/s/')
    expect((await world.call(ada, 'shares.overview', { everyone: true })).ok).toBe(false)
  })

  test('lets admins take back what others share, and nobody else', async () => {
    const { id } = await link()
    const code = async (caller: Caller) => {
      const result = await world.call(caller, 'shares.revoke', { id })
      return result.ok ? 'ok' : result.error.code
    }
    expect(await code(world.callers.user)).toBe('not_found')
    expect(await code(world.callers.admin)).toBe('ok')
    expect(await code(world.callers.admin)).toBe('not_found')
  })

  test('says why a link opens for nobody', async () => {
    const { id } = await link({ viewLimit: 1 })
    const closed = async () =>
      (await world.get(ada, 'shares.list', {})).links.find((each) => each.id === id)?.closed
    expect(await closed()).toBeNull()
    await change(id, { views: 1 })
    expect(await closed()).toBe('limit')
    await change(id, { expiresAt: 5 })
    expect(await closed()).toBe('expired')
  })
})
