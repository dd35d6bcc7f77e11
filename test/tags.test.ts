import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { makeWorld, type World } from './access-matrix/world.ts'

let world: World
let ada: Caller
let ids: [number, number, number]
beforeAll(async () => {
  world = await makeWorld()
  ids = [world.photo.own, world.photo.private, world.photo.archived]
}, 60_000)
afterAll(() => world.close())

/** An account without any tags yet, and what of tags it sees: each by its path, with the photos that have it. */
async function somebody() {
  const id = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
  ada = await world.as(id)
  return id
}
const tag = (photo: number, ...paths: string[]) =>
  world.get(ada, 'photos.tag', { ids: [photo], add: paths.map((path) => path.split('/')) })
const list = async () => (await world.get(ada, 'tags.list', {})).tags
async function idOf(path: string): Promise<number> {
  let parentId: number | null = null
  for (const name of path.split('/')) {
    const found: { id: number } | undefined = (await list()).find(
      (one) => one.parentId === parentId && one.name === name && !one.shared,
    )
    parentId = found?.id ?? 0
  }
  return parentId ?? 0
}
const tagsOf = async (photo: number, by = ada) =>
  (await world.get(by, 'photos.get', { id: photo })).tags.map(({ path }) => path.join('/'))
const all = () => Promise.all(ids.map((id) => tagsOf(id)))

test('the list tells the tree, parents first, with counts of what is shown', async () => {
  await somebody()
  const [own, hidden] = ids
  await tag(own, 'Trips/Oslo', 'Trips/Rome', 'Sea')
  await tag(hidden, 'Trips')
  const told = (await list()).map(({ name, count, deepCount }) => [name, count, deepCount])
  expect(told).toEqual([
    ['Sea', 1, 1],
    // the private one is on no timeline, and one photo with two tags is one
    ['Trips', 0, 1],
    ['Oslo', 1, 1],
    ['Rome', 1, 1],
  ])
})

describe('a tag that is renamed or moved', () => {
  test('takes those below along', async () => {
    await somebody()
    await tag(ids[0], 'a/b/c')
    expect(await world.get(ada, 'tags.update', { id: await idOf('a/b'), name: ' B ' })).toMatchObject({
      merged: false,
    })
    expect(await tagsOf(ids[0])).toEqual(['a/B/c'])
    await world.get(ada, 'tags.update', { id: await idOf('a/B'), parentId: null })
    expect(await tagsOf(ids[0])).toEqual(['B/c'])
  })

  test('becomes the one that has that name, with all below them', async () => {
    await somebody()
    await tag(ids[0], 'x', 'x/1', 'x/1/deep', 'x/2')
    await tag(ids[1], 'y', 'y/1', 'y/3', 'x')
    await tag(ids[2], 'y', 'y/1/deep')
    const y = await idOf('y')
    expect(await world.get(ada, 'tags.update', { id: await idOf('x'), name: 'y' })).toEqual({
      id: y,
      merged: true,
    })
    expect(await all()).toEqual([
      ['y', 'y/1', 'y/1/deep', 'y/2'],
      ['y', 'y/1', 'y/3'],
      ['y', 'y/1/deep'],
    ])
    expect((await list()).map(({ name }) => name)).toEqual(['y', '1', 'deep', '2', '3'])
  })

  test('becomes the one above it', async () => {
    await somebody()
    await tag(ids[0], 'a/a', 'a/a/a', 'a/a/b')
    await tag(ids[1], 'a/b')
    await world.get(ada, 'tags.update', { id: await idOf('a/a'), parentId: null })
    expect(await all()).toEqual([['a', 'a/a', 'a/b'], ['a/b'], []])
  })

  test('lies never in itself, in another account’s, among those for everyone, or too deep', async () => {
    await somebody()
    await tag(ids[0], 'theirs')
    const theirs = await idOf('theirs')
    await world.get(world.callers.super, 'photos.tag', { ids: [ids[0]], add: [['ours']], shared: true })
    const ours = (await list()).find(({ name }) => name === 'ours')?.id ?? 0
    await somebody()
    const deep = Array.from({ length: 19 }, (_, n) => `${n}`).join('/')
    await tag(ids[0], 'a/b/c', deep)
    const a = await idOf('a')
    const refused = async (parentId: number) => {
      const answer = await world.call(ada, 'tags.update', { id: a, parentId })
      return answer.ok ? 'ok' : (answer.error.fields?.parentId ?? answer.error.code)
    }
    expect(await refused(a)).toBe('nested_in_itself')
    expect(await refused(await idOf('a/b/c'))).toBe('nested_in_itself')
    expect(await refused(theirs)).toBe('not_found')
    expect(await refused(ours)).toBe('not_found')
    expect(await refused(await idOf(deep))).toBe('nested_too_deep')
    await world.get(world.callers.super, 'tags.remove', { id: ours })
  })

  test('for everyone, is changed by admins, and all are told', async () => {
    await somebody()
    await world.get(ada, 'photos.tag', { ids: [ids[0]], add: [['Everyone’s']], shared: true })
    const [tagId = 0] = (await world.get(ada, 'photos.get', { id: ids[0] })).tags
      .filter(({ path }) => path[0] === 'Everyone’s')
      .map(({ id }) => id)
    expect(await world.call(ada, 'tags.update', { id: tagId, name: 'x' })).toMatchObject({
      error: { code: 'forbidden' },
    })
    const heard: string[] = []
    const end = world.services.hints.subscribe(ada.principal, ({ topic }) => heard.push(topic))
    await world.get(world.callers.admin, 'tags.update', { id: tagId, name: 'All of ours' })
    await expect.poll(() => heard).toContain('overlay')
    end()
    expect(await tagsOf(ids[0])).toContain('All of ours')
    await world.get(world.callers.admin, 'tags.remove', { id: tagId })
    expect(await tagsOf(ids[0])).not.toContain('All of ours')
  })
})

test('a tag that is removed goes from every photo with those below it; undoing puts them all on again', async () => {
  await somebody()
  await tag(ids[0], 'a', 'a/b', 'z')
  await tag(ids[1], 'a/b', 'a/c')
  await tag(ids[2], 'z')
  const before = await all()
  const { photos, undo } = await world.get(ada, 'tags.remove', { id: await idOf('a') })
  expect(photos).toBe(2)
  expect(await all()).toEqual([['z'], [], ['z']])
  expect((await list()).filter(({ shared }) => !shared).map(({ name }) => name)).toEqual(['z'])
  for (const input of undo) await world.get(ada, 'photos.tag', input)
  expect(await all()).toEqual(before)
})
