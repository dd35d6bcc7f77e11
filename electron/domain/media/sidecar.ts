import { type SidecarFields, xmlText, xmpDate, xmpDegrees } from './sidecar-fields.ts'
import { XmpDocument, type XmpName } from './xmp-document.ts'

const names =
  (namespace: string, prefix: string) =>
  (local: string): XmpName => ({ namespace, prefix, local })

const exif = names('http://ns.adobe.com/exif/1.0/', 'exif')
const exifEx = names('http://cipa.jp/exif/1.0/', 'exifEX')
const photoshop = names('http://ns.adobe.com/photoshop/1.0/', 'photoshop')
const xmp = names('http://ns.adobe.com/xap/1.0/', 'xmp')
const dc = names('http://purl.org/dc/elements/1.1/', 'dc')
const lightroom = names('http://ns.adobe.com/lightroom/1.0/', 'lr')
const digikam = names('http://www.digikam.org/ns/1.0/', 'digiKam')

/** What some programs write beside a date and would read together with ours. */
const PARTS_OF_A_DATE = [
  exif('SubSecTimeOriginal'),
  exif('OffsetTimeOriginal'),
  exifEx('SubSecTimeOriginal'),
  exifEx('OffsetTimeOriginal'),
]
/**
 * The text of a sidecar that says these things, and all else that it said before. `existing`: null where there is none yet. Written in the
 * properties that other programs read (XMP specification part 2; tags as digiKam and Lightroom have them).
 *
 * @throws XmpError where what exists is no XMP
 */
export function sidecarText(existing: string | null, fields: SidecarFields): string {
  const mark = existing?.startsWith('\uFEFF') ? '\uFEFF' : ''
  const document = new XmpDocument(existing?.slice(mark.length) ?? null)
  if (fields.date) setDate(document, fields.date)
  if (fields.place !== undefined) setPlace(document, fields.place)
  if (fields.rating !== undefined) document.set(xmp('Rating'), String(fields.rating))
  if (fields.caption !== undefined) document.setDefaultText(dc('description'), xmlText(fields.caption))
  if (fields.tags && fields.tags.length > 0) addTags(document, fields.tags)
  return mark + document.toString()
}

function setDate(document: XmpDocument, date: NonNullable<SidecarFields['date']>): void {
  for (const name of PARTS_OF_A_DATE) document.remove(name)
  document.set(exif('DateTimeOriginal'), xmpDate(date))
  document.set(photoshop('DateCreated'), xmpDate(date))
}

function setPlace(document: XmpDocument, place: SidecarFields['place']): void {
  const { altitude = null } = place ?? {}
  const says = new Map<string, string>()
  if (place) {
    says.set('GPSLatitude', xmpDegrees(place.latitude, ['N', 'S']))
    says.set('GPSLongitude', xmpDegrees(place.longitude, ['E', 'W']))
  }
  if (altitude !== null) {
    says.set('GPSAltitude', `${Math.round(Math.abs(altitude) * 1000)}/1000`)
    says.set('GPSAltitudeRef', altitude < 0 ? '1' : '0')
  }
  for (const local of ['GPSLatitude', 'GPSLongitude', 'GPSAltitude', 'GPSAltitudeRef']) {
    const text = says.get(local)
    if (text === undefined) document.remove(exif(local))
    else document.set(exif(local), text)
  }
}

function addTags(document: XmpDocument, tags: readonly string[][]): void {
  const paths = tags.map((path) => path.map(xmlText)).filter((path) => path.every((name) => name !== ''))
  const leaves = paths.map((path) => path.at(-1) ?? '')
  document.addTexts(dc('subject'), 'Bag', leaves)
  // a name with the separator in it would be taken for two: that tag is told by its own name alone
  const joined = (separator: string) =>
    paths.filter((path) => !path.some((name) => name.includes(separator))).map((path) => path.join(separator))
  document.addTexts(lightroom('hierarchicalSubject'), 'Bag', joined('|'))
  document.addTexts(digikam('TagsList'), 'Seq', joined('/'))
}
