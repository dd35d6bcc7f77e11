import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../../../test/access-matrix/world.ts'
import { cameraExif, makePicture } from '../../../test/support/pictures.ts'
import type { Input } from '../../contract/contract.ts'
import { corrections, monthCounts, photos } from '../../db/schema.ts'

let world: World
/** Photos with a time in `+02:00`, two days apart, the second one with a place. */
let first: number
let second: number
beforeAll(async () => {
  world = await makeWorld()
  const { own } = world.folders
  await makePicture(`${own}/first.jpg`, { exif: cameraExif({ taken: '2024:03:30 02:30:00' }) })
  const spot = {
    GPSLatitude: '38/1 42/1 0/1',
    GPSLatitudeRef: 'N',
    GPSLongitude: '9/1 6/1 0/1',
    GPSLongitudeRef: 'W',
  }
  await makePicture(`${own}/second.jpg`, {
    exif: { ...cameraExif({ taken: '2024:04:01 02:30:00' }), IFD3: spot },
    colour: '#803030',
  })
  await world.scanAll(world.callers.operator)
  const { ids } = await world.get(world.callers.user, 'timeline.month', { month: '2024-03' })
  first = ids[0] ?? 0
  second = (await world.get(world.callers.user, 'timeline.month', { month: '2024-04' })).ids[0] ?? 0
}, 60_000)
afterAll(() => world.close())
afterEach(async () => {
  await world.get(world.callers.user, 'photos.uncorrect', { ids: [first, second] })
  expect(await world.services.db.read.select().from(corrections)).toEqual([])
})

const correct = (input: Input<'photos.correct'>) => world.get(world.callers.user, 'photos.correct', input)
const refused = (input: unknown) => world.call(world.callers.user, 'photos.correct', input)
const see = (id: number) => world.get(world.callers.user, 'photos.get', { id })
const stateOf = async (...ids: number[]) =>
  (await Promise.all(ids.map(see))).map(({ takenAt, takenOffset, gps, corrected, file }) => ({
    takenAt,
    takenOffset,
    gps,
    corrected,
    file,
  }))

/** The counts that triggers keep are what counting answers. */
async function expectCountsExact() {
  const { read } = world.services.db
  const counted = await read
    .select({ areaId: photos.areaId, shelf: photos.shelf, month: photos.month, count: sql<number>`count(*)` })
    .from(photos)
    .groupBy(photos.areaId, photos.shelf, photos.month)
  const kept = await read.select().from(monthCounts)
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort()
  expect(sorted(kept)).toEqual(sorted(counted))
}

test('a date and a place are put right, told beside what the file says, and taken back', async () => {
  const before = await stateOf(first, second)
  const lisbon = { latitude: 38.7, longitude: -9.1, altitude: 12 }
  const answer = await correct({ ids: [first, second], takenAt: '1999-12-31T23:59:59.999', place: lisbon })
  expect(answer.changed.sort()).toEqual([first, second].sort())
  const [one, two] = await stateOf(first, second)
  expect(one).toEqual({
    takenAt: '1999-12-31T23:59:59.999',
    // as it was: only the clock was told
    takenOffset: '+02:00',
    gps: lisbon,
    corrected: { date: true, place: true },
    file: { takenAt: '2024-03-30T02:30:00.000', takenOffset: '+02:00', gps: null },
  })
  expect(two?.file?.gps).toMatchObject({ latitude: 38.7, longitude: -9.1, altitude: null })
  await expectCountsExact()
  const { months } = await world.get(world.callers.user, 'timeline.months', {})
  expect(months).toContainEqual({ month: '1999-12', count: 2 })
  expect(months.map(({ month }) => month)).not.toContain('2024-04')
  for (const undo of answer.undo) await correct(undo)
  expect(await stateOf(first, second)).toEqual(before)
  await expectCountsExact()
})

