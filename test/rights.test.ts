import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RIGHTS } from '../electron/access/rights.ts'
import type { Caller } from '../electron/api/caller.ts'
import { CAPABILITIES, type Capability, type Extent, type Right, ROLES } from '../electron/contract/roles.ts'
import { FLAGS, type Flag } from '../electron/contract/values.ts'
import { photos } from '../electron/db/schema.ts'
import { makeWorld, type PhotoName, type Who, type World } from './access-matrix/world.ts'
import { heldBy, mayWith, observe } from './rights/observe.ts'

/** The rights table as product and docs tell it: admin, user, viewer, guest, visitor. Written down here once more on purpose. */
const TABLE: Record<Right, readonly [Extent, Extent, Extent, Extent, Extent]> = {
  viewLibrary: ['household', 'own', 'own-shown', 'no', 'no'],
  viewShared: ['yes', 'yes', 'yes', 'yes', 'link'],
  download: ['yes', 'yes', 'yes', 'no', 'no'],
  useShares: ['as-shared', 'as-shared', 'share-download', 'as-shared', 'as-shared'],
  upload: ['any-read-write', 'own-read-write', 'no', 'no', 'no'],
  changePhotos: ['yes', 'own-read-write', 'no', 'no', 'no'],
  overlay: ['yes', 'yes', 'some', 'no', 'no'],
  share: ['yes', 'if-on', 'no', 'no', 'no'],
  webdav: ['if-on', 'if-on', 'no', 'no', 'no'],
  jobs: ['yes', 'own', 'no', 'no', 'no'],
  administer: ['yes', 'no', 'no', 'no', 'no'],
  superAdminister: ['if-super', 'no', 'no', 'no', 'no'],
  preferences: ['yes', 'yes', 'yes', 'yes', 'session'],
}
const COLUMNS = [...ROLES, 'visitor'] as const
const rights = Object.keys(TABLE) as Right[] // its keys are its rights

/** What of it shows today: shares have no procedures yet, of uploads only `may` is told, and a visitor has no door. */
function shown(right: Right, who: Who, extent: Extent): string | undefined {
  if (right === 'useShares') return undefined
  if (who === 'visitor') return 'no'
  if (right === 'upload' && extent !== 'no') return 'may'
  if (extent === 'if-super') return who === 'admin' ? 'no' : 'yes'
  return extent
}

/** Who stands for which column: a super admin is an admin, whatever its role says. */
const STANDS_FOR = {
  admin: 'admin',
  super: 'admin',
  unknownRoleWithFlag: 'admin',
  user: 'user',
  viewer: 'viewer',
  guest: 'guest',
  visitor: 'visitor',
} as const satisfies Partial<Record<Who, (typeof COLUMNS)[number]>>

const WITH_ROLE = ['admin', 'super', 'unknownRoleWithFlag', 'user', 'viewer', 'guest'] as const
const ADMINS = ['admin', 'super', 'unknownRoleWithFlag'] as const

let world: World
/** A caller that has just come in, so that everything is read afresh. */
const fresh = (who: Who): Promise<Caller> =>
  who === 'visitor' ? Promise.resolve(world.callers.visitor) : world.as(world.idOf(who))
const account = (who: Who, change: object) =>
  world.get(world.callers.operator, 'accounts.update', { id: world.idOf(who), ...change })
const flags = (given: Partial<Record<Flag, boolean>>) =>
  world.get(world.callers.operator, 'flags.set', { flags: given })

beforeAll(async () => {
  world = await makeWorld()
  await flags({ webdav: true })
  for (const who of WITH_ROLE) await account(who, { webdav: true })
}, 60_000)
afterAll(() => world.close())

