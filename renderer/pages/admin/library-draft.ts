import type { LibrarySettings } from '../../../electron/contract/library-settings.ts'
import { RESCAN_HOURS, type WEEKDAYS } from '../../../electron/contract/values.ts'

type Weekday = (typeof WEEKDAYS)[number]
export type RescanChoice = 'never' | `hours-${(typeof RESCAN_HOURS)[number]}` | 'day' | 'week'

/** How often, as one list to choose from. */
export const RESCAN_CHOICES: readonly RescanChoice[] = [
  'never',
  ...RESCAN_HOURS.map((hours) => `hours-${hours}` as const),
  'day',
  'week',
]

/** Library settings as a form edits them. */
export interface LibraryDraft {
  choice: RescanChoice
  /** kept while another choice is tried */
  day: Weekday
  /** `HH:MM`; empty while it is half typed */
  at: string
  /** a line each */
  patterns: string
}

export function draftOf({ rescan, ignore }: LibrarySettings): LibraryDraft {
  return {
    choice: rescan.every === 'hours' ? `hours-${rescan.hours}` : rescan.every,
    day: rescan.every === 'week' ? rescan.day : 'sunday',
    at: 'at' in rescan ? rescan.at : '03:00',
    patterns: ignore.join('\n'),
  }
}

/** What a draft would save. Empty lines at the end are dropped; others count, so that lines keep their numbers. */
export function settingsOf({ choice, day, at, patterns }: LibraryDraft): Omit<LibrarySettings, 'watch'> {
  const lines = patterns.trimEnd()
  return { rescan: rescanOf(choice, day, at), ignore: lines === '' ? [] : lines.split(/\r?\n/) }
}

function rescanOf(choice: RescanChoice, day: Weekday, at: string): LibrarySettings['rescan'] {
  if (choice === 'never') return { every: 'never' }
  if (choice === 'day') return { every: 'day', at }
  if (choice === 'week') return { every: 'week', day, at }
  const hours = RESCAN_HOURS.find((some) => choice === `hours-${some}`) ?? 1
  return { every: 'hours', hours }
}

/** The number of the line of patterns that was refused, counted from 1; null where none is to blame by itself. */
export function refusedLine(fields: Readonly<Record<string, string>> | undefined): number | null {
  const name = Object.keys(fields ?? {}).find((field) => /^ignore\.\d+$/.test(field))
  return name === undefined ? null : Number(name.slice('ignore.'.length)) + 1
}
