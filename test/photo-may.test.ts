import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PHOTO_ACTIONS, type PhotoAction, type PhotoMay, type View } from '../electron/contract/photos.ts'
import { photos } from '../electron/db/schema.ts'
import { makeWorld, PHOTOS, type PhotoName, WHO, type Who, type World } from './access-matrix/world.ts'
import { mayWith } from './rights/observe.ts'
import { callerOf } from './support/household.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 60_000)
afterAll(() => world.close())

const MEMBERS = ['guest', 'viewer', 'user', 'admin', 'super', 'unknownRoleWithFlag'] as const

describe('what is offered is done, what is not offered is refused', () => {
  /** Each changes nothing: the marks are set to what they are. */
  const tries: [PhotoAction, string, (id: number, name: PhotoName) => object][] = [
    ['download', 'media.open', (id) => ({ id, kind: 'original', version: '1' })],
    ['archive', 'photos.update', (id, name) => ({ ids: [id], archived: name === 'archived' })],
    ['private', 'photos.update', (id, name) => ({ ids: [id], private: name === 'private' })],
  ]
  for (const who of WHO)
    for (const name of PHOTOS)
      test(`${who} · ${name}`, async () => {
        const may = await mayWith(world, world.callers[who], name)
        for (const [action, procedure, input] of tries) {
          const answer = await world.call(world.callers[who], procedure, input(world.photo[name], name))
          expect(answer.ok, action).toBe(may?.[action] ?? false)
        }
      })
})

/** All that is offered with a photo, by who and which. */
describe('what is offered', () => {
  const overlay: PhotoAction[] = ['favourite', 'rate', 'caption', 'tag', 'album']
  const changes: PhotoAction[] = ['edit', 'archive', 'private', 'captionForAll', 'tagForAll']
  const offered = async (who: Who, name: PhotoName) => {
    const may = await mayWith(world, world.callers[who], name)
    return may && PHOTO_ACTIONS.filter((action) => may[action])
  }
  const inOrder = (actions: PhotoAction[]) => PHOTO_ACTIONS.filter((action) => actions.includes(action))

  test.each([
    ['viewer', 'own', ['download', 'favourite', 'rate']],
    ['viewer', 'offline', ['favourite', 'rate']],
    ['user', 'own', ['download', ...changes, 'trash', 'share', ...overlay]],
    ['user', 'shared', ['download', ...overlay]],
    ['user', 'private', ['download', ...changes, 'trash', ...overlay]],
    ['user', 'archived', ['download', ...changes, 'trash', 'share', ...overlay]],
    ['user', 'trashed', ['download', ...changes, ...overlay]],
    ['user', 'offline', [...changes, 'share', ...overlay]],
    ['admin', 'shared', ['download', ...changes, 'trash', 'share', ...overlay]],
    ['admin', 'foreign', ['download', ...changes, 'trash', 'share', ...overlay]],
    ['unknownRoleWithFlag', 'foreign', ['download', ...changes, 'trash', 'share', ...overlay]],
  ] satisfies [Who, PhotoName, PhotoAction[]][])('%s · %s', async (who, name, actions) => {
    expect(await offered(who, name)).toEqual(inOrder(actions))
  })
})

test.each(MEMBERS)('pages tell %s of each photo what the photo itself tells', async (who) => {
  const caller = world.callers[who]
  for (const view of ['mine', 'everyone'] as const) {
    const months = await world.call(caller, 'timeline.months', { view })
    if (!months.ok) continue
    for (const { month } of (months.value as { months: { month: string }[] }).months) {
      const page = await world.get(caller, 'timeline.month', { month, view })
      const answers: (PhotoMay | undefined)[] = page.ids.map((_, index) => page.may[page.mayOf?.[index] ?? 0])
      for (const [index, id] of page.ids.entries())
        expect(answers[index]).toEqual((await world.get(caller, 'photos.get', { id })).may)
      expect(page.may.length).toBe(new Set(page.may.map((may) => JSON.stringify(may))).size)
      if (page.mayOf) expect(page.mayOf).toHaveLength(page.ids.length)
    }
  }
})

