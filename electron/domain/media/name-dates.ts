import { milliseconds, utcWallTime, type WallTime, wallTime } from './dates.ts'

/** Pictures older than this don't carry their date in a name a program gave them. */
const EARLIEST_YEAR = 1970
const LATEST_YEAR = 2100

type Pattern = { expression: RegExp; read: (match: RegExpExecArray) => WallTime | null }

/**
 * Names that programs give, the most telling first. Digits next to other digits never match: a serial number isn't a
 * date.
 */
const PATTERNS: readonly Pattern[] = [
  // Google's Pixel phones name their files in UTC: PXL_20240706_121314567.jpg
  {
    expression: /(?:^|[^a-z])PXL_(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)(\d{0,3})(?!\d)/i,
    read: (match) => zoned(dated(match), '+00:00'),
  },
  // Facebook and WeChat count milliseconds since 1970: FB_IMG_1531234567890.jpg, mmexport1531234567890.jpg
  {
    expression: /(?:FB_IMG_|mmexport)(\d{13})(?!\d)/i,
    read: (match) => plausible(utcWallTime(Number(match[1]))),
  },
  // IMG_20240706_121314, 20240706_121314, Screenshot_20240706-121314, IMG-20240706-121314567, 20240706T121314
  {
    expression: /(?<!\d)(\d{4})(\d\d)(\d\d)[-_ T.]?(\d\d)(\d\d)(\d\d)[-_.]?(\d{3})?(?!\d)/,
    read: dated,
  },
  // 2024-07-06 12.13.14, telegram_2020-01-30_09-57-18, Screenshot 2024-07-06 at 12.13.14, signal-2020-01-30-09-57-18-123
  {
    expression:
      /(?<!\d)(\d{4})[-_.](\d\d)[-_.](\d\d)(?:[-_ T.]| at |, )(\d\d)[-_.:h](\d\d)(?:[-_.:m](\d\d))?[-_.]?(\d{3})?(?!\d)/,
    read: dated,
  },
  // signal-2020-01-30-095718
  {
    expression: /(?<!\d)(\d{4})[-_.](\d\d)[-_.](\d\d)[-_ T](\d\d)(\d\d)(\d\d)[-_.]?(\d{3})?(?!\d)/,
    read: dated,
  },
  // WhatsApp tells the day only: IMG-20200130-WA0001; and 2020-01-30, 20200130
  { expression: /(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)/, read: dated },
  { expression: /(?<!\d)(\d{4})[-_.](\d\d)[-_.](\d\d)(?!\d)/, read: dated },
]

/**
 * The time of capture that a file's name tells, or null. Only the name counts, without its directories; a name with
 * the day alone gives midnight.
 */
export function dateOfName(fileName: string): WallTime | null {
  // The digits of a hash are no date, whatever they look like.
  const name = fileName.replace(/[0-9a-f]{24,}/gi, '')
  for (const { expression, read } of PATTERNS) {
    const match = expression.exec(name)
    const found = match && read(match)
    if (found) return found
  }
  return null
}

/** Year, month, day, hour, minute, second, milliseconds as the groups of a match; missing ones are 0. */
function dated(match: RegExpExecArray): WallTime | null {
  const parts = match.slice(1, 7).map((part) => Number(part ?? 0))
  const at = wallTime(parts, milliseconds(match[7] ?? ''))
  return plausible(at === null ? null : { at, offset: null })
}

function plausible(time: WallTime | null): WallTime | null {
  const year = Number(time?.at.slice(0, 4))
  return time && year >= EARLIEST_YEAR && year <= LATEST_YEAR ? time : null
}

function zoned(time: WallTime | null, offset: string): WallTime | null {
  return time && { at: time.at, offset }
}
