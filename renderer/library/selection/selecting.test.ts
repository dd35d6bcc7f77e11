import { describe, expect, test } from 'vitest'
import { madeMonth } from '../made-month.ts'
import type { Month } from '../month.ts'
import { type List, Selecting } from './selecting.ts'

const squares = (count: number) => Array<number>(count).fill(1)
/** Three months of four photos each; ids count up in the list's order. */
const MONTHS = [1, 5, 9].map((firstId, index) => madeMonth(`2024-0${7 - index}`, squares(4), 2, firstId))
const spot = (id: number) => ({ month: `2024-0${7 - Math.floor((id - 1) / 4)}`, id })

interface Shown {
  list: List
  /** the months that are held; others are read when they are needed */
  held: Set<string>
  months: Month[]
  /** what has to be read waits for this */
  gate: Promise<void>
  reads: string[]
}

function shown(held: readonly string[] = ['2024-07', '2024-06', '2024-05']): Shown {
  const find = (name: string) => state.months.find(({ month }) => month === name) ?? null
  const state: Shown = {
    months: [...MONTHS],
    held: new Set(held),
    gate: Promise.resolve(),
    reads: [],
    list: {
      months: () => state.months,
      held: (name) => (state.held.has(name) ? find(name) : null),
      async load(name) {
        state.reads.push(name)
        await state.gate
        const month = find(name)
        if (!month) throw new Error(`${name} is not there`)
        return month
      },
    },
  }
  return state
}

/** A month without some of its photos, as it is read after they vanished. */
const without = (month: Month, ...gone: number[]): Month => {
  const ids = month.ids.filter((id) => !gone.includes(id))
  return { ...month, ids, count: ids.length }
}
const selected = ({ selection }: Selecting) => [...selection.chosen.keys()].sort((a, b) => a - b)

