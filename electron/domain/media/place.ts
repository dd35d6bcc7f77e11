import { numberOf, numbersOf, type Tags, textOf } from './tags.ts'

/** Degrees north and east (WGS 84), metres above the sea. All null where the file tells no place. */
export type Place = { latitude: number | null; longitude: number | null; altitude: number | null }

const NOWHERE: Place = { latitude: null, longitude: null, altitude: null }

/** Higher and deeper than any camera has been; cameras without a fix write such values. */
const MOST_METRES = 50_000

/**
 * Where a picture was taken, from Exif, else from XMP. A place beyond the poles or the date line is none, and neither
 * is 0°, 0°: cameras without a fix write that.
 */
export function placeOf({ exif, xmp }: Tags): Place {
  const fromExif = place(
    exifDegrees(exif.GPSLatitude, textOf(exif.GPSLatitudeRef)),
    exifDegrees(exif.GPSLongitude, textOf(exif.GPSLongitudeRef)),
  )
  const found = fromExif ?? place(xmpDegrees(textOf(xmp.GPSLatitude)), xmpDegrees(textOf(xmp.GPSLongitude)))
  if (!found) return NOWHERE
  const altitude = fromExif ? altitudeOf(exif) : altitudeOf(xmp)
  return { ...found, altitude }
}

function place(
  latitude: number | null,
  longitude: number | null,
): Pick<Place, 'latitude' | 'longitude'> | null {
  if (latitude === null || longitude === null) return null
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  return latitude === 0 && longitude === 0 ? null : { latitude, longitude }
}

/** Degrees, minutes and seconds; a missing reference letter means north or east. */
function exifDegrees(tag: Tags['exif'][string], reference: string | null): number | null {
  const parts = numbersOf(tag)
  if (!parts || parts.length === 0) return null
  const [degrees = 0, minutes = 0, seconds = 0] = parts
  const value = degrees + minutes / 60 + seconds / 3600
  return /^[SW]/i.test(reference ?? '') ? -value : value
}

/** XMP's `27,41.639958N` or `27,41,38.4N`, as it stands in the file or with the minutes already added. */
function xmpDegrees(text: string | null): number | null {
  const match = /^(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?(?:,(\d+(?:\.\d+)?))?\s*([NSEW])$/i.exec(text ?? '')
  if (!match) return null
  const value = Number(match[1]) + Number(match[2] ?? 0) / 60 + Number(match[3] ?? 0) / 3600
  return /[SW]/i.test(match[4] ?? '') ? -value : value
}

function altitudeOf(group: Tags['exif']): number | null {
  const metres = fraction(group.GPSAltitude)
  if (metres === null || Math.abs(metres) > MOST_METRES) return null
  return numberOf(group.GPSAltitudeRef) === 1 ? -Math.abs(metres) : metres
}

/** A number, or XMP's `1328/1`. */
function fraction(tag: Tags['exif'][string]): number | null {
  const match = /^(-?\d+)\/(\d+)$/.exec(textOf(tag) ?? '')
  if (!match) return numberOf(tag)
  const value = Number(match[1]) / Number(match[2])
  return Number.isFinite(value) ? value : null
}
