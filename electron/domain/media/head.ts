import { type FileBytes, latin1, uint } from './file-bytes.ts'
import { heifPicture } from './isobmff.ts'
import { unwrapProfile } from './png-profiles.ts'
import { SNIFF_BYTES, sniffMime } from './sniff.ts'

/** What is read of a file to know its metadata: a smaller file of the same format, without its pixels. */
export type Head = {
  mime: string | null
  bytes: Uint8Array
  /** As stored, before rotation; as shown for AVIF and HEIF. Null where the header doesn't tell. */
  size: { width: number; height: number } | null
  /** Exif number of a rotation the container itself prescribes (AVIF, HEIF); null where Exif decides. */
  orientation: number | null
}

/** Read of any file at once; holds all metadata of nearly every JPEG, AVIF and HEIC. */
const FIRST_BYTES = 128 * 1024
/** No more metadata than this is believed. Extended XMP with depth maps reaches a few megabytes. */
export const MOST_BYTES = 32 * 1024 * 1024
/** A TIFF's directory may lie anywhere, mostly at its end, so the file is read up to this size. */
const MOST_TIFF_BYTES = 256 * 1024 * 1024

/**
 * Reads what a file's metadata needs and no more: the head of most formats, and of PNG and WebP (which keep metadata
 * behind the pixels as well) all chunks but those with pixels.
 *
 * @throws the system's error where the file can't be read
 */
export function readHead(file: FileBytes): Head {
  const mime = sniffMime(file.at(0, SNIFF_BYTES))
  switch (mime) {
    case 'image/jpeg':
      return { mime, orientation: null, ...jpeg(file) }
    case 'image/png':
      return { mime, orientation: null, ...png(file) }
    case 'image/webp':
      return { mime, orientation: null, ...webp(file) }
    case 'image/gif': {
      const bytes = file.at(0, FIRST_BYTES)
      return { mime, orientation: null, bytes, size: pair(uint(bytes, 6, 2, true), uint(bytes, 8, 2, true)) }
    }
    case 'image/tiff':
      return { mime, orientation: null, bytes: file.at(0, MOST_TIFF_BYTES), size: null }
    case 'image/avif':
    case 'image/heic':
    case 'image/heif': {
      const bytes = isoMedia(file)
      const picture = heifPicture(bytes)
      return { mime, bytes, size: picture, orientation: picture?.orientation ?? 1 }
    }
    default:
      return { mime, orientation: null, bytes: file.at(0, FIRST_BYTES), size: null }
  }
}

function pair(width: number | null, height: number | null): { width: number; height: number } | null {
  return width && height ? { width, height } : null
}

/** A JPEG up to its first scan; the size stands in its frame header (ITU-T T.81, B.2). */
function jpeg(file: FileBytes): Pick<Head, 'bytes' | 'size'> {
  let size: Head['size'] = null
  let at = 2
  while (at < Math.min(file.size, MOST_BYTES)) {
    const segment = file.at(at, 9)
    if (segment[0] !== 0xff) break
    const marker = segment[1] ?? 0
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xda || marker === 0xd9) break
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    // Start of frame: all of C0–CF but the Huffman, arithmetic and reserved ones.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) size ??= pair(uint(segment, 7, 2), uint(segment, 5, 2))
    at += standsAlone ? 2 : 2 + Math.max(2, uint(segment, 2, 2) ?? 2)
  }
  const end = Math.min(Math.max(at + 16, FIRST_BYTES), MOST_BYTES)
  return { bytes: file.at(0, end), size }
}

/** A PNG without its pixels: each chunk is a length, a name, the data and a check sum. */
function png(file: FileBytes): Pick<Head, 'bytes' | 'size'> {
  const kept: Uint8Array[] = [file.at(0, 8)]
  let total = 8
  let at = 8
  while (at + 8 <= file.size) {
    const header = file.at(at, 8)
    const length = (uint(header, 0, 4) ?? 0) + 12
    const name = latin1(header.subarray(4, 8))
    // A damaged length would lead anywhere; what came before it still counts.
    if (!/^[A-Za-z]{4}$/.test(name)) break
    if (name !== 'IDAT' && name !== 'fdAT' && total + length <= MOST_BYTES) {
      const chunk = file.at(at, length)
      const chunkKept = unwrapProfile(chunk) ?? chunk.slice()
      kept.push(chunkKept)
      total += chunkKept.length
    }
    if (name === 'IEND') break
    at += length
  }
  const bytes = new Uint8Array(Buffer.concat(kept))
  return { bytes, size: pair(uint(bytes, 16, 4), uint(bytes, 20, 4)) }
}

/** A WebP without its pixels (RFC 9649): chunks of a name, a length and data, padded to an even length. */
function webp(file: FileBytes): Pick<Head, 'bytes' | 'size'> {
  const kept: Uint8Array[] = []
  let total = 12
  let size: Head['size'] = null
  let at = 12
  while (at + 8 <= file.size) {
    const header = file.at(at, 18)
    const name = latin1(header.subarray(0, 4))
    const length = (uint(header, 4, 4, true) ?? 0) + 8
    size ??= webpSize(name, header)
    const isPixels = name === 'VP8 ' || name === 'VP8L' || name === 'ANMF' || name === 'ALPH'
    if (!isPixels && total + length <= MOST_BYTES) {
      const chunk = file.at(at, length + (length % 2))
      kept.push(chunk.slice())
      total += chunk.length
    }
    at += length + (length % 2)
  }
  const riff = Buffer.alloc(12)
  riff.write('RIFF', 0, 'latin1')
  riff.writeUInt32LE(total - 8, 4)
  riff.write('WEBP', 8, 'latin1')
  return { bytes: new Uint8Array(Buffer.concat([riff, ...kept])), size }
}

/** The canvas of an extended file, else the size in the header of its only picture. */
function webpSize(name: string, chunk: Uint8Array): Head['size'] {
  const view = Buffer.from(chunk)
  if (name === 'VP8X' && view.length >= 18) {
    return { width: view.readUIntLE(12, 3) + 1, height: view.readUIntLE(15, 3) + 1 }
  }
  if (name === 'VP8 ' && view.length >= 18) {
    return pair(view.readUInt16LE(14) & 0x3fff, view.readUInt16LE(16) & 0x3fff)
  }
  if (name !== 'VP8L' || view.length < 13 || view[8] !== 0x2f) return null
  const bits = view.readUInt32LE(9)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** An AVIF or HEIF up to the end of its `meta` box; items that lie behind are asked for by `tags.ts`. */
function isoMedia(file: FileBytes): Uint8Array {
  let at = 0
  while (at + 8 <= file.size) {
    const header = file.at(at, 8)
    const length = uint(header, 0, 4) ?? 0
    // Lengths of 64 bits and "to the end" are those of data, and a `meta` box stands before it.
    if (length < 8) break
    at += length
    if (latin1(header.subarray(4, 8)) === 'meta') break
  }
  return file.at(0, Math.min(Math.max(at, FIRST_BYTES), MOST_BYTES))
}
