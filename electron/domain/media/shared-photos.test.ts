import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesOf } from './file-bytes.ts'
import { kindOf } from './kinds.ts'
import { type Metadata, readMetadata } from './metadata.ts'

/** Real pictures of many cameras, with what exiftool reads of each; absent outside the team's machines. */
const SHARED = '../shared/photos'
const isThere = existsSync(`${SHARED}/manifest.json`)

const readShared = (path: string) =>
  readMetadata(bytesOf(readFileSync(`${SHARED}/${path}`)), {
    name: basename(path),
    mtimeMs: Date.UTC(2010, 0, 1),
  })

type Known = {
  path: string
  mime?: string
  file_type?: string
  width?: number
  height?: number
  orientation?: number
  date_time_original?: string
  create_date?: string
  sub_sec_time_original?: string
  offset_time?: string
  make?: string
  model?: string | number
  gps_latitude?: number
  gps_longitude?: number
  rating?: number
  keywords?: (string | number)[]
  title?: string | number
}

/**
 * Where Mantel reads something else than exiftool does, and why that is right or can't be helped. Each line names the
 * file's end and the fields; one that isn't needed any more fails the test.
 */
const EXCEPTIONS: readonly [file: string, fields: string, why: string][] = [
  [
    'long_description.jpg',
    'date',
    'IPTC tells an earlier date of creation than XMP; exiftool’s list names XMP’s only',
  ],
  ['exiftool/IPTC.jpg', 'date', 'IPTC’s date, which the list leaves out'],
  ['exifreader/test.tiff', 'date', 'IPTC’s date, which the list leaves out'],
  ['density_plot.png', 'date', 'PNG text "Creation Time", which the list leaves out'],
  ['exiftool/XMP.jpg', 'keywords title', 'a stack of XMP packets in UTF-16 and UTF-32, made for exiftool'],
  ['exiftool/ExtendedXMP.jpg', 'title', 'the title of a PDF namespace, not of the picture'],
  ['exiftool/GIF.gif', 'title', 'XMP inside GIF isn’t read'],
  ['FujiTagsDRangeAutoRating1.jpg', 'rating', 'stands in maker notes only'],
  ['FujiTagsDRangeStrongRating3.jpg', 'rating', 'stands in maker notes only'],
  ['FujiTagsSTone1HTone-1Rating5.jpg', 'rating', 'stands in maker notes only'],
  ['FLIR Vue Pro 640.jpg', 'date place', 'the date stands in FLIR’s own block; 0°, 0° is no place'],
  ['FLIR iPhone device.jpg', 'date place', 'both stand in FLIR’s own block only'],
  ['Reconyx HC500 firmware 3.3.0.jpg', 'date', 'stands in maker notes only'],
  ['Issue 308.jpg', 'place', '0°, 0° is no place'],
  ['Issue 609.jpg', 'date', '0000:00:00 is no date'],
  ['Nikon D5000.jpg', 'place', 'seconds of 0/0 in Exif; XMP tells the place, exiftool’s list doesn’t'],
  ['buggy_panorama.jpg', 'place', 'latitude 213 is none'],
  ['photoprism/digikam.jpg', 'orientation', '0 is no orientation, hence 1'],
  ['huawei-gps-error.jpg', 'orientation', '0 is no orientation, hence 1'],
  ['Landscape_0.jpg', 'orientation', '0 is no orientation, hence 1'],
  ['Portrait_0.jpg', 'orientation', '0 is no orientation, hence 1'],
  ['image-2011.jpg', 'place', '0°, 0° is no place'],
  ['paris_icc_exif_xmp.avif', 'place', '0°, 0° is no place'],
  ['paris_icc_exif_xmp.png', 'place', '0°, 0° is no place'],
  [
    'colors-animated-8bpc-alpha-exif-xmp.avif',
    'mime date subsec offset camera place',
    'an AVIF sequence keeps metadata as a video does; exiftool calls it one',
  ],
  ['colors-animated-8bpc.avif', 'mime date', 'as above; the date is that of the video track'],
  [
    'rotation-animated-irot90.avif',
    'mime date size orientation',
    'as above; rotation inside the file is applied',
  ],
  ['rotation-irot90.avif', 'size orientation', 'rotation inside the file is applied'],
  ['rotation-irot180.avif', 'orientation', 'rotation inside the file is applied'],
  ['rotation-irot270.avif', 'size orientation', 'rotation inside the file is applied'],
  ['rotation-irot90-imir1.avif', 'size orientation', 'rotation inside the file is applied'],
  ['BigTIFF.tif', 'mime size', 'the reader can’t read BigTIFF; rendering tells the size'],
  ['xmp_tags_orientation_exiftool.png', 'orientation', 'XMP’s orientation counts for no viewer'],
  ['simple_osm_tile_alpha.avif', 'mime', 'the short form of AVIF, which exiftool takes for a video'],
]

const isClose = (a: number | null, b: number | null) =>
  a === b || (a !== null && b !== null && Math.abs(a - b) < 0.0001)

