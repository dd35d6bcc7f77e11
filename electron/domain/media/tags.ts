import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom'
import ExifReader from 'exifreader'
import type { FileBytes } from './file-bytes.ts'
import { type Head, MOST_BYTES } from './head.ts'

/** One tag as the reader gives it: text or numbers of many shapes, never trusted. */
type Tag = { value?: unknown; description?: unknown; computed?: unknown }
type Group = Record<string, Tag | undefined>

/** A file's tags by the block they stand in. Absent blocks are empty. */
export type Tags = { exif: Group; iptc: Group; xmp: Group; png: Group }

/** Only these are parsed: skipping the rest (maker notes, thumbnails, colour tables) halves the time. */
const EXIF_TAGS = [
  'DateTime',
  'DateTimeOriginal',
  'DateTimeDigitized',
  'OffsetTime',
  'OffsetTimeOriginal',
  'OffsetTimeDigitized',
  'SubSecTime',
  'SubSecTimeOriginal',
  'SubSecTimeDigitized',
  'Orientation',
  'ImageWidth',
  'ImageLength',
  'PixelXDimension',
  'PixelYDimension',
  'Make',
  'Model',
  'LensModel',
  'LensMake',
  'ISOSpeedRatings',
  'PhotographicSensitivity',
  'RecommendedExposureIndex',
  'ISOSpeed',
  'FNumber',
  'ExposureTime',
  'FocalLength',
  'ImageDescription',
  'XPTitle',
  'XPKeywords',
  'Rating',
  'GPSLatitude',
  'GPSLatitudeRef',
  'GPSLongitude',
  'GPSLongitudeRef',
  'GPSAltitude',
  'GPSAltitudeRef',
  'GPSTimeStamp',
  'GPSDateStamp',
]
const IPTC_TAGS = [
  'Date Created',
  'Time Created',
  'Digital Creation Date',
  'Digital Creation Time',
  'Keywords',
  'Headline',
  'Object Name',
  'Caption/Abstract',
]

/**
 * Reads the Exif, IPTC, XMP and PNG text tags of a file. Whatever can't be read is missing from the answer; nothing
 * in a file makes this throw.
 *
 * @param head of `readHead`
 * @param file the same file, for metadata that lies further behind (AVIF, HEIC)
 * @throws the system's error where the file can't be read on
 */
export async function readTags(head: Head, file: FileBytes): Promise<Tags> {
  const first = await load(head.bytes)
  const isIsoMedia = /^image\/(avif|heic|heif)$/.test(head.mime ?? '')
  if (!isIsoMedia || file.size <= head.bytes.length || (first && first.end <= head.bytes.length)) {
    return first?.tags ?? NO_TAGS
  }
  const end = Math.min(first?.end ?? MOST_BYTES, MOST_BYTES)
  return (await load(file.at(0, end)))?.tags ?? first?.tags ?? NO_TAGS
}

const NO_TAGS: Tags = { exif: {}, iptc: {}, xmp: {}, png: {} }

/** Null where the reader finds no metadata, or stumbles over the file. `end`: how far the metadata reaches. */
async function load(bytes: Uint8Array): Promise<{ tags: Tags; end: number } | null> {
  try {
    const found = await ExifReader.load(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      async: true,
      expanded: true,
      includeOffsets: true,
      computed: true,
      includeTags: { exif: EXIF_TAGS, iptc: IPTC_TAGS, xmp: true, png: true },
      domParser: new DOMParser({ onError: onErrorStopParsing }),
      decompress: { maxDecompressedSize: MOST_BYTES },
    })
    // The reader's own types list each tag; here all of them are unknown values behind a name.
    const groups = found as unknown as Partial<Record<keyof Tags, Group>>
    const end = found.metadataRange?.end ?? 0
    return { tags: { ...NO_TAGS, ...pick(groups) }, end }
  } catch {
    return null
  }
}

function pick(groups: Partial<Record<keyof Tags, Group>>): Partial<Tags> {
  const picked: Partial<Tags> = {}
  for (const name of ['exif', 'iptc', 'xmp', 'png'] as const) {
    const group = groups[name]
    if (group) picked[name] = group
  }
  return picked
}

/** A tag as a number, or null. Of several values the first. */
export function numberOf(tag: Tag | undefined): number | null {
  for (const candidate of [tag?.computed, tag?.value, tag?.description]) {
    const value: unknown = Array.isArray(candidate) ? candidate[0] : candidate
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
      return Number(value)
  }
  return null
}

/** A tag's numbers (rationals already divided), or null where one of them is none. */
export function numbersOf(tag: Tag | undefined): number[] | null {
  const values: unknown = tag?.computed
  if (!Array.isArray(values)) return null
  const numbers = values.filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  )
  return numbers.length === values.length ? numbers : null
}

/** A tag as text without blanks and NULs around it, or null where nothing is left. */
export function textOf(tag: Tag | undefined): string | null {
  const candidate: unknown = tag?.computed ?? tag?.description
  const first: unknown = Array.isArray(candidate) ? candidate[0] : candidate
  return typeof first === 'string' || typeof first === 'number' ? cleanText(String(first)) : null
}

/** All texts of a tag that may hold several (keywords). */
export function textsOf(tag: Tag | Tag[] | undefined): string[] {
  const tags = Array.isArray(tag) ? tag : tag ? [tag] : []
  const texts = tags.flatMap((one) => {
    const value: unknown = one.value
    const items: unknown[] = Array.isArray(value) ? value : []
    const isList = items.some((item) => typeof item === 'object' && item !== null && 'value' in item)
    if (!isList) return [textOf({ description: one.description })]
    // The check above says that the items are tags themselves.
    return items.map((item) => textOf({ description: (item as Tag).value }))
  })
  return texts.filter((text) => text !== null)
}

/** Longest text that is kept of a tag: descriptions of whole articles exist, books don't. */
const MOST_TEXT = 10_000

/** Cuts at the first NUL, drops control characters and blanks around; null where nothing is left. */
export function cleanText(text: string): string | null {
  const cut = text.split('\0')[0] ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to go
  const clean = cut.replace(/[\u0001-\u0008\u000b-\u001f\u007f]/g, ' ').trim()
  return clean === '' ? null : clean.slice(0, MOST_TEXT)
}