describe('each cell of the table, tried through the API', () => {
  const whos = [...(Object.keys(STANDS_FOR) as (keyof typeof STANDS_FOR)[])] // its keys are principals
  const seen: Partial<Record<Who, Partial<Record<Right, string>>>> = {}
  beforeAll(async () => {
    for (const who of [...whos, 'unknownRole'] as const) {
      const switched = async (change: object) => {
        if (who !== 'visitor') await account(who, change)
        return fresh(who)
      }
      seen[who] = await observe(world, await fresh(who), switched)
      await switched({ webdav: true, mayShare: true })
    }
  }, 120_000)

  for (const right of rights)
    for (const who of whos) {
      const column = COLUMNS.indexOf(STANDS_FOR[who])
      test(`${right}: ${who} ${TABLE[right][column]}`, () => {
        const extent = TABLE[right][column] ?? 'no'
        expect(RIGHTS[right][STANDS_FOR[who]]).toBe(extent)
        expect(seen[who]?.[right]).toBe(shown(right, who, extent))
      })
    }

  test('a role that this version does not know has nothing of it', () => {
    expect(new Set(Object.values(seen.unknownRole ?? {}))).toEqual(new Set(['no']))
  })
  test('the table has no other rows', () => expect(Object.keys(RIGHTS).sort()).toEqual([...rights].sort()))
})

/** What follows from the table with everything on: all that an account is told it may. */
const VIEWER = ['viewLibrary', 'viewShared', 'download', 'favourite', 'rate'] as const
const USER = [
  ...VIEWER,
  ...['viewHidden', 'upload', 'uploadToShare', 'import', 'archive', 'setPrivate', 'trash', 'correct'],
  ...['caption', 'tag', 'captionForAll', 'tagForAll', 'album', 'people', 'share', 'webdav', 'ownJobs'],
]
const ADMIN = [...USER, 'viewHousehold', 'administer']
const HELD: Record<(typeof WITH_ROLE)[number], readonly string[]> = {
  guest: ['viewShared', 'uploadToShare'],
  viewer: VIEWER,
  user: USER,
  admin: ADMIN,
  super: [...ADMIN, 'superAdminister'],
  unknownRoleWithFlag: [...ADMIN, 'superAdminister'],
}
const without = (names: readonly string[], taken: readonly string[]) =>
  names.filter((name) => !taken.includes(name)).sort()

test.each(WITH_ROLE)('with everything on, %s is told what the table gives', async (who) => {
  expect(await heldBy(world, await fresh(who))).toEqual(without(HELD[who], []))
})
test('every capability is somebody’s', () => {
  expect(without(HELD.super, [])).toEqual([...CAPABILITIES].sort())
})

/** What each feature takes away when it is off. Those with nothing have a meaning of their own, or none yet. */
const TAKES: Record<Flag, readonly Capability[]> = {
  albums: ['album'],
  archive: ['archive'],
  delete: ['trash'],
  download: ['download'],
  edit: ['correct'],
  favourites: ['favourite'],
  folders: [],
  import: ['import'],
  people: ['people'],
  places: [],
  private: ['setPrivate'],
  ratings: ['rate'],
  search: [],
  share: ['share'],
  tags: ['tag', 'tagForAll'],
  upload: ['upload', 'uploadToShare'],
  videos: [],
  webdav: ['webdav'],
  lan: [],
  registration: [],
}