test('only the parts that are named change', async () => {
  await correct({ ids: [second], takenAt: '2020-01-01T10:00:00.000' })
  expect((await see(second)).corrected).toEqual({ date: true, place: false })
  await correct({ ids: [second], place: null })
  const { corrected, gps, takenAt } = await see(second)
  expect({ corrected, gps, takenAt }).toEqual({
    corrected: { date: true, place: true },
    gps: null,
    takenAt: '2020-01-01T10:00:00.000',
  })
  await correct({ values: [{ id: second, date: 'file' }] })
  expect(await see(second)).toMatchObject({
    corrected: { date: false, place: true },
    takenAt: '2024-04-01T02:30:00.000',
    gps: null,
  })
})

test('a shift moves each by itself, over months; its undo is exact through several corrections', async () => {
  const states = [await stateOf(first, second)]
  const undos: Input<'photos.correct'>[] = []
  const steps: Input<'photos.correct'>[] = [
    { ids: [first, second], shiftMs: -40 * 86_400_000 + 1500 },
    { ids: [first, second], zone: 'Asia/Kathmandu' },
    { ids: [first], takenAt: '2000-02-29T00:00:00.000', zone: '-03:30' },
    { ids: [second, first], place: { latitude: -90, longitude: 180 } },
    { ids: [first, second], shiftMs: 1 },
  ]
  for (const step of steps) {
    undos.push(...(await correct(step)).undo)
    states.push(await stateOf(first, second))
  }
  expect(states[1]?.map(({ takenAt }) => takenAt)).toEqual([
    '2024-02-19T02:30:01.500',
    '2024-02-21T02:30:01.500',
  ])
  expect(states[2]?.map(({ takenOffset }) => takenOffset)).toEqual(['+05:45', '+05:45'])
  expect(states[5]?.map(({ takenAt }) => takenAt)).toEqual([
    '2000-02-29T00:00:00.001',
    '2024-02-21T02:30:01.501',
  ])
  await expectCountsExact()
  for (const [index, undo] of undos.reverse().entries()) {
    const { undo: redo } = await correct(undo)
    expect(await stateOf(first, second)).toEqual(states[steps.length - 1 - index])
    expect(redo).toHaveLength(1)
  }
  await expectCountsExact()
})

test('a zone is told at each photo’s own time, and what its clocks did not show', async () => {
  const answer = await correct({ ids: [first, second], zone: 'Europe/Berlin', shiftMs: 86_400_000 })
  // the night of 31 March 2024 has no half past two; before, it was +01:00
  expect(answer).toMatchObject({ skipped: 1, repeated: 0 })
  expect(await stateOf(first, second)).toMatchObject([
    { takenAt: '2024-03-31T02:30:00.000', takenOffset: '+01:00' },
    { takenAt: '2024-04-02T02:30:00.000', takenOffset: '+02:00' },
  ])
  const autumn = await correct({ ids: [first], takenAt: '2024-10-27T02:30:00.000', zone: 'Europe/Berlin' })
  expect(autumn).toMatchObject({ skipped: 0, repeated: 1 })
  expect((await see(first)).takenOffset).toBe('+02:00')
})

test('what changes nothing is not told as changed, but that a date is right as it is counts', async () => {
  const takenAt = '2024-03-30T02:30:00.000'
  expect(await correct({ ids: [first, first], takenAt })).toMatchObject({ changed: [first] })
  expect(await correct({ ids: [first], takenAt })).toMatchObject({ changed: [], undo: [] })
  expect(await correct({ ids: [first], shiftMs: 0 })).toMatchObject({ changed: [] })
})

test('all or none', async () => {
  const answer = await refused({ ids: [first, 999_999], shiftMs: 1 })
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } })
  const beyond = await refused({ ids: [first, second], shiftMs: 199 * 366 * 86_400_000 })
  expect(beyond).toMatchObject({ ok: true })
  for (let turn = 0; turn < 39; turn += 1) await refused({ ids: [first], shiftMs: 200 * 365 * 86_400_000 })
  const [before] = await stateOf(second)
  expect(await refused({ ids: [second, first], shiftMs: 200 * 365 * 86_400_000 })).toMatchObject({
    ok: false,
    error: { code: 'invalid', fields: { shiftMs: 'date_out_of_range' } },
  })
  expect(await stateOf(second)).toEqual([before])
})

