import {
  hostWallTime,
  milliseconds,
  offsetBetween,
  parseOffset,
  parseWallTime,
  type WallTime,
  wallTime,
} from './dates.ts'
import { dateOfName } from './name-dates.ts'
import { numbersOf, type Tags, textOf } from './tags.ts'

/**
 * Where a time of capture was found: Exif's wall clock; XMP, IPTC or PNG text (`container`); satellite time; the
 * file's name; the file's own time.
 */
type TakenSource = 'exif' | 'container' | 'gps' | 'name' | 'file'

/** When a picture was taken. `takenOffset`: `+05:45`, or null where nothing tells. */
export type Taken = { takenAt: string; takenOffset: string | null; takenSource: TakenSource }

/** What is known of a file besides its content. */
export type FileFacts = { name: string; mtimeMs: number }

/**
 * The time of capture, by the first source that tells a possible one. An offset missing in Exif is taken from XMP's
 * copy of the same time, else from the distance to the satellites' time where that makes sense.
 */
export function takenOf(tags: Tags, file: FileFacts): Taken {
  const found = sources(tags, file).find(([, time]) => time !== null)
  const [source, time] = found ?? ['file', null]
  // A file time no calendar knows: there must be some place in the timeline, and the epoch's is honest.
  const { at, offset } = time ?? { at: '1970-01-01T00:00:00.000', offset: '+00:00' }
  if (source !== 'exif') return { takenAt: at, takenOffset: offset, takenSource: source }
  const copy = xmpCopy(at, tags)
  return {
    takenAt: at.endsWith('.000') && copy ? copy.at : at,
    takenOffset: offset ?? copyOffset(copy) ?? satelliteOffset(at, tags),
    takenSource: source,
  }
}

function sources(tags: Tags, file: FileFacts): [TakenSource, WallTime | null][] {
  const { xmp, png } = tags
  return [
    ['exif', exifTime(tags, 'DateTimeOriginal', 'Original')],
    ['exif', exifTime(tags, 'DateTimeDigitized', 'Digitized')],
    ['container', parseWallTime(textOf(xmp.DateTimeOriginal))],
    ['container', parseWallTime(textOf(xmp.DateCreated))],
    ['container', iptcTime(tags, 'Date Created', 'Time Created')],
    ['container', parseWallTime(textOf(xmp.DateTimeDigitized))],
    ['container', parseWallTime(textOf(xmp.CreateDate))],
    ['container', iptcTime(tags, 'Digital Creation Date', 'Digital Creation Time')],
    ['container', parseWallTime(textOf(png['Creation Time']))],
    ['gps', gpsTime(tags)],
    ['name', dateOfName(file.name)],
    // The last change: of an untouched picture the time of capture, and never later than the file's own time.
    ['exif', exifTime(tags, 'DateTime', '')],
    ['file', hostWallTime(file.mtimeMs)],
  ]
}

/** One of Exif's three times, with the fraction and offset that belong to it. */
function exifTime({ exif }: Tags, name: string, suffix: string): WallTime | null {
  const time = parseWallTime(textOf(exif[name]))
  if (!time) return null
  const fraction = milliseconds(textOf(exif[`SubSecTime${suffix}`]) ?? '')
  const at = fraction === 0 ? time.at : `${time.at.slice(0, -3)}${String(fraction).padStart(3, '0')}`
  const own = parseOffset(textOf(exif[`OffsetTime${suffix}`]))
  // Some phones write the offset once, for the time of the last change, which is the same moment.
  return { at, offset: own ?? time.offset ?? parseOffset(textOf(exif.OffsetTime)) }
}

function iptcTime({ iptc }: Tags, dateName: string, timeName: string): WallTime | null {
  const date = textOf(iptc[dateName])
  if (date === null) return null
  const time = textOf(iptc[timeName])
  return (time === null ? null : parseWallTime(`${date}T${time}`)) ?? parseWallTime(date)
}

/** The satellites' date and time, which are UTC. A time without a date, or the reverse, is none. */
function gpsTime({ exif, xmp }: Tags): WallTime | null {
  const date = parseWallTime(textOf(exif.GPSDateStamp))
  const time = numbersOf(exif.GPSTimeStamp)
  if (date && time && time.length === 3) {
    const [hour = 0, minute = 0, second = 0] = time
    const [year, month, day] = date.at.slice(0, 10).split('-').map(Number)
    const whole = [year ?? 0, month ?? 0, day ?? 0, hour, minute, Math.trunc(second)]
    const at = whole.every(Number.isInteger) ? wallTime(whole, Math.trunc((second % 1) * 1000)) : null
    if (at !== null) return { at, offset: '+00:00' }
  }
  const fromXmp = parseWallTime(textOf(xmp.GPSDateTime) ?? textOf(xmp.GPSTimeStamp))
  return fromXmp && { at: fromXmp.at, offset: fromXmp.offset ?? '+00:00' }
}

/** XMP's copy of an Exif time: the same second, perhaps with the fraction and the offset that Exif lacks. */
function xmpCopy(at: string, { xmp }: Tags): WallTime | null {
  const copies = ['DateTimeOriginal', 'DateCreated', 'CreateDate', 'DateTimeDigitized']
    .map((name) => parseWallTime(textOf(xmp[name])))
    .filter((copy) => copy !== null)
    .filter((copy) => copy.at.slice(0, 19) === at.slice(0, 19))
  return copies.find((copy) => copyOffset(copy) !== null) ?? copies[0] ?? null
}

/** `Z` in a copy often stands for "unknown", so it isn't believed. */
function copyOffset(copy: WallTime | null): string | null {
  return copy?.offset === '+00:00' ? null : (copy?.offset ?? null)
}

function satelliteOffset(at: string, tags: Tags): string | null {
  const satellites = gpsTime(tags)
  return satellites?.offset === '+00:00' ? offsetBetween(at, satellites.at) : null
}