/** The fields of a file that Mantel reads otherwise than the list. */
function disagreements(known: Known, read: Metadata): string[] {
  const differs: Record<string, boolean> = {}
  differs.mime = known.mime !== read.mime
  // The list holds sizes as stored.
  const isTurned = (known.orientation ?? 1) >= 5 && known.file_type !== 'AVIF'
  const size = isTurned ? [known.height, known.width] : [known.width, known.height]
  differs.size = known.width !== undefined && (size[0] !== read.width || size[1] !== read.height)
  differs.orientation = (known.orientation ?? 1) !== read.orientation
  const written = (known.date_time_original ?? known.create_date)?.slice(0, 19)
  const date = written?.replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T') ?? null
  const fromMetadata = read.takenSource === 'exif' || read.takenSource === 'container'
  differs.date =
    date === null ? read.takenSource === 'container' : !fromMetadata || read.takenAt.slice(0, 19) !== date
  const fraction = known.date_time_original && known.sub_sec_time_original
  differs.subsec = !!fraction && read.takenAt.slice(20) !== fraction.slice(0, 3).padEnd(3, '0')
  differs.offset = known.offset_time !== undefined && known.offset_time !== read.takenOffset
  const model = known.model === undefined ? null : String(known.model)
  differs.camera = (known.make ?? null) !== read.cameraMake || model !== read.cameraModel
  differs.place =
    !isClose(known.gps_latitude ?? null, read.latitude) ||
    !isClose(known.gps_longitude ?? null, read.longitude)
  differs.rating = (known.rating || null) !== read.rating
  const keywords = [...new Set((known.keywords ?? []).map(String))].sort()
  differs.keywords = keywords.join('\n') !== [...read.keywords].sort().join('\n')
  differs.title = (known.title === undefined ? null : String(known.title)) !== read.title
  return Object.keys(differs).filter((field) => differs[field])
}

/** As above, for what the tests of the projects that the files come from expect. */
const EXPECTED_EXCEPTIONS: readonly [file: string, fields: string, why: string][] = [
  ['gps-datetime.jpg', 'local', 'satellite time is kept in UTC until the zone of the place is known'],
  ['image-2011.jpg', 'local', 'DateTimeDigitized goes before the time of the last change'],
  ['buggy_panorama.jpg', 'place', 'latitude 213 is none, rather than something to be repaired'],
]

type Expected = {
  path: string
  expect: {
    display_size?: [number, number]
    local_time?: string
    instant_utc?: string
    offset?: string | null
    gps?: [number, number] | null
    iso?: number
    f_number?: number
    exposure_s?: number
    focal_length_mm?: number
    lens?: string
    rating?: number
  }
}

function unexpected({ expect: wanted }: Expected, read: Metadata): string[] {
  const differs: Record<string, boolean> = {}
  const [width, height] = wanted.display_size ?? [read.width, read.height]
  differs.size = width !== read.width || height !== read.height
  differs.local = wanted.local_time !== undefined && wanted.local_time !== read.takenAt.slice(0, 19)
  const instant = Date.parse(read.takenAt.slice(0, 19) + read.takenOffset)
  differs.instant =
    wanted.instant_utc !== undefined &&
    read.takenOffset !== null &&
    Math.trunc(Date.parse(wanted.instant_utc) / 1000) * 1000 !== instant
  differs.offset = wanted.offset !== undefined && wanted.offset !== read.takenOffset
  if (wanted.gps !== undefined) {
    const [latitude, longitude] = wanted.gps ?? [null, null]
    differs.place = !isClose(latitude, read.latitude) || !isClose(longitude, read.longitude)
  }
  differs.iso = wanted.iso !== undefined && wanted.iso !== read.iso
  differs.aperture = wanted.f_number !== undefined && !isClose(wanted.f_number, read.fNumber)
  differs.exposure = wanted.exposure_s !== undefined && !isClose(wanted.exposure_s, read.exposureSeconds)
  differs.focal = wanted.focal_length_mm !== undefined && !isClose(wanted.focal_length_mm, read.focalLengthMm)
  differs.lens = wanted.lens !== undefined && wanted.lens !== read.lens
  differs.rating = wanted.rating !== undefined && (wanted.rating || null) !== read.rating
  return Object.keys(differs).filter((field) => differs[field])
}

describe.skipIf(!isThere)(`shared photos${isThere ? '' : ' (skipped: not on this machine)'}`, () => {
  it('tell what exiftool reads of them, but for the exceptions', { timeout: 60_000 }, async () => {
    const manifest: { files: Known[] } = JSON.parse(readFileSync(`${SHARED}/manifest.json`, 'utf8'))
    const chosen = manifest.files.filter(
      ({ path }) => /^(camera|orientation|formats)\//.test(path) && kindOf(path)?.decodable,
    )
    const found: string[] = []
    for (const known of chosen) {
      const fields = disagreements(known, await readShared(known.path))
      if (fields.length > 0) found.push(`${known.path}: ${fields.sort().join(' ')}`)
    }
    const expected = EXCEPTIONS.map(([file, fields]) => {
      const path = chosen.find((known) => known.path.endsWith(`/${file}`))?.path ?? `no file ${file}`
      return `${path}: ${fields.split(' ').sort().join(' ')}`
    })
    expect(chosen).toHaveLength(353)
    expect(found.sort()).toEqual(expected.sort())
  })
  it('tell what the projects they come from expect, but for the exceptions', {
    timeout: 60_000,
  }, async () => {
    const expected: { items: Expected[] } = JSON.parse(readFileSync(`${SHARED}/expected.json`, 'utf8'))
    const chosen = expected.items.filter(
      ({ path }) => /^(camera|orientation|formats)\//.test(path) && kindOf(path)?.decodable,
    )
    const found: string[] = []
    for (const item of chosen) {
      const fields = unexpected(item, await readShared(item.path))
      if (fields.length > 0) found.push(`${item.path.split('/').at(-1)}: ${fields.sort().join(' ')}`)
    }
    expect(chosen.length).toBeGreaterThan(60)
    expect(found.sort()).toEqual(EXPECTED_EXCEPTIONS.map(([file, fields]) => `${file}: ${fields}`).sort())
  })
})
