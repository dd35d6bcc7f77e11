import type { MonthPayload, PhotoMay, PhotoState } from '../../electron/contract/photos.ts'
import { HAND_MONTH } from '../../electron/contract/values.ts'

/** Photos of one calendar day: entries `first` up to the next day's `first` (or the month's end). */
export interface Day {
  /** `YYYY-MM-DD`, local wall time */
  date: string
  first: number
}

/**
 * A month as the timeline keeps it: the payload's columns without the capture times, which at 23 characters each
 * would be most of its memory. What is left of them is the day and the second within it.
 */
export interface Month {
  /** `YYYY-MM` */
  month: string
  count: number
  ids: readonly number[]
  versions: readonly number[]
  /** width / height after orientation */
  ratios: Float32Array
  thumbhashes: readonly (string | null)[]
  states: readonly PhotoState[]
  kinds: MonthPayload['kinds']
  may: MonthPayload['may']
  mayOf: MonthPayload['mayOf']
  /** ids of those that are the account's favourites */
  favourites: ReadonlySet<number>
  /** in the order of the photos: newest first, but in one by hand, where a day may come more than once */
  days: readonly Day[]
  /** seconds since local midnight */
  seconds: Int32Array
}

/** Whether a list's month is all of it in an order made by hand: without days, and whenever the photos were taken. */
export const isByHand = ({ month }: { month: string }) => month === HAND_MONTH

const DATE_CHARACTERS = 10

/** Packs what `timeline.month` answered; entry `n` of every column stays photo `n`. */
export function packMonth(month: string, payload: MonthPayload): Month {
  const count = payload.ids.length
  const seconds = new Int32Array(count)
  const days: Day[] = []
  let date = ''
  for (let index = 0; index < count; index++) {
    const taken = payload.takenAt[index] ?? `${month}-01T00:00:00.000`
    if (!taken.startsWith(date) || date === '') {
      date = taken.slice(0, DATE_CHARACTERS)
      days.push({ date, first: index })
    }
    seconds[index] = secondOfDay(taken)
  }
  return {
    month,
    count,
    ids: payload.ids,
    versions: payload.versions,
    ratios: Float32Array.from(payload.ratios),
    thumbhashes: payload.thumbhashes,
    states: payload.states,
    kinds: payload.kinds,
    may: payload.may,
    mayOf: payload.mayOf,
    favourites: new Set(payload.favourites),
    days,
    seconds,
  }
}

/** What may be done with photo `index`. */
export function mayWith({ may, mayOf }: Pick<Month, 'may' | 'mayOf'>, index: number): PhotoMay | null {
  return may[mayOf?.[index] ?? 0] ?? null
}

/** Adds the month's next page to what is there of it. */
export function appendPage(whole: MonthPayload, page: MonthPayload): void {
  const sameMay = JSON.stringify(whole.may) === JSON.stringify(page.may)
  if (!sameMay || whole.mayOf || page.mayOf) {
    // rights may have changed between two pages
    const first = sameMay ? 0 : whole.may.length
    if (!sameMay) whole.may.push(...page.may)
    whole.mayOf ??= whole.ids.map(() => 0)
    whole.mayOf.push(...page.ids.map((_, index) => first + (page.mayOf?.[index] ?? 0)))
  }
  whole.ids.push(...page.ids)
  whole.versions.push(...page.versions)
  whole.takenAt.push(...page.takenAt)
  whole.ratios.push(...page.ratios)
  whole.thumbhashes.push(...page.thumbhashes)
  whole.states.push(...page.states)
  whole.kinds.push(...page.kinds)
  whole.favourites.push(...page.favourites)
}

/** Leaves only the first `count` photos of a page. */
export function cutPage(page: MonthPayload, count: number): void {
  const { ids, versions, takenAt, ratios, thumbhashes, states, kinds } = page
  for (const column of [ids, versions, takenAt, ratios, thumbhashes, states, kinds]) column.length = count
  if (page.mayOf) page.mayOf.length = count
  const left = new Set(ids)
  page.favourites = page.favourites.filter((id) => left.has(id))
}

function secondOfDay(taken: string): number {
  return Number(taken.slice(11, 13)) * 3600 + Number(taken.slice(14, 16)) * 60 + Number(taken.slice(17, 19))
}

/** The day photo `index` belongs to; the month must hold at least one photo. */
export function dayOf(month: Month, index: number): Day {
  let low = 0
  let high = month.days.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((month.days[middle]?.first ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return month.days[low] ?? { date: `${month.month}-01`, first: 0 }
}

/** When photo `index` was taken, as local wall time `YYYY-MM-DDTHH:mm:ss`. */
export function takenAtOf(month: Month, index: number): string {
  const seconds = month.seconds[index] ?? 0
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${dayOf(month, index).date}T${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
}
