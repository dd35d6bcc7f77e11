import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeMonth } from '../made-month.ts'
import type { Month } from '../month.ts'
import { CANVAS_LIMIT } from './canvas.ts'
import { tilesTop } from './layout.ts'
import { TimelineModel } from './model.ts'

const VIEWPORT = 800
const monthName = (index: number) =>
  `${2024 - Math.floor(index / 12)}-${String(12 - (index % 12)).padStart(2, '0')}`

/** A library of months whose sizes and shapes vary, and which differ from what is guessed. */
function library(months: number, photos: number): Month[] {
  return Array.from({ length: months }, (_, index) => {
    const ratios = Array.from(
      { length: photos + (index % 5) },
      (_, photo) => [0.7, 1.5, 2.4][(photo * index) % 3] ?? 1,
    )
    return madeMonth(monthName(index), ratios, 1 + (index % 9), index * 1000 + 1)
  })
}

function started(months: readonly Month[], width = 1100) {
  const model = new TimelineModel()
  model.resize(width, VIEWPORT)
  model.setMonths(months.map(({ month, count }) => ({ month, count })))
  return model
}

/** Gives the model what it asks for until it asks for nothing more. */
function load(model: TimelineModel, months: readonly Month[]) {
  for (let before = ''; before !== model.view().wanted.join(); ) {
    before = model.view().wanted.join()
    for (const name of model.view().wanted) {
      const month = months.find((each) => each.month === name)
      if (month) model.setMonth(month)
    }
  }
}

/** Where each photo that is drawn stands on the screen: pixels from its top. */
function onScreen(model: TimelineModel): Map<number, number> {
  const found = new Map<number, number>()
  for (const slice of model.view().slices) {
    if (slice.kind === 'blank') continue
    for (let line = slice.from; line < slice.to; line++) {
      const y = slice.top + tilesTop(slice.layout, line) - model.canvas.scrollTop
      for (let photo = slice.layout.firsts[line] ?? 0; photo < (slice.layout.firsts[line + 1] ?? 0); photo++)
        found.set(slice.data.ids[photo] ?? 0, y)
    }
  }
  return found
}
const visible = (model: TimelineModel) =>
  new Map([...onScreen(model)].filter(([, y]) => y > -100 && y < VIEWPORT))

function wheel(model: TimelineModel, by: number, now: number) {
  const { height, scrollTop } = model.canvas
  model.scrolled(Math.min(Math.max(0, scrollTop + by), height - VIEWPORT), now)
}

describe('what is on screen stays in its place', () => {
  const months = library(40, 120)

  test('while months above it load and turn out of another height', () => {
    const model = started(months)
    model.show({ month: 20, index: 60 }, 'middle')
    load(model, months)
    const before = visible(model)
    expect(before.size).toBeGreaterThan(10)
    for (const month of months.slice(0, 20)) model.setMonth(month)
    expect(visible(model)).toEqual(before)
    model.settle()
    expect(visible(model)).toEqual(before)
  })

  test('while photos arrive above it, in its own month and in new ones', () => {
    const model = started(months)
    model.show({ month: 20, index: 60 }, 'middle')
    load(model, months)
    wheel(model, 77, 1)
    const { anchor } = model
    const month = months[20] ?? madeMonth('2023-04', [], 1)
    const grown = madeMonth(month.month, [...Array(7).fill(1.5), ...month.ratios], 1)
    const ids = [...Array.from({ length: 7 }, (_, index) => 900_000 + index), ...month.ids]
    model.setMonth({ ...grown, ids })
    const newer = { month: '2025-01', count: 500 }
    model.setMonths([newer, ...months.map(({ month: name, count }) => ({ month: name, count }))])
    // its row may hold others now, but the photo at the top stands where it stood
    expect(onScreen(model).get(anchor?.id ?? 0)).toBe(anchor?.offset)
  })

  test('at the very start new photos are shown', () => {
    const model = started(months)
    load(model, months)
    const newer = madeMonth('2025-01', Array(30).fill(1.5), 2, 800_000)
    model.setMonths([newer, ...months].map(({ month, count }) => ({ month, count })))
    load(model, [newer, ...months])
    expect(visible(model).has(800_000)).toBe(true)
    expect(model.canvas.scrollTop).toBe(0)
  })

  test('at another width the photo at the top is still the one at the top', () => {
    const model = started(months)
    model.show({ month: 20, index: 60 }, 'middle')
    load(model, months)
    wheel(model, 333, 1)
    const { anchor } = model
    model.resize(620, VIEWPORT)
    load(model, months)
    expect(onScreen(model).get(anchor?.id ?? 0)).toBe(anchor?.offset)
  })

  test('with rows of another height too, and they are of that height', () => {
    const model = started(months)
    model.show({ month: 20, index: 60 }, 'middle')
    load(model, months)
    wheel(model, 333, 1)
    const { anchor } = model
    const shown = visible(model).size
    model.setDensity('compact')
    load(model, months)
    expect(model.metrics.rowHeight).toBe(140)
    expect(onScreen(model).get(anchor?.id ?? 0)).toBe(anchor?.offset)
    expect(visible(model).size).toBeGreaterThan(shown * 1.5)
    model.setDensity('large')
    expect(model.metrics.rowHeight).toBe(320)
    model.resize(390, VIEWPORT)
    expect(model.metrics.rowHeight).toBe(160)
  })

  test('a later visit begins where the last one ended', () => {
    const model = started(months)
    model.show({ month: 30, index: 5 }, 'middle')
    load(model, months)
    const later = new TimelineModel(model.anchor)
    later.resize(1100, VIEWPORT)
    later.setMonths(months.map(({ month, count }) => ({ month, count })))
    load(later, months)
    expect(visible(later)).toEqual(visible(model))
  })
})

