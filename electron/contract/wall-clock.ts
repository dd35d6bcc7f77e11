/**
 * Reckoning with the local wall clock, `YYYY-MM-DDTHH:mm:ss.sss`, in which times of capture are kept. Used by the server and by pages that
 * show beforehand what a correction will do; hence without zod.
 */

/** Milliseconds of the longest shift: 200 years. */
export const LONGEST_SHIFT_MS = 200 * 366 * 86_400_000

const WALL = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/

/** Whether a text is a moment of the calendar in the form above, in the years 1000 to 9999. */
export function isWallTime(text: string): boolean {
  const parsed = WALL.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  // 31 April parses in some engines as 1 May
  return !Number.isNaN(parsed) && new Date(parsed).toISOString() === `${text}Z`
}

/** The wall clock so many milliseconds later (earlier: negative); null outside the years 1000 to 9999. */
export function shiftWallTime(at: string, ms: number): string | null {
  const moved = new Date(Date.parse(`${at}Z`) + ms)
  const text = Number.isNaN(moved.getTime()) ? '' : moved.toISOString().slice(0, -1)
  return isWallTime(text) ? text : null
}

/**
 * The distance of a zone from UTC at a local time. `skipped`: clocks were put forward over this time, so none there ever showed it;
 * `repeated`: they were put back and showed it twice. Both are told as of a clock that was not put yet.
 */
export interface ZoneOffset {
  /** `±HH:mm` */
  offset: string
  clock: 'plain' | 'skipped' | 'repeated'
}

/** A fixed distance (`+02:00`, −12:00 to +14:00) or a zone by its IANA name, at a local time; null for a zone that there is not. */
export function offsetAt(zone: string, at: string): ZoneOffset | null {
  const fixed = fixedMinutes(zone)
  if (fixed !== null) return { offset: textOf(fixed), clock: 'plain' }
  const format = /^[+-]/.test(zone) ? null : formatOf(zone)
  if (!format) return null
  const asUtc = Date.parse(`${at}Z`)
  const before = minutesAt(format, asUtc - DAY_MS)
  const after = minutesAt(format, asUtc + DAY_MS)
  const fits = (minutes: number) => minutesAt(format, asUtc - minutes * 60_000) === minutes
  if (before === after) return { offset: textOf(before), clock: 'plain' }
  if (!fits(before)) return fits(after) ? plain(after) : { offset: textOf(before), clock: 'skipped' }
  return fits(after) ? { offset: textOf(before), clock: 'repeated' } : plain(before)
}

/** Whether {@link offsetAt} knows the zone. */
export const isZone = (zone: string): boolean => offsetAt(zone, '2000-01-01T00:00:00.000') !== null

/** Longer than any two clocks on Earth are apart from UTC. */
const DAY_MS = 86_400_000

const plain = (minutes: number): ZoneOffset => ({ offset: textOf(minutes), clock: 'plain' })

function fixedMinutes(zone: string): number | null {
  const match = /^([+-])(\d\d):([0-5]\d)$/.exec(zone)
  if (!match) return null
  const size = Number(match[2]) * 60 + Number(match[3])
  const minutes = match[1] === '-' ? -size : size
  return minutes < -12 * 60 || minutes > 14 * 60 ? null : minutes
}

function textOf(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.trunc(size / 60))}:${two(size % 60)}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Formats of the zones asked for: making one takes a thousand times as long as using it. Null for a name that is no zone. */
function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone)
  if (known) return known
  try {
    const made = new Intl.DateTimeFormat('en-US', { timeZone, ...PARTS })
    // all names there are, several times over: whoever asks chooses them
    if (formats.size > 1000) formats.clear()
    formats.set(timeZone, made)
    return made
  } catch {
    return null
  }
}

const PARTS = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  era: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const

/** Minutes east of UTC at a moment; before standard time came, when towns went by their own sun, to the nearest. */
function minutesAt(format: Intl.DateTimeFormat, epochMs: number): number {
  const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return Math.round((wall - Math.floor(epochMs / 1000) * 1000) / 60_000)
}
