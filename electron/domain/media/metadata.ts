import type { FileBytes } from './file-bytes.ts'
import { type Head, readHead } from './head.ts'
import { kindOf } from './kinds.ts'
import { placeOf } from './place.ts'
import { cleanText, numberOf, readTags, type Tags, textOf, textsOf } from './tags.ts'
import { type FileFacts, type Taken, takenOf } from './taken.ts'

/** What a picture file says of itself. Every value is null where the file doesn't tell it, or tells nonsense. */
export type Metadata = Taken & {
  /** By content, not by name; null where the content is of no known kind. */
  mime: string | null
  /** Pixels as shown, after orientation. */
  width: number | null
  height: number | null
  /** Exif number 1–8; 1 where nothing or nonsense is said. */
  orientation: number
  cameraMake: string | null
  cameraModel: string | null
  lens: string | null
  iso: number | null
  /** The number below the `f/`. */
  fNumber: number | null
  exposureSeconds: number | null
  focalLengthMm: number | null
  /** Degrees north and east, WGS 84. */
  latitude: number | null
  longitude: number | null
  /** Metres above the sea. */
  altitude: number | null
  /** 1–5 stars, −1 for "rejected". */
  rating: number | null
  keywords: string[]
  title: string | null
  description: string | null
}

/**
 * Reads the metadata of a file: its head where possible, never its pixels. Undecodable kinds (HEIC, raw, video) give what can
 * be read of them, at least a time of capture.
 *
 * @param facts its name and its time of last change, for a picture that tells no other
 * @throws the system's error where the file can't be read
 */
export async function readMetadata(file: FileBytes, facts: FileFacts): Promise<Metadata> {
  const head = readHead(file)
  const tags = await readTags(head, file)
  return {
    mime: mimeOf(head.mime, facts.name),
    ...takenOf(tags, facts),
    ...shownSize(head, tags),
    ...cameraOf(tags),
    ...placeOf(tags),
    rating: ratingOf(tags),
    keywords: keywordsOf(tags),
    ...wordsOf(tags),
  }
}

/** Many raw formats are TIFF by their first bytes; there the name knows better. */
function mimeOf(sniffed: string | null, name: string): string | null {
  const known = kindOf(name)
  return known?.kind === 'raw' && (sniffed === null || sniffed === 'image/tiff') ? known.mime : sniffed
}

function shownSize(head: Head, { exif }: Tags): Pick<Metadata, 'width' | 'height' | 'orientation'> {
  const declared = numberOf(exif.Orientation) ?? 1
  const orientation = head.orientation ?? (declared >= 1 && declared <= 8 ? declared : 1)
  // Exif's own idea of the size is often stale (an editor forgot it), so the header goes first.
  const width =
    head.size?.width ?? pixels(numberOf(exif.ImageWidth)) ?? pixels(numberOf(exif.PixelXDimension))
  const height =
    head.size?.height ?? pixels(numberOf(exif.ImageLength)) ?? pixels(numberOf(exif.PixelYDimension))
  // The size of AVIF and HEIF is given as shown already; 5–8 lie on their side.
  const isTurned = head.orientation === null && orientation >= 5
  return isTurned ? { width: height, height: width, orientation } : { width, height, orientation }
}

function pixels(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value > 0 ? value : null
}

type Camera = Pick<
  Metadata,
  'cameraMake' | 'cameraModel' | 'lens' | 'iso' | 'fNumber' | 'exposureSeconds' | 'focalLengthMm'
>

function cameraOf({ exif, xmp }: Tags): Camera {
  const iso = positive(numberOf(exif.ISOSpeedRatings) ?? numberOf(exif.PhotographicSensitivity))
  const sensitivity =
    iso === 65535 ? positive(numberOf(exif.RecommendedExposureIndex) ?? numberOf(exif.ISOSpeed)) : iso
  return {
    cameraMake: textOf(exif.Make) ?? textOf(xmp.Make),
    cameraModel: textOf(exif.Model) ?? textOf(xmp.Model),
    lens: lensName(textOf(exif.LensModel)) ?? lensName(textOf(xmp.Lens)) ?? lensName(textOf(xmp.LensModel)),
    // 65535 is the largest this tag can say; then the true value stands in another one.
    iso: sensitivity === null ? null : Math.round(sensitivity),
    fNumber: positive(numberOf(exif.FNumber)),
    exposureSeconds: positive(numberOf(exif.ExposureTime)),
    focalLengthMm: positive(numberOf(exif.FocalLength)),
  }
}

/** Cameras with a fixed or an unknown lens write dashes or zeros. */
function lensName(text: string | null): string | null {
  return text !== null && /[a-z1-9]/i.test(text) ? text : null
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null
}

/** XMP's rating goes before Exif's; Windows' percentage is not looked at. 0 means "not rated". */
function ratingOf({ exif, xmp }: Tags): number | null {
  const stars = numberOf(xmp.Rating) ?? numberOf(exif.Rating)
  if (stars === null || stars < -1 || stars > 5) return null
  return Math.round(stars) || null
}

/**
 * XMP's keywords, else IPTC's, else those of Windows: programs write the same words to all three, and XMP is the one
 * whose letters never come out wrong.
 */
function keywordsOf({ exif, iptc, xmp }: Tags): string[] {
  const windows = textsOf(exif.XPKeywords).flatMap((words) => words.split(';').map(cleanText))
  const all = [textsOf(xmp.subject), textsOf(iptc.Keywords), windows.filter((word) => word !== null)]
  return [...new Set(all.find((words) => words.length > 0) ?? [])]
}

/** What cameras write into the description of every picture, which says nothing of it. */
const CAMERA_CHATTER =
  /^(OLYMPUS DIGITAL CAMERA|SONY DSC|MINOLTA DIGITAL CAMERA|DCIM\\\S*|Exif_JPEG_\S*|KONICA MINOLTA DIGITAL CAMERA|SAMSUNG( DIGITAL CAMERA)?|\s*default\s*|DIGITAL CAMERA|DCF-?\d*)$/i

function wordsOf({ exif, iptc, xmp }: Tags): Pick<Metadata, 'title' | 'description'> {
  const title =
    textsOf(xmp.title)[0] ?? textOf(iptc['Object Name']) ?? textOf(iptc.Headline) ?? textsOf(exif.XPTitle)[0]
  const described = [
    textsOf(xmp.description)[0] ?? null,
    textOf(iptc['Caption/Abstract']),
    textOf(exif.ImageDescription),
  ]
  return {
    title: title ?? null,
    description: described.find((text) => text && !CAMERA_CHATTER.test(text)) ?? null,
  }
}
