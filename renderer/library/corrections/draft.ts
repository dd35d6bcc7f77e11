import type { Input } from '../../../electron/contract/contract.ts'
import type { Photo } from '../../../electron/contract/photos.ts'
import {
  isWallTime,
  isZone,
  offsetAt,
  shiftWallTime,
  type ZoneOffset,
} from '../../../electron/contract/wall-clock.ts'
import { parseCoordinates } from './coordinates.ts'

export const DATE_MODES = ['keep', 'set', 'shift', 'zone', 'file'] as const
type DateMode = (typeof DATE_MODES)[number]
export const PLACE_MODES = ['keep', 'set', 'none', 'file'] as const
type PlaceMode = (typeof PLACE_MODES)[number]

/** What is filled in, as it was typed. */
export interface Draft {
  dateMode: DateMode
  /** `YYYY-MM-DD` and `HH:mm` or `HH:mm:ss`, as the browser's fields give them */
  day: string
  time: string
  earlier: boolean
  days: string
  hours: string
  minutes: string
  zone: string
  placeMode: PlaceMode
  coordinates: string
}

export const EMPTY_DRAFT: Draft = {
  dateMode: 'keep',
  day: '',
  time: '',
  earlier: false,
  days: '',
  hours: '',
  minutes: '',
  zone: '',
  placeMode: 'keep',
  coordinates: '',
}

/** What is to be done: parts by a rule, and parts for which the file counts again. */
export interface Correction {
  rule: Omit<Input<'photos.correct'>, 'ids' | 'values'>
  file: { date?: 'file'; place?: 'file' }
}

export type Wrong = Partial<Record<'when' | 'shift' | 'zone' | 'place', true>>

/** Reads a draft. `wrong`: what has to be put right before it can be sent. */
export function correctionOf(draft: Draft): { correction: Correction; wrong: Wrong } {
  const correction: Correction = { rule: {}, file: {} }
  const wrong: Wrong = {}
  readDate(draft, correction, wrong)
  const found = draft.placeMode === 'set' ? parseCoordinates(draft.coordinates) : null
  if (draft.placeMode === 'set' && !found) wrong.place = true
  if (found) correction.rule.place = found
  if (draft.placeMode === 'none') correction.rule.place = null
  if (draft.placeMode === 'file') correction.file.place = 'file'
  return { correction, wrong }
}

function readDate(draft: Draft, { rule, file }: Correction, wrong: Wrong): void {
  if (draft.dateMode === 'file') file.date = 'file'
  if (draft.dateMode === 'set') {
    const at = `${draft.day}T${draft.time.padEnd(8, ':00')}.000`
    if (isWallTime(at)) rule.takenAt = at
    else wrong.when = true
  }
  if (draft.dateMode === 'shift') {
    const ms = shiftOf(draft)
    if (ms === null) wrong.shift = true
    else rule.shiftMs = ms
  }
  const zone = draft.zone.trim()
  const asks =
    draft.dateMode === 'zone' || (zone !== '' && (draft.dateMode === 'set' || draft.dateMode === 'shift'))
  if (!asks) return
  if (isZone(zone)) rule.zone = zone
  else wrong.zone = true
}

/** Milliseconds; null where something is no number, or nothing would move. */
function shiftOf({ earlier, days, hours, minutes }: Draft): number | null {
  const parts = [days, hours, minutes].map((text) => (text.trim() === '' ? 0 : Number(text)))
  if (parts.some((part) => !Number.isInteger(part) || part < 0 || part > 1_000_000)) return null
  const [d = 0, h = 0, m = 0] = parts
  const ms = ((d * 24 + h) * 60 + m) * 60_000
  if (ms === 0) return null
  return earlier ? -ms : ms
}

/** Whether there is anything to do. */
export const isNothing = ({ rule, file }: Correction) =>
  Object.keys(rule).length === 0 && Object.keys(file).length === 0

type Moment = Pick<Photo, 'takenAt' | 'takenOffset'>

interface After extends Moment {
  gps: { latitude: number; longitude: number } | null
  clock: ZoneOffset['clock']
}

/** A photo as it would be; null where its date would leave the years there are. */
export function afterwards(photo: Photo, { rule, file }: Correction): After | null {
  const { takenAt, takenOffset, clock } = momentAfter(photo, rule, file.date === 'file')
  if (takenAt === null) return null
  const fileGps = photo.file ? photo.file.gps : photo.gps
  const gps = file.place ? fileGps : rule.place === undefined ? photo.gps : rule.place
  return { takenAt, takenOffset, clock, gps }
}

function momentAfter(photo: Photo, { takenAt, shiftMs, zone }: Correction['rule'], byFile: boolean) {
  const says: Moment = byFile && photo.file ? photo.file : photo
  const at = takenAt ?? (shiftMs === undefined ? says.takenAt : shiftWallTime(says.takenAt, shiftMs))
  const found = zone !== undefined && at !== null ? offsetAt(zone, at) : null
  return { takenAt: at, takenOffset: found?.offset ?? says.takenOffset, clock: found?.clock ?? 'plain' }
}
