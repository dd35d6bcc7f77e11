import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../../../test/access-matrix/world.ts'
import type { ClientHint } from '../../contract/events.ts'
import type { Marks } from '../../contract/photos.ts'
import { photos } from '../../db/schema.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 60_000)
afterAll(() => world.close())

/** What open windows of these accounts are told while something is done. */
async function hintsDuring(whos: readonly ('viewer' | 'user' | 'olga')[], work: () => Promise<unknown>) {
  const heard: Record<string, ClientHint['topic'][]> = {}
  const ends: (() => void)[] = []
  for (const who of whos) {
    const { principal } = who === 'olga' ? await world.as(world.olgaId) : world.callers[who]
    heard[who] = []
    ends.push(world.services.hints.subscribe(principal, ({ topic }) => heard[who]?.push(topic)))
  }
  await work()
  // hints are coalesced over 150 ms; one more of every kind comes last and shows that all before were told
  world.services.announce({ topic: 'settings' })
  await expect.poll(() => whos.every((who) => heard[who]?.includes('settings'))).toBe(true)
  for (const end of ends) end()
  return Object.fromEntries(whos.map((who) => [who, heard[who]?.includes('library')]))
}

const mark = (input: Marks) => world.get(world.callers.user, 'photos.update', input)

test('those who reach the photos are told, others are not; nobody where nothing changed', async () => {
  const ids = [world.photo.own, world.photo.offline]
  const all = ['viewer', 'user', 'olga'] as const
  const told = { viewer: true, user: true, olga: false }
  expect(await hintsDuring(all, () => mark({ ids, archived: true }))).toEqual(told)
  expect(await hintsDuring(all, () => mark({ ids, archived: true }))).toEqual({
    viewer: false,
    user: false,
    olga: false,
  })
  expect(await hintsDuring(all, () => mark({ ids, archived: false }))).toEqual(told)
})

test('answers what was marked otherwise before, each once, whichever mark differs; undoing brings it all back', async () => {
  const { own, archived, private: hidden } = world.photo
  const { db } = world.services
  const marks = () =>
    db.read
      .select({ id: photos.id, archived: photos.archived, private: photos.private })
      .from(photos)
      .orderBy(photos.id)
  const before = await marks()
  const first = await mark({ ids: [own, own, archived], archived: true })
  expect(first).toEqual({ changed: [own], undo: [{ ids: [own], archived: false }] })
  const second = await mark({ ids: [own, archived, hidden], archived: true, private: true })
  expect(second.changed.sort()).toEqual([own, archived, hidden].sort())
  for (const input of [...second.undo, ...first.undo]) await mark(input)
  expect(await marks()).toEqual(before)
})

test('a mark is needed, one photo at least, 500 at most', async () => {
  const ids = Array.from({ length: 501 }, (_, index) => index + 1)
  for (const input of [{ ids: [world.photo.own] }, { ids: [], archived: true }, { ids, archived: true }]) {
    const answer = await world.call(world.callers.user, 'photos.update', input)
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } })
  }
  expect(
    await world.call(world.callers.user, 'photos.update', { ids: ids.slice(1), archived: true }),
  ).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
})

test('whose session ended while the request was on its way changes nothing', async () => {
  const id = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
  const caller = await world.as(id)
  await world.get(world.callers.operator, 'accounts.update', { id, role: 'viewer' })
  // the caller as it was found before
  const answer = await world.call(caller, 'photos.update', { ids: [world.photo.own], archived: true })
  expect(answer).toMatchObject({ ok: false, error: { code: 'unauthenticated' } })
})
