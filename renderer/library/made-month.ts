import { type Month, packMonth } from './month.ts'

/** A month for tests: photos of the given ratios, spread evenly over `days` days, ids counting up from `firstId`. */
export function madeMonth(month: string, ratios: readonly number[], days: number, firstId = 1): Month {
  const perDay = Math.ceil(ratios.length / days)
  const takenAt = ratios.map((_, index) => {
    const day = String(Math.max(1, 28 - Math.floor(index / perDay))).padStart(2, '0')
    return `${month}-${day}T${String(23 - (index % 24)).padStart(2, '0')}:30:15.000`
  })
  return packMonth(month, {
    ids: ratios.map((_, index) => firstId + index),
    versions: ratios.map(() => 1),
    takenAt,
    ratios: [...ratios],
    thumbhashes: ratios.map(() => null),
    states: ratios.map(() => 'ready' as const),
    kinds: ratios.map(() => 'image' as const),
    may: [],
    mayOf: null,
    favourites: [],
  })
}
