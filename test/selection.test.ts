import { eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import type { Input, Output, ProcedureName } from '../electron/contract/contract.ts'
import type { PhotoFilter } from '../electron/contract/photos.ts'
import { accounts, areaAccess, areas, overlays, photos } from '../electron/db/schema.ts'
import { overlayThem } from '../renderer/library/bulk/acts.ts'
import { type Act, runSteps } from '../renderer/library/bulk/run.ts'
import { type Month, packMonth } from '../renderer/library/month.ts'
import { Selecting } from '../renderer/library/selection/selecting.ts'
import type { MonthCount } from '../renderer/library/timeline/geometry.ts'
import { openTestHousehold, type TestHousehold } from './support/household.ts'

// What a bulk action touches is what was shown as selected: the page's own selection and runner, over a real household, while photos arrive,
// vanish and leave the list.

const AREA = 1
const ADA = 100
const BEN = 101
const RATING = 3

let household: TestHousehold
let ada: Caller
let ben: Caller
beforeAll(async () => {
  household = await openTestHousehold()
  await household.services.db.write(async (tx) => {
    const person = { role: 'user', passwordHash: '', createdAt: 0 } as const
    await tx.insert(accounts).values({ ...person, id: ADA, username: 'ada' })
    await tx.insert(accounts).values({ ...person, id: BEN, username: 'ben' })
    const identity = { device: '1', inode: '1', createdAt: 0, registered: true, parentId: null }
    await tx.insert(areas).values({ id: AREA, path: '/pictures/Family', ...identity })
    for (const accountId of [ADA, BEN])
      await tx.insert(areaAccess).values({ accountId, areaId: AREA, access: 'read-write', mayShare: true })
  })
  ada = await household.as(ADA)
  ben = await household.as(BEN)
}, 60_000)
afterAll(() => household.close())

/** A refusal as the page knows it. */
class Refused extends Error {}
async function callAsAda<N extends ProcedureName>(name: N, input: Input<N>): Promise<Output<N>> {
  const result = await household.call(ada, name, input)
  if (!result.ok)
    throw result.error.code === 'not_found' ? new Refused(name) : new Error(JSON.stringify(result))
  return result.value as Output<N> // dispatch has parsed it by this procedure's schema
}
const isGone = (error: unknown) => error instanceof Refused

const MONTHS = ['2024-07', '2024-06', '2024-05', '2023-12']

/** Photos arrive, as a scan adds them: in any of the months. */
async function arrive(count: number, seed: number): Promise<void> {
  await household.services.db.write(async (tx) => {
    for (let index = 0; index < count; index++) {
      const month = MONTHS[(seed + index) % MONTHS.length] ?? ''
      const day = String(1 + ((seed * 7 + index) % 28)).padStart(2, '0')
      const takenAt = `${month}-${day}T10:00:00.000`
      const fixed = {
        kind: 'image',
        state: 'ready',
        takenSource: 'exif',
        mime: 'image/jpeg',
        addedAt: 0,
      } as const
      await tx.insert(photos).values({ areaId: AREA, takenAt, ...fixed })
    }
  })
}

const idsThere = async (): Promise<number[]> =>
  (
    await household.services.db.read.select({ id: photos.id }).from(photos).where(eq(photos.shelf, 'shown'))
  ).map(({ id }) => id)
/** Some of the photos, spread over all. */
const some = (ids: readonly number[], count: number, seed: number) =>
  ids.length === 0
    ? []
    : [...new Set(Array.from({ length: count }, (_, index) => ids[(seed + index * 37) % ids.length] ?? 0))]

/** Photos vanish, as a scan finds them missing. */
async function vanish(count: number, seed: number): Promise<void> {
  const gone = some(await idsThere(), count, seed)
  if (gone.length > 0)
    await household.services.db.write((tx) =>
      tx.update(photos).set({ missingAt: 1 }).where(inArray(photos.id, gone)),
    )
}

/** Ben archives photos: they leave the list, though Ada may still change them. */
async function leave(count: number, seed: number): Promise<void> {
  const ids = some(await idsThere(), count, seed)
  if (ids.length > 0) await household.get(ben, 'photos.update', { ids, archived: true })
}

/** A window that shows a list: what it holds is what it was told last, until it hears of a change. */
class Window {
  readonly #filter: PhotoFilter | undefined
  readonly #held = new Map<string, Month>()
  #months: readonly MonthCount[] = []
  readonly selecting: Selecting

  constructor(filter: PhotoFilter | undefined) {
    this.#filter = filter
    this.selecting = new Selecting({
      months: () => this.#months,
      held: (month) => this.#held.get(month) ?? null,
      load: (month) => this.#read(month),
    })
  }

  /** Hears of a change: what is shown is read again, the newest months being in sight. */
  async hear(): Promise<void> {
    const list = this.#filter ? { filter: this.#filter } : {}
    this.#months = (await callAsAda('timeline.months', list)).months
    this.#held.clear()
    for (const { month } of this.#months.slice(0, 2)) {
      const data = await this.#read(month)
      this.#held.set(month, data)
      this.selecting.selection.follow(data)
    }
    await this.selecting.follow()
  }

  /** A photo that is in sight. */
  spot(seed: number): { month: string; id: number } | null {
    const shown = [...this.#held.values()]
    const data = shown[seed % Math.max(1, shown.length)]
    const id = data?.ids[seed % Math.max(1, data.count)]
    return data && id !== undefined ? { month: data.month, id } : null
  }

  get inSight(): number[] {
    return [...this.#held.values()].flatMap(({ ids }) => ids)
  }

  get shown(): number[] {
    return [...this.selecting.selection.chosen.keys()].sort((a, b) => a - b)
  }

  async #read(month: string): Promise<Month> {
    const list = this.#filter ? { filter: this.#filter } : {}
    return packMonth(month, await callAsAda('timeline.month', { ...list, month }))
  }
}

type Step = { what: (typeof WHAT)[number]; seed: number; count: number }
const WHAT = ['toggle', 'range', 'day', 'all', 'clear', 'arrive', 'vanish', 'leave', 'hear'] as const
const steps = fc.array(
  fc.record({ what: fc.constantFrom(...WHAT), seed: fc.nat(5000), count: fc.integer({ min: 1, max: 9 }) }),
  { minLength: 4, maxLength: 14 },
)

async function take(window: Window, { what, seed, count }: Step): Promise<void> {
  const { selecting } = window
  const spot = window.spot(seed)
  if (what === 'arrive') return arrive(count, seed)
  if (what === 'vanish') return vanish(count, seed)
  if (what === 'leave') return leave(count, seed)
  if (what === 'hear') return window.hear()
  if (what === 'all') return selecting.all()
  if (what === 'clear') return selecting.clear()
  if (!spot) return
  if (what === 'toggle') return selecting.toggle(spot)
  await selecting.extendTo(spot)
}

const rated = async (): Promise<number[]> =>
  (await household.services.db.read.select().from(overlays).where(eq(overlays.rating, RATING)))
    .map(({ photoId }) => photoId)
    .sort((a, b) => a - b)

/** Everything that Ada may still change, shown or hidden. */
const reachable = async () =>
  new Set(
    (
      await household.services.db.read
        .select({ id: photos.id })
        .from(photos)
        .where(inArray(photos.shelf, ['shown', 'archived', 'private']))
    ).map(({ id }) => id),
  )

test('a bulk action touches exactly what was shown as selected, whatever arrives, vanishes or leaves the list', async () => {
  await fc.assert(
    fc.asyncProperty(steps, steps, fc.boolean(), async (before, during, favouritesOnly) => {
      await household.services.db.write((tx) => tx.delete(photos))
      await arrive(700, 1)
      if (favouritesOnly)
        await callAsAda('photos.overlay', { ids: (await idsThere()).slice(0, 450), favourite: true })
      const window = new Window(favouritesOnly ? { by: 'favourites' } : undefined)
      await window.hear()
      for (const step of before) {
        const shown = window.shown
        const earlier = new Set([...(await idsThere()), ...window.inSight])
        await take(window, step)
        // what others do selects nothing, and what one does oneself only what was there or in sight
        if (['arrive', 'vanish', 'leave', 'hear', 'clear'].includes(step.what))
          expect(window.shown.filter((id) => !shown.includes(id))).toEqual([])
        if (step.what === 'arrive') continue
        expect(window.shown.filter((id) => !earlier.has(id) && !shown.includes(id))).toEqual([])
      }
      const shown = window.shown
      const touched: number[] = []
      const rest = [...during]
      const act: Act = async (ids) => {
        const step = rest.shift()
        if (step && ['arrive', 'vanish', 'leave'].includes(step.what)) await take(window, step)
        const did = await overlayThem(callAsAda, { rating: RATING })(ids)
        touched.push(...ids)
        return did
      }
      const outcome = await runSteps([{ ids: shown, act }], { isGone })
      expect(outcome.ended).toBeNull()
      const there = await reachable()
      const now = (await rated()).filter((id) => there.has(id))
      // nothing that was not shown, and all of it that is still there
      expect(now).toEqual(shown.filter((id) => there.has(id)))
      expect(touched.filter((id) => !shown.includes(id))).toEqual([])
      expect(touched.length).toBe(new Set(touched).size)

      const back = await runSteps(outcome.undo, { isGone })
      expect(back.ended).toBeNull()
      expect((await rated()).filter((id) => there.has(id))).toEqual([])
    }),
    { numRuns: 12 },
  )
}, 120_000)

test('a window that heard of all changes shows as selected only what its list holds', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      await household.services.db.write((tx) => tx.delete(photos))
      await arrive(120, 2)
      const window = new Window(undefined)
      await window.hear()
      for (const step of taken) await take(window, step)
      await window.hear()
      const there = new Set(await idsThere())
      expect(window.shown.filter((id) => !there.has(id))).toEqual([])
    }),
    { numRuns: 12 },
  )
}, 120_000)