test.each(PHOTOS)('who is said to see a photo does: %s', async (name) => {
  const input = { id: world.photo[name] }
  const gone = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
  await world.get(world.callers.operator, 'accounts.remove', { id: gone })
  const { accounts } = await world.get(world.callers.operator, 'accounts.list', {})
  const seers: number[] = []
  for (const { id } of [...accounts, { id: gone }]) {
    const caller = await world.as(id)
    const { principal } = caller
    if (principal.kind !== 'account') continue
    const settled = callerOf({ ...principal, mustChangePassword: false })
    if ((await world.call(settled, 'photos.get', input)).ok) seers.push(id)
  }
  const told = await world.call(world.callers.super, 'photos.get', input)
  if (name === 'missing') {
    expect([told.ok, seers]).toEqual([false, []])
    return
  }
  expect(told.ok).toBe(true)
  const { seenBy } = await world.get(world.callers.super, 'photos.get', input)
  expect(seenBy.map(({ accountId }) => accountId).sort()).toEqual(seers.sort())
  expect(seers.length).toBeGreaterThan(3)
  const granted = new Set(
    accounts.flatMap(({ id, folders }) => (folders.length > 0 && id !== world.olgaId ? [id] : [])),
  )
  const isTheirs = (id: number) => (name === 'foreign' ? id === world.olgaId : granted.has(id))
  for (const { accountId, by } of seenBy) expect(by).toBe(isTheirs(accountId) ? 'folder' : 'household')
})

test('who will see photos that are hidden is told before, and of how many', async () => {
  const { super: by } = world.callers
  const told = async (...ids: number[]) => (await world.get(by, 'photos.seenWhenHidden', { ids })).seenBy
  const { own, foreign } = world.photo
  const hidden = await world.get(by, 'photos.get', { id: world.photo.private })
  expect(await told(own)).toEqual(hidden.seenBy.map((seer) => ({ ...seer, count: 1 })))
  const both = await told(own, foreign, own)
  const olga = both.find(({ accountId }) => accountId === world.olgaId)
  expect(olga).toMatchObject({ by: 'folder', count: 1 })
  // admins see both, those of their own folder by that
  const admins = both.filter(({ count }) => count === 2).map(({ accountId }) => accountId)
  expect(admins.sort()).toEqual(
    (await told(foreign))
      .flatMap(({ accountId, by: how }) => (how === 'household' ? [accountId] : []))
      .sort(),
  )
  // whoever views for a role is not among them
  expect(both.map(({ accountId }) => accountId)).not.toContain(world.idOf('viewer'))
})

describe('views', () => {
  const idsOf = async (who: Who, view: View) => {
    const caller = world.callers[who]
    const { months } = await world.get(caller, 'timeline.months', { view })
    const ids: number[] = []
    for (const { month } of months)
      ids.push(...(await world.get(caller, 'timeline.month', { month, view })).ids)
    expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length)
    return ids.sort()
  }
  test('one account’s is what is granted to it, looked at with the admin’s rights', async () => {
    for (const who of ['admin', 'super', 'unknownRoleWithFlag'] as const)
      expect(await idsOf(who, { accountId: world.olgaId })).toEqual([world.photo.foreign])
    expect(await idsOf('admin', { accountId: world.idOf('guest') })).toEqual(await idsOf('user', 'mine'))
    const view = { accountId: world.idOf('viewer') }
    const [{ month } = { month: '' }] = (await world.get(world.callers.admin, 'timeline.months', { view }))
      .months
    const page = await world.get(world.callers.admin, 'timeline.month', { month, view })
    expect(page.may.every(({ edit }) => edit)).toBe(true)
  })
  test('a deleted account has none, whatever is kept of it', async () => {
    const id = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
    await world.get(world.callers.operator, 'accounts.remove', { id })
    const answer = await world.call(world.callers.super, 'timeline.months', { view: { accountId: id } })
    expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })
})

test('videos that are switched off are nowhere, for nobody', async () => {
  const { db } = world.services
  const set = (kind: 'image' | 'video') =>
    db.write((tx) => tx.update(photos).set({ kind }).where(eq(photos.id, world.photo.own)))
  const counted = async (view: View) => {
    const caller = await world.as(world.idOf('super'))
    const { months } = await world.get(caller, 'timeline.months', { view })
    const ids: number[] = []
    for (const { month } of months)
      ids.push(...(await world.get(caller, 'timeline.month', { month, view })).ids)
    expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length)
    return ids.includes(world.photo.own)
  }
  const reached = async () => {
    const caller = await world.as(world.idOf('super'))
    const id = world.photo.own
    const answers = [
      await world.call(caller, 'photos.get', { id }),
      await world.call(caller, 'media.open', { id, kind: 'thumb', version: '1' }),
      await world.call(caller, 'media.open', { id, kind: 'original', version: '1' }),
      await world.call(caller, 'photos.update', { ids: [id], archived: false }),
    ]
    return answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))
  }
  const flag = (videos: boolean) => world.get(world.callers.super, 'flags.set', { flags: { videos } })
  await set('video')
  expect([await counted('mine'), await counted('everyone'), new Set(await reached())]).toEqual([
    true,
    true,
    new Set(['ok']),
  ])
  await flag(false)
  expect([await counted('mine'), await counted('everyone'), new Set(await reached())]).toEqual([
    false,
    false,
    new Set(['not_found']),
  ])
  await set('image')
  expect([await counted('mine'), await counted('everyone')]).toEqual([true, true])
  await flag(true)
})
