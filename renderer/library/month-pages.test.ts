import { expect, test } from 'vitest'
import type { MonthPayload } from '../../electron/contract/photos.ts'
import { MONTH_PAGE } from '../../electron/contract/values.ts'
import { type AskPage, readPages, readStretches } from './month-pages.ts'

interface Taken {
  id: number
  takenAt: string
}

/** A server with these photos; every second one is a favourite. `asked` holds where pages began. */
function serverOf(photos: Taken[]) {
  const asked: (Taken | undefined)[] = []
  const ask: AskPage = async (after) => {
    asked.push(after)
    const sorted = photos.toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
    const page = sorted.filter((photo) => !after || isBefore(after, photo)).slice(0, MONTH_PAGE)
    return payloadOf(page)
  }
  return { ask, asked }
}

const isBefore = (a: Taken, b: Taken) => a.takenAt > b.takenAt || (a.takenAt === b.takenAt && a.id > b.id)

const payloadOf = (photos: readonly Taken[]): MonthPayload => ({
  ids: photos.map(({ id }) => id),
  versions: photos.map(({ id }) => id),
  takenAt: photos.map(({ takenAt }) => takenAt),
  ratios: photos.map(({ id }) => id),
  thumbhashes: photos.map(({ id }) => String(id)),
  states: photos.map(() => 'ready'),
  kinds: photos.map(() => 'image'),
  may: [],
  mayOf: photos.map(({ id }) => id % 3),
  favourites: photos.filter(({ id }) => id % 2).map(({ id }) => id),
})

/** Photos at parts (0 to 1) of July 2019. */
const at = (parts: readonly number[]): Taken[] =>
  parts.map((part, index) => ({
    id: index + 1,
    takenAt: new Date(Date.UTC(2019, 6, 1) + Math.floor(part * 31 * 86_400) * 1000)
      .toISOString()
      .slice(0, -1),
  }))

/** Numbers from 0 to 1 that are always the same. */
function randoms(count: number): number[] {
  let seed = 7
  return Array.from({ length: count }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  })
}

const many = randoms(23_456)

test.each([
  ['spread evenly', many],
  ['at the month’s beginning', many.map((part) => part ** 9)],
  ['at its end', many.map((part) => 1 - part ** 9)],
  ['all at one moment', many.map(() => 0.5)],
  ['at midnights alone', many.map((part) => Math.floor(part * 31) / 31)],
  ['of one page exactly', many.slice(0, MONTH_PAGE)],
  ['of few', many.slice(0, 7)],
  ['of none', []],
])('a month %s comes whole and in order, whichever way it is read', async (_, parts) => {
  const photos = at(parts)
  const { ids } = payloadOf(photos.toSorted((a, b) => (isBefore(a, b) ? -1 : 1)))
  for (const read of [readPages, (ask: AskPage) => readStretches(ask, '2019-07')]) {
    const whole = await read(serverOf(photos).ask)
    expect(whole.ids).toEqual(ids)
    expect(whole.versions).toEqual(ids)
    expect(whole.ratios).toEqual(ids)
    expect(whole.thumbhashes).toEqual(ids.map(String))
    expect(whole.mayOf).toEqual(ids.map((id) => id % 3))
    expect(whole.favourites).toEqual(ids.filter((id) => id % 2))
    for (const column of [whole.takenAt, whole.states, whole.kinds]) expect(column).toHaveLength(ids.length)
  }
})

test('a large month is read in stretches side by side, one a little over a page is not', async () => {
  const large = serverOf(at(many))
  await readStretches(large.ask, '2019-07')
  expect(large.asked.slice(1, 3).map((after) => after?.id)).toEqual([expect.any(Number), 1])
  expect(large.asked.length).toBeLessThanOrEqual(Math.ceil(many.length / MONTH_PAGE) + 2)
  const small = serverOf(at(many.slice(0, MONTH_PAGE + 500)))
  await readStretches(small.ask, '2019-07')
  expect(small.asked).toHaveLength(2)
})

test('what is added or removed meanwhile doubles or drops none of the others', async () => {
  const photos = at(many)
  const { ask } = serverOf(photos)
  let calls = 0
  const whole = await readStretches(async (after) => {
    calls += 1
    const page = await ask(after)
    photos.push(...at([many[calls] ?? 0]).map((photo) => ({ ...photo, id: 100_000 + calls })))
    photos.splice(calls * 1000, 1)
    return page
  }, '2019-07')
  expect(new Set(whole.ids).size).toBe(whole.ids.length)
  const kept = photos.filter(({ id }) => id < 100_000).map(({ id }) => id)
  const read = new Set(whole.ids)
  expect(kept.filter((id) => !read.has(id))).toEqual([])
})