describe('ranges', () => {
  test('go from what was ticked last, in both directions, over months', async () => {
    const selecting = new Selecting(shown().list)
    selecting.toggle(spot(3))
    await selecting.extendTo(spot(6))
    expect(selected(selecting)).toEqual([3, 4, 5, 6])
    await selecting.extendTo(spot(1))
    expect(selected(selecting)).toEqual([1, 2, 3])
  })

  test('shrink again, and leave what was selected before as it was', async () => {
    const selecting = new Selecting(shown().list)
    selecting.toggle(spot(10))
    selecting.toggle(spot(4))
    await selecting.extendTo(spot(12))
    expect(selected(selecting)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12])
    await selecting.extendTo(spot(5))
    expect(selected(selecting)).toEqual([4, 5, 10])
  })

  test('take out what they began by taking out, and give it back when they shrink', async () => {
    const selecting = new Selecting(shown().list)
    await selecting.all()
    selecting.toggle(spot(3))
    await selecting.extendTo(spot(9))
    expect(selected(selecting)).toEqual([1, 2, 10, 11, 12])
    await selecting.extendTo(spot(4))
    expect(selected(selecting)).toEqual([1, 2, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  test('read months between that are not held, and nothing else', async () => {
    const state = shown(['2024-07', '2024-05'])
    const selecting = new Selecting(state.list)
    selecting.toggle(spot(4))
    await selecting.extendTo(spot(9))
    expect(selected(selecting)).toEqual([4, 5, 6, 7, 8, 9])
    expect(state.reads).toEqual(['2024-06'])
  })

  test('begin anew where their beginning is gone', async () => {
    const state = shown()
    const selecting = new Selecting(state.list)
    selecting.toggle(spot(2))
    state.months[0] = without(MONTHS[0] as Month, 2)
    await selecting.extendTo(spot(7))
    expect(selected(selecting).filter((id) => id !== 2)).toEqual([7])
  })

  test('are ended by whatever is done while their months are read', async () => {
    const state = shown(['2024-07', '2024-05'])
    const selecting = new Selecting(state.list)
    let open = () => {}
    state.gate = new Promise((resolve) => {
      open = resolve
    })
    selecting.toggle(spot(1))
    const range = selecting.extendTo(spot(12))
    expect(selecting.reading()).toEqual({ done: 0, total: 1 })
    selecting.toggle(spot(2))
    open()
    await range
    expect(selected(selecting)).toEqual([1, 2])
    expect(selecting.reading()).toBeNull()
  })

  test('end and say so when their months cannot be read', async () => {
    const state = shown(['2024-07', '2024-05'])
    const selecting = new Selecting({ ...state.list, load: () => Promise.reject(new Error('away')) })
    selecting.toggle(spot(1))
    await expect(selecting.extendTo(spot(12))).rejects.toThrow('away')
    expect(selected(selecting)).toEqual([1])
    expect(selecting.reading()).toBeNull()
  })

  test('by keys go on from where the last one ended, or begin at the photo that has the focus', async () => {
    const selecting = new Selecting(shown().list)
    await selecting.extendFrom(spot(3), { month: '2024-07', index: 3 })
    await selecting.extendFrom(spot(4), { month: '2024-06', index: 0 })
    expect(selected(selecting)).toEqual([3, 4, 5])
    await selecting.extendFrom(spot(5), { month: '2024-07', index: 3 })
    expect(selected(selecting)).toEqual([3, 4])
    // the focus went elsewhere: nothing between is meant
    await selecting.extendFrom(spot(10), { month: '2024-05', index: 2 })
    expect(selected(selecting)).toEqual([3, 4, 10, 11])
  })
})

describe('drags', () => {
  test('select what lies between; given up, they leave what was selected before', async () => {
    const selecting = new Selecting(shown().list)
    selecting.toggle(spot(2))
    await selecting.extendTo(spot(4))
    selecting.beginDrag(spot(6))
    await selecting.extendTo(spot(9))
    expect(selected(selecting)).toEqual([2, 3, 4, 6, 7, 8, 9])
    selecting.cancelDrag()
    expect(selected(selecting)).toEqual([2, 3, 4])
    // and ranges go on from where they did
    await selecting.extendTo(spot(3))
    expect(selected(selecting)).toEqual([2, 3])
  })

  test('take out what they began by taking out, and give it back', async () => {
    const selecting = new Selecting(shown().list)
    await selecting.all()
    selecting.beginDrag(spot(3))
    await selecting.extendTo(spot(6))
    expect(selected(selecting)).toEqual([1, 2, 7, 8, 9, 10, 11, 12])
    selecting.cancelDrag()
    expect(selecting.selection.count()).toBe(12)
  })

  test('give nothing back that left the list meanwhile', async () => {
    const state = shown()
    const selecting = new Selecting(state.list)
    await selecting.all()
    selecting.beginDrag(spot(2))
    await selecting.extendTo(spot(4))
    state.months[0] = without(MONTHS[0] as Month, 2, 3)
    selecting.selection.follow(state.months[0])
    selecting.cancelDrag()
    expect(selected(selecting)).toEqual([1, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  test('give nothing back either where nothing was selected any more', () => {
    const state = shown()
    const selecting = new Selecting(state.list)
    selecting.toggle(spot(2))
    selecting.beginDrag(spot(2))
    selecting.selection.follow(without(MONTHS[0] as Month, 2))
    selecting.cancelDrag()
    expect(selected(selecting)).toEqual([])
    selecting.toggle(spot(5))
    selecting.beginDrag(spot(5))
    selecting.selection.followMonths(new Set(['2024-07', '2024-05']))
    selecting.cancelDrag()
    expect(selected(selecting)).toEqual([])
  })

  test('given up while their months are read, select nothing afterwards', async () => {
    const state = shown(['2024-07', '2024-05'])
    const selecting = new Selecting(state.list)
    let open = () => {}
    state.gate = new Promise((resolve) => {
      open = resolve
    })
    selecting.beginDrag(spot(1))
    const range = selecting.extendTo(spot(12))
    selecting.cancelDrag()
    open()
    await range
    expect(selected(selecting)).toEqual([])
  })

  test('that something else came after have nothing to give up', async () => {
    const selecting = new Selecting(shown().list)
    selecting.beginDrag(spot(1))
    await selecting.all()
    selecting.cancelDrag()
    expect(selecting.selection.count()).toBe(12)
  })
})

test('a day is selected whole, and taken out when all of it is', () => {
  const selecting = new Selecting(shown().list)
  const [month] = MONTHS as [Month]
  selecting.toggle(spot(1))
  selecting.toggleDay({ data: month, from: 0, to: 2 })
  expect(selected(selecting)).toEqual([1, 2])
  expect(selecting.selection.share({ data: month, from: 0, to: 2 })).toBe('all')
  expect(selecting.selection.share({ data: month, from: 0, to: 4 })).toBe('some')
  selecting.toggleDay({ data: month, from: 0, to: 2 })
  expect(selected(selecting)).toEqual([])
})

describe('what changes meanwhile', () => {
  test('photos that vanish leave, those that arrive do not join', async () => {
    const state = shown()
    const selecting = new Selecting(state.list)
    selecting.toggle(spot(2))
    await selecting.extendTo(spot(6))
    state.months[0] = { ...without(MONTHS[0] as Month, 3), ids: [1, 2, 99, 4], count: 4 }
    await selecting.follow()
    expect(selected(selecting)).toEqual([2, 4, 5, 6])
  })

  test('also those of months that are not held, and of months that are empty now', async () => {
    const state = shown(['2024-07'])
    const selecting = new Selecting(state.list)
    await selecting.all()
    state.months = [MONTHS[0] as Month, without(MONTHS[1] as Month, 5, 6)]
    await selecting.follow()
    expect(selected(selecting)).toEqual([1, 2, 3, 4, 7, 8])
  })

  test('what vanished does not come back when a range shrinks', async () => {
    const state = shown()
    const selecting = new Selecting(state.list)
    await selecting.all()
    selecting.toggle(spot(2))
    await selecting.extendTo(spot(8))
    state.months[1] = without(MONTHS[1] as Month, 6)
    await selecting.follow()
    selecting.selection.follow(state.months[1])
    await selecting.extendTo(spot(3))
    expect(selected(selecting)).not.toContain(6)
  })
})
