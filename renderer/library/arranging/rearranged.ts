import { type Day, dayOf, type Month } from '../month.ts'

/** A month by hand with its photos in another order. @param order all of its photos' ids */
export function rearranged(month: Month, order: readonly number[]): Month {
  const places = new Map(month.ids.map((id, index) => [id, index]))
  const from = order.map((id) => places.get(id) ?? 0)
  const { mayOf } = month
  const pick = <T>(column: readonly T[]): T[] => from.flatMap((index) => column.slice(index, index + 1))
  const days: Day[] = []
  from.forEach((index, first) => {
    const { date } = dayOf(month, index)
    if (days.at(-1)?.date !== date) days.push({ date, first })
  })
  return {
    ...month,
    ids: order,
    versions: pick(month.versions),
    ratios: Float32Array.from(from, (index) => month.ratios[index] ?? 1),
    thumbhashes: pick(month.thumbhashes),
    states: pick(month.states),
    kinds: pick(month.kinds),
    mayOf: mayOf && pick(mayOf),
    days,
    seconds: Int32Array.from(from, (index) => month.seconds[index] ?? 0),
  }
}
