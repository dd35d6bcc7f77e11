import type { MonthCount } from '../timeline/geometry.ts'
import type { Listed, Spot, Stretch } from './selection.ts'

/** The months from one photo's to another's, both included, in the list's order; none where either is not in the list. */
export function monthsBetween(months: readonly MonthCount[], a: Spot, b: Spot): string[] {
  const atA = months.findIndex(({ month }) => month === a.month)
  const atB = months.findIndex(({ month }) => month === b.month)
  if (atA < 0 || atB < 0) return []
  return months.slice(Math.min(atA, atB), Math.max(atA, atB) + 1).map(({ month }) => month)
}

/**
 * The photos from one to another, both included, by where they stand in the months' order: never by dates or by what is on screen, so that a
 * range reaches no further than its two ends. Null where one of them is not there any more.
 * @param between the months from the one's to the other's, in the list's order
 */
export function stretchesBetween(between: readonly Listed[], a: Spot, b: Spot): Stretch[] | null {
  const first = between[0]
  const last = between.at(-1)
  if (!first || !last) return null
  const forwards = a.month === first.month
  const indexOf = ({ month, id }: Spot) => between.find((data) => data.month === month)?.ids.indexOf(id) ?? -1
  const [one, other] = [indexOf(a), indexOf(b)]
  if (one < 0 || other < 0) return null
  const start = first === last ? Math.min(one, other) : forwards ? one : other
  const end = first === last ? Math.max(one, other) : forwards ? other : one
  return between.map((data) => ({
    data,
    from: data === first ? start : 0,
    to: data === last ? end + 1 : data.count,
  }))
}