test.each([
  [{}, { input: 'required' }],
  [{ ids: [1] }, { input: 'required' }],
  [{ ids: [], shiftMs: 1 }, { ids: 'malformed' }],
  [{ shiftMs: 1 }, { input: 'required' }],
  [{ ids: [1], values: [{ id: 1, date: 'file' }] }, { input: 'required' }],
  [{ ids: [1], takenAt: '2024-02-30T00:00:00.000' }, { takenAt: 'date_form' }],
  [{ ids: [1], takenAt: '2024-02-28T00:00:00.000', shiftMs: 1 }, { shiftMs: 'date_or_shift' }],
  [{ ids: [1], zone: 'Mars/Olympus' }, { zone: 'zone_unknown' }],
  [{ ids: [1], shiftMs: 0.5 }, { shiftMs: 'malformed' }],
  [{ ids: [1], place: { latitude: 90.1, longitude: 0 } }, { 'place.latitude': 'malformed' }],
  [{ ids: [1], place: 'file' }, { place: 'malformed' }],
  [{ ids: [1], shiftMs: 1, name: 'x' }, { name: 'unknown_key' }],
])('%j is refused', async (input, fields) => {
  expect(await refused(input)).toMatchObject({ ok: false, error: { code: 'invalid', fields } })
})

test('places that are switched off are neither told nor put right', async () => {
  const { operator, user } = world.callers
  await correct({ ids: [second], place: { latitude: 1, longitude: 2 } })
  await world.get(operator, 'flags.set', { flags: { places: false } })
  const caller = await world.as(world.idOf('user'))
  expect(await world.call(caller, 'photos.correct', { ids: [second], place: null })).toMatchObject({
    ok: false,
    error: { code: 'forbidden', reason: 'switched_off' },
  })
  expect(await world.get(caller, 'photos.get', { id: second })).toMatchObject({
    gps: null,
    corrected: { date: false, place: false },
    file: null,
  })
  await world.get(caller, 'photos.uncorrect', { ids: [second] })
  await world.get(operator, 'flags.set', { flags: { places: true } })
  const { gps } = await world.get(user, 'photos.get', { id: second })
  expect(gps).toEqual({ latitude: 1, longitude: 2, altitude: null })
})

test('500 at once, by value too', async () => {
  const { db } = world.services
  const [row] = await db.read.select().from(photos).where(eq(photos.id, first))
  if (!row) throw new Error('the photo is gone')
  const { id: _, month: __, shelf: ___, ...copy } = row
  const made: number[] = []
  for (let start = 0; start < 500; start += 100)
    await db.write(async (tx) => {
      const rows = Array.from({ length: 100 }, (____, index) => ({
        ...copy,
        takenAt: `2010-01-01T00:00:00.${String(start + index).padStart(3, '0')}`,
      }))
      made.push(...(await tx.insert(photos).values(rows).returning({ id: photos.id })).map(({ id }) => id))
    })
  const place = { latitude: 5, longitude: 6 }
  const answer = await correct({ ids: made, shiftMs: 31 * 86_400_000, place })
  expect(answer.changed).toHaveLength(500)
  await expectCountsExact()
  const back = await correct(answer.undo[0] ?? {})
  expect(back.changed).toHaveLength(500)
  await expectCountsExact()
  const left = await db.read.select().from(photos).where(sql`${photos.takenAt} like '2010-01-01T%'`)
  expect(left).toHaveLength(500)
  expect(left.every(({ latitude }) => latitude === null)).toBe(true)
})

test('those who reach the photos are told', async () => {
  const heard: string[] = []
  const end = world.services.hints.subscribe(world.callers.viewer.principal, ({ topic }) => heard.push(topic))
  await correct({ ids: [first], shiftMs: 1000 })
  await expect.poll(() => heard).toContain('library')
  end()
})
