import { formatDay, formatMonth, formatsInForce, formatWallClock } from '../format.ts'

/** Texts kept; a year of days and every minute fit in. */
const KEPT = 3000

/** Formatting a date takes as long as drawing the rest of a tile, and tiles share theirs. */
function remembered(format: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  let writtenBy = ''
  return (text) => {
    if (formatsInForce() !== writtenBy || known.size >= KEPT) {
      known.clear()
      writtenBy = formatsInForce()
    }
    const before = known.get(text)
    if (before !== undefined) return before
    const made = format(text)
    known.set(text, made)
    return made
  }
}

/** “July 2024” for `YYYY-MM`. */
export const monthName = remembered(formatMonth)

/** “Saturday, 6 July 2024” for `YYYY-MM-DD`. */
export const dayName = remembered(formatDay)

const clock = remembered((time) => formatWallClock(`2000-01-01T${time}`))

/** “14:03” for a wall time `YYYY-MM-DDTHH:mm…`. */
export const timeName = (taken: string) => clock(taken.slice(11, 16))