describe('a feature that is off is taken from everyone, super admins included', () => {
  test.each(FLAGS)('%s', async (flag) => {
    const { flags: before } = await world.get(world.callers.operator, 'flags.get', {})
    await flags({ [flag]: false })
    for (const who of WITH_ROLE)
      expect(await heldBy(world, await fresh(who)), who).toEqual(without(HELD[who], TAKES[flag]))
    await flags({ [flag]: before[flag] })
    for (const who of WITH_ROLE)
      expect(await heldBy(world, await fresh(who)), who).toHaveLength(HELD[who].length)
  })

  const REFUSES: [Flag, string, (id: number) => object][] = [
    ['download', 'media.open', (id) => ({ id, kind: 'original', version: '1' })],
    ['archive', 'photos.update', (id) => ({ ids: [id], archived: true })],
    ['private', 'photos.update', (id) => ({ ids: [id], private: true })],
  ]
  test.each(REFUSES)('%s refuses %s with its reason and is not offered', async (flag, procedure, input) => {
    await flags({ [flag]: false })
    for (const who of [...ADMINS, 'user'] as const) {
      const caller = await fresh(who)
      const answer = await world.call(caller, procedure, input(world.photo.own))
      const error = expect.objectContaining({ code: 'forbidden', reason: 'switched_off' })
      expect(answer, who).toEqual({ ok: false, error })
      expect(await mayWith(world, caller, 'own')).toMatchObject({ [flag]: false })
    }
    await flags({ [flag]: true })
  })
  test.each([
    ['places', 'gps'],
    ['folders', 'folder'],
  ] as const)('%s off: photos.get tells no %s', async (flag, field) => {
    const { services, photo } = world
    const place = { latitude: 47.1, longitude: 8.2 }
    await services.db.write((tx) => tx.update(photos).set(place).where(eq(photos.id, photo.own)))
    const told = async () => {
      const of: unknown[] = []
      for (const who of [...ADMINS, 'user', 'viewer'] as const)
        of.push((await world.get(await fresh(who), 'photos.get', { id: photo.own }))[field])
      return of
    }
    expect(await told()).not.toContain(null)
    await flags({ [flag]: false })
    expect(new Set(await told())).toEqual(new Set([null]))
    await flags({ [flag]: true })
  })
  test('an admin’s username is told to admins alone, where there is no display name', async () => {
    const seenBy = async (who: Who) =>
      (await world.get(await fresh(who), 'photos.get', { id: world.photo.own })).seenBy
    const of = (seers: { accountId: number; name: string | null }[]) =>
      seers.find(({ accountId }) => accountId === world.idOf('super'))?.name
    await account('super', { name: '' })
    for (const who of ['viewer', 'user'] as const) expect(of(await seenBy(who)), who).toBeNull()
    expect(of(await seenBy('admin'))).toBe('a.super')
    await account('super', { name: 'Sue' })
    expect(of(await seenBy('viewer'))).toBe('Sue')
  })
  test('both marks off: nobody gets as far as the photo', async () => {
    await flags({ archive: false, private: false })
    const answer = await world.call(await fresh('super'), 'photos.update', { ids: [999_999], archived: true })
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden', reason: 'switched_off' } })
    await flags({ archive: true, private: true })
  })

  test.each(['private', 'archive'] as const)('%s off: what is hidden stays hidden', async (flag) => {
    await flags({ [flag]: false })
    const hidden: PhotoName[] = ['private', 'archived']
    for (const name of hidden) {
      expect((await world.call(await fresh('viewer'), 'photos.get', { id: world.photo[name] })).ok).toBe(
        false,
      )
      expect((await world.call(await fresh('user'), 'photos.get', { id: world.photo[name] })).ok).toBe(true)
    }
    await flags({ [flag]: true })
  })
})

describe('an account’s own switches', () => {
  test.each(WITH_ROLE)('may share: %s', async (who) => {
    await account(who, { mayShare: false })
    const takes = who === 'user' ? ['share'] : []
    expect(await heldBy(world, await fresh(who))).toEqual(without(HELD[who], takes))
    await account(who, { mayShare: true })
  })
  test.each(WITH_ROLE)('WebDAV: %s', async (who) => {
    await account(who, { webdav: false })
    expect(await heldBy(world, await fresh(who))).toEqual(without(HELD[who], ['webdav']))
    await account(who, { webdav: true })
  })
  test.each(['mayLogIn', 'mustChangePassword'] as const)('%s: everything, from everyone', async (name) => {
    for (const who of WITH_ROLE) {
      await account(who, { [name]: name === 'mustChangePassword' })
      expect(await heldBy(world, await fresh(who)), who).toEqual([])
      await account(who, { [name]: name !== 'mustChangePassword' })
    }
  })
})
