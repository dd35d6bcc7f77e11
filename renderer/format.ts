import i18next from 'i18next'
import type { Preferences } from '../electron/contract/settings.ts'

/** The language of the window, as it is written where the device is: 24 hours and day-month order for `en-GB`. */
export function regionalLocale(language: string, device: readonly string[]): string {
  return device.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
}

const locale = () => regionalLocale(i18next.language, navigator.languages)

let dateFormat: Preferences['dateFormat'] = 'system'

/** Puts an order of dates in force for this window; what is on screen is written anew. */
export function applyDateFormat(preference: Preferences['dateFormat']): void {
  if (dateFormat === preference) return
  dateFormat = preference
  // everything that shows a date follows the language, and this is how it is told
  void i18next.changeLanguage(i18next.language)
}

/** How everything is written at the moment: whoever keeps formatted texts keeps them for this long. */
export const formatsInForce = () => `${locale()} ${dateFormat}`

const memo = new Map<string, Intl.DateTimeFormat>()

function formatter(options: Intl.DateTimeFormatOptions, written = locale()): Intl.DateTimeFormat {
  const key = `${written} ${JSON.stringify(options)}`
  const known = memo.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(written, options)
  memo.set(key, made)
  return made
}

/** Whose order and punctuation stand for a date format, by language. */
const PATTERNS: Readonly<Record<'day-month' | 'month-day', Readonly<Record<string, string>>>> = {
  'day-month': { en: 'en-GB', de: 'de-DE' },
  'month-day': { en: 'en-US', de: 'en-US' },
}

/** A date (epoch ms) in the order people chose, its words in the window's language. */
function formatDate(at: number, options: Intl.DateTimeFormatOptions): string {
  if (dateFormat === 'system') return formatter(options).format(at)
  if (dateFormat === 'iso') return formatIso(at, options)
  const words = formatter(options).formatToParts(at)
  const pattern = PATTERNS[dateFormat][i18next.language] ?? locale()
  return formatter(options, pattern)
    .formatToParts(at)
    .map(({ type, value }) => {
      const isWord = type === 'weekday' || (type === 'month' && Number.isNaN(Number(value)))
      return isWord ? (words.find((part) => part.type === type)?.value ?? value) : value
    })
    .join('')
}

/** “2024-07-06”, without the day where only a month is wanted, with the weekday where that is. */
function formatIso(at: number, { weekday, day, timeZone }: Intl.DateTimeFormatOptions): string {
  // Sweden writes dates so
  const digits: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit' }
  if (day !== undefined) digits.day = '2-digit'
  const zone = timeZone === undefined ? {} : { timeZone }
  const date = formatter({ ...digits, ...zone }, 'sv-SE').format(at)
  return weekday ? `${formatter({ weekday, ...zone }).format(at)}, ${date}` : date
}

/** 12408 → “12,408” in the window's language. */
export const formatNumber = (value: number, digits = 0) =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value)

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes as people read them, decimal units like the operating systems' file managers: “3.4 MB”. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 || value >= 100 ? 0 : 1,
  }).format(value)
}

/**
 * Local wall time (`YYYY-MM-DDTHH:mm…`, no zone) as a Date whose UTC parts are that wall time, so that formatting it
 * in UTC shows what the camera's clock showed wherever the reader is.
 */
const dayOf = (takenAt: string) => Date.parse(`${takenAt.slice(0, 10)}T00:00:00Z`)
const wallTime = (takenAt: string) => new Date(`${takenAt.slice(0, 19).padEnd(19, ':00')}Z`)

/** “Saturday, 6 July 2024” for a wall time or day (`YYYY-MM-DD`). */
export const formatDay = (takenAt: string) =>
  formatDate(dayOf(takenAt), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })

/** “Sat, 6 Jul 2024” for a wall time or day, where there is little room. */
export const formatShortDay = (takenAt: string) =>
  formatDate(dayOf(takenAt), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })

/** “July 2024” for `YYYY-MM`. */
export const formatMonth = (month: string) =>
  formatDate(dayOf(`${month}-01`), { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** “18:42” of a wall time. */
export const formatWallClock = (takenAt: string) =>
  formatter({ timeStyle: 'short', timeZone: 'UTC' }).format(wallTime(takenAt))

/** “Monday” for 0, up to “Sunday” for 6. */
export const formatWeekday = (day: number) =>
  // the first of January 2024 was a Monday
  formatter({ weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day))

/** Date and time of an instant (epoch ms) where the reader is. */
export function formatMoment(at: number): string {
  if (dateFormat === 'system') return formatter({ dateStyle: 'medium', timeStyle: 'short' }).format(at)
  const time = formatter({ timeStyle: 'short' }).format(at)
  return `${formatDate(at, SHORT_DATE)}${dateFormat === 'iso' ? '' : ','} ${time}`
}

/** “6 July 2024” for an instant (epoch ms), where the reader is. */
export const formatLongDate = (at: number) =>
  formatDate(at, { day: 'numeric', month: 'long', year: 'numeric' })

const SHORT_DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0)

/** An instant (epoch ms) as short as it stays clear: the time today, the weekday this week, else the date. */
export function formatRecent(at: number, now = Date.now()): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
  if (days <= 0) return formatter({ timeStyle: 'short' }).format(at)
  if (days < 7) return formatter({ weekday: 'long' }).format(at)
  return formatDate(at, SHORT_DATE)
}

interface DurationOptions {
  /** minutes and seconds below an hour instead of the largest unit alone */
  precise?: boolean
}

/** A length of time in seconds, in its largest fitting unit: “34 sec”, “4 min”, “2 hr”; at least one second. */
export function formatDuration(seconds: number, { precise }: DurationOptions = {}): string {
  const whole = Math.max(1, Math.round(seconds))
  const as = (value: number, unit: 'second' | 'minute' | 'hour') =>
    new Intl.NumberFormat(locale(), {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: 0,
    }).format(value)
  if (whole < 60) return as(whole, 'second')
  if (precise && whole < 3600 && whole % 60 > 0)
    return `${as(Math.floor(whole / 60), 'minute')} ${as(whole % 60, 'second')}`
  return whole < 3600 ? as(whole / 60, 'minute') : as(whole / 3600, 'hour')
}

/** “Ada, Ben and Rose”. */
export const formatList = (words: readonly string[]) =>
  new Intl.ListFormat(locale(), { type: 'conjunction' }).format(words)