test('scrolling up through months that were only guessed moves by what the wheel says', () => {
  const months = library(40, 120)
  const model = started(months)
  model.show({ month: 39, index: 100 }, 'middle')
  load(model, months)
  for (let turn = 0; turn < 400; turn++) {
    const before = visible(model)
    wheel(model, -90, turn * 16)
    load(model, months)
    if (turn % 10 === 9) model.settle()
    const after = visible(model)
    const moved = new Set(
      [...before].flatMap(([id, y]) => (after.has(id) ? [Math.round((after.get(id) ?? 0) - y)] : [])),
    )
    if (model.anchor !== null) expect([...moved]).toEqual([90])
  }
})

describe('a million photos', () => {
  const months = library(500, 1998)

  test('only what is near the screen is drawn and asked for, wherever that is', () => {
    const model = started(months)
    expect(model.geometry().photos).toBe(1_000_000)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (position) => {
        model.scrub(position)
        model.settle()
        load(model, months)
        expect(onScreen(model).size).toBeLessThan(250)
        expect(visible(model).size).toBeGreaterThan(5)
        expect(model.view().wanted.length).toBeLessThan(4)
        expect(model.canvas.height).toBeLessThanOrEqual(CANVAS_LIMIT)
        expect(model.canvas.scrollTop).toBeGreaterThanOrEqual(0)
        expect(model.canvas.scrollTop).toBeLessThanOrEqual(model.canvas.height - VIEWPORT)
        for (const { month } of model.held.slice(5)) model.forget(month)
      }),
      { numRuns: 40 },
    )
  })

  test('the last photo is reached: by the scrubber, by a key, by the wheel', async () => {
    const last = months.at(-1)?.ids.at(-1) ?? 0
    const ways: ((model: TimelineModel) => void)[] = [
      (model) => model.scrub(1),
      (model) => model.show({ month: 499, index: (months[499]?.count ?? 0) - 1 }, 'nearest'),
      (model) => {
        model.scrub(0.97)
        for (let turn = 0; turn < 300; turn++) wheel(model, 9000, turn * 16)
      },
    ]
    for (const go of ways) {
      const model = started(months)
      go(model)
      model.settle()
      load(model, months)
      // the months turned out taller or lower than guessed: the end is still the end, once all are laid out
      const atEnd = () => {
        wheel(model, 100_000, 1e6)
        model.settle()
        load(model, months)
        return visible(model).has(last)
      }
      await expect.poll(atEnd).toBe(true)
    }
  })

  test('while it flies past, no photos are asked for', () => {
    const model = started(months)
    load(model, months)
    const before = model.view().wanted
    for (let turn = 1; turn < 30; turn++) wheel(model, 9000, turn * 16)
    expect(model.view().fast).toBe(true)
    expect(model.view().wanted).toEqual(before)
    model.settle()
    expect(model.view().wanted).not.toEqual(before)
  })
})

test('a month that lost its last photo is asked for again when one comes back', () => {
  const [month] = library(1, 3)
  if (!month) throw new Error('a library of one month has one')
  const model = started([month])
  load(model, [month])
  expect(onScreen(model).size).toBe(3)

  model.setMonth(madeMonth(month.month, [], 1))
  model.setMonths([])
  expect(onScreen(model).size).toBe(0)
  model.setMonths([{ month: month.month, count: month.count }])
  expect(model.view().wanted).toEqual([month.month])
  load(model, [month])
  expect(onScreen(model).size).toBe(3)
})

test('the focused photo stays drawn when it scrolls out of sight', () => {
  const months = library(10, 120)
  const model = started(months)
  load(model, months)
  model.pin({ month: 0, index: 3 })
  for (let turn = 0; turn < 100; turn++) wheel(model, 100, turn * 16)
  load(model, months)
  expect(visible(model).has(4)).toBe(false)
  expect(onScreen(model).has(4)).toBe(true)
  model.pin(null)
  expect(onScreen(model).has(4)).toBe(false)
})
