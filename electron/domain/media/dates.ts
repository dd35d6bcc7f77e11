/** Times of capture as files write them, read into Mantel's form. */

/** A wall-clock time and, where known, its distance from UTC. */
export type WallTime = {
  /** `YYYY-MM-DDTHH:mm:ss.sss`, what the clock on the wall showed. */
  at: string
  /** `+05:45`, or null where the file doesn't tell. */
  offset: string | null
}

/**
 * Reads `2017:04:08 09:55:10`, `2017-04-08T09:55:10.5+02:00`, `2017-04-08`, `20170408` and what cameras make of them
 * (blanks for zeros, other separators, a missing time of day or second). Null for anything that is no date:
 * `0000:00:00 00:00:00`, month 13, 31 April.
 */
export function parseWallTime(text: string | null): WallTime | null {
  const match = DATE_TIME.exec(text?.trim() ?? '')
  if (!match) return null
  const [, year, month, day, hour, minute, second, fraction, zone] = match
  const at = wallTime(
    [year, month, day, hour ?? 0, minute ?? 0, second ?? 0].map(Number),
    milliseconds(fraction ?? ''),
  )
  return at === null ? null : { at, offset: hour === undefined ? null : parseOffset(zone ?? null) }
}

const DATE_TIME =
  /^(\d{4})[-:/. ]?([ \d]\d)[-:/. ]?([ \d]\d)(?:[T ]+([ \d]\d)[:.]?([ \d]\d)(?:[:.]?([ \d]\d)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d?:?(?:\d\d)?)?)?/

/**
 * Builds the text of a wall time from year, month (1–12), day, hour, minute and second, or null where there is no
 * such moment. A leap second (60) becomes the second before it.
 */
export function wallTime(parts: readonly number[], millisecond = 0): string | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  if (hour > 23 || minute > 59 || second > 60) return null
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${year}-${two(month)}-${two(day)}`
  return `${date}T${two(hour)}:${two(minute)}:${two(Math.min(second, 59))}.${String(millisecond).padStart(3, '0')}`
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The digits behind a decimal point as milliseconds: `9` → 900, `950488` → 950. Anything else → 0. */
export function milliseconds(digits: string): number {
  const match = /^\d+/.exec(digits.trim())
  return match ? Number(match[0].slice(0, 3).padEnd(3, '0')) : 0
}

/** `Z`, `+2`, `+0200`, `+05:45` as `±HH:mm`, or null where it is none between −12:00 and +14:00. */
export function parseOffset(text: string | null): string | null {
  const trimmed = text?.trim() ?? ''
  if (trimmed === 'Z') return '+00:00'
  const match = /^([+-])(\d\d?):?(\d\d)?$/.exec(trimmed)
  if (!match) return null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return offsetOf(match[1] === '-' ? -minutes : minutes)
}

/** Minutes east of UTC as `±HH:mm`, or null outside −12:00 … +14:00, beyond which no clock on Earth is set. */
function offsetOf(minutes: number): string | null {
  if (minutes < -12 * 60 || minutes > 14 * 60) return null
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.trunc(size / 60))}:${two(size % 60)}`
}

/** Farthest that a clock set by hand and the satellites' may differ and still be taken for the same moment. */
const CLOCK_ERROR_MINUTES = 3

/**
 * The offset that lies between a wall time and the same moment in UTC, as satellites tell it: rounded to a quarter of
 * an hour, since clocks are set to those. Null where the two don't belong together (a position that is hours old).
 *
 * @param wall `YYYY-MM-DDTHH:mm:ss.sss` on the wall
 * @param utc the same in UTC
 */
export function offsetBetween(wall: string, utc: string): string | null {
  const minutes = (Date.parse(`${wall}Z`) - Date.parse(`${utc}Z`)) / 60_000
  const rounded = Math.round(minutes / 15) * 15
  if (Math.abs(minutes - rounded) > CLOCK_ERROR_MINUTES) return null
  // Quarters that aren't halves exist in Nepal, Eucla and the Chatham Islands only.
  if (rounded % 30 !== 0 && ![345, 525, 765, 825].includes(rounded)) return null
  return offsetOf(rounded)
}

/** A moment as wall time in UTC (offset `+00:00`). */
export function utcWallTime(epochMs: number): WallTime | null {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? null : { at: date.toISOString().slice(-24, -1), offset: '+00:00' }
}

/** A moment as wall time of the host's own zone, with the offset that zone had then. */
export function hostWallTime(epochMs: number): WallTime | null {
  const date = new Date(epochMs)
  if (Number.isNaN(date.getTime())) return null
  const minutes = -date.getTimezoneOffset()
  const shifted = utcWallTime(Math.trunc(epochMs) + minutes * 60_000)
  return shifted && { at: shifted.at, offset: offsetOf(Math.round(minutes)) }
}
