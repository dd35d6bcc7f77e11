import { latin1, uint } from './file-bytes.ts'

/** What an AVIF or HEIF file says of its primary picture. */
export type HeifPicture = {
  /** Width and height as shown, after the file's own cropping and rotation. */
  width: number
  height: number
  /** The Exif number (1–8) of the rotation and mirroring that the file asks for, which a decoder has applied. */
  orientation: number
}

type Box = { type: string; start: number; end: number }

/**
 * Size and rotation of the primary picture, from the item properties of the `meta` box (ISO/IEC 23008-12: `pitm`,
 * `ispe`, `clap`, `irot`, `imir`). Exif's own orientation is only informative in such files and must not be applied.
 * Null where there is no such picture.
 *
 * @param bytes the file from its start, as far as its `meta` box reaches at least
 */
export function heifPicture(bytes: Uint8Array): HeifPicture | null {
  const meta = boxes(bytes, 0, bytes.length).find((box) => box.type === 'meta')
  if (!meta) return null
  const inMeta = boxes(bytes, meta.start + 4, meta.end)
  const primary = inMeta.find((box) => box.type === 'pitm')
  const properties = inMeta.find((box) => box.type === 'iprp')
  if (!primary || !properties) return null
  const primaryId = uint(bytes, primary.start + 4, bytes[primary.start] === 0 ? 2 : 4)
  const inProperties = boxes(bytes, properties.start, properties.end)
  const container = inProperties.find((box) => box.type === 'ipco')
  if (!container || primaryId === null) return null
  const all = boxes(bytes, container.start, container.end)
  const chosen = inProperties
    .filter((box) => box.type === 'ipma')
    .flatMap((box) => associations(bytes, box).get(primaryId) ?? [])
    .flatMap((index) => all[index - 1] ?? [])
  return shown(bytes, chosen)
}

/** Applies the properties of one picture in the order they must be in: size, crop, rotation, mirror. */
function shown(bytes: Uint8Array, properties: readonly Box[]): HeifPicture | null {
  const of = (type: string) => properties.find((box) => box.type === type)
  const extents = of('ispe')
  if (!extents) return null
  let width = uint(bytes, extents.start + 4, 4)
  let height = uint(bytes, extents.start + 8, 4)
  const crop = of('clap')
  if (crop) {
    width = ratio(bytes, crop.start) ?? width
    height = ratio(bytes, crop.start + 8) ?? height
  }
  if (!width || !height) return null
  const rotation = of('irot')
  const mirror = of('imir')
  const quarters = rotation ? (bytes[rotation.start] ?? 0) & 3 : 0
  const axis = mirror ? (bytes[mirror.start] ?? 0) & 1 : null
  const orientation = EXIF_OF[quarters]?.[axis === null ? 0 : axis + 1] ?? 1
  return quarters % 2 === 1 ? { width: height, height: width, orientation } : { width, height, orientation }
}

/** Exif orientation for quarter turns anticlockwise (rows), then none, top-bottom, left-right mirroring (columns). */
const EXIF_OF = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
] as const

/** A whole number of pixels from a numerator and a denominator, or null where that makes no sense. */
function ratio(bytes: Uint8Array, offset: number): number | null {
  const numerator = uint(bytes, offset, 4)
  const denominator = uint(bytes, offset + 4, 4)
  if (!numerator || !denominator) return null
  return Math.round(numerator / denominator) || null
}

/** `ipma`: item id → the numbers (from 1) of its properties. */
function associations(bytes: Uint8Array, box: Box): Map<number, number[]> {
  const version = bytes[box.start] ?? 0
  const wide = ((bytes[box.start + 3] ?? 0) & 1) === 1
  const idBytes = version === 0 ? 2 : 4
  const count = uint(bytes, box.start + 4, 4) ?? 0
  const found = new Map<number, number[]>()
  let at = box.start + 8
  for (let entry = 0; entry < count && at < box.end; entry += 1) {
    const id = uint(bytes, at, idBytes)
    const length = bytes[at + idBytes] ?? 0
    if (id === null) break
    at += idBytes + 1
    const indexes: number[] = []
    for (let index = 0; index < length && at < box.end; index += 1) {
      indexes.push(wide ? (uint(bytes, at, 2) ?? 0) & 0x7fff : (bytes[at] ?? 0) & 0x7f)
      at += wide ? 2 : 1
    }
    found.set(id, indexes)
  }
  return found
}

/** The boxes between two places; `start` is behind a box's header. Ends quietly at one that can't be. */
function boxes(bytes: Uint8Array, from: number, to: number): Box[] {
  const found: Box[] = []
  let at = from
  while (at + 8 <= to) {
    let length = uint(bytes, at, 4) ?? 0
    let header = 8
    if (length === 1) {
      length = (uint(bytes, at + 8, 4) ?? 0) * 2 ** 32 + (uint(bytes, at + 12, 4) ?? 0)
      header = 16
    }
    if (length === 0) length = to - at
    if (length < header) break
    found.push({
      type: latin1(bytes.subarray(at + 4, at + 8)),
      start: at + header,
      end: Math.min(at + length, to),
    })
    at += length
  }
  return found
}
