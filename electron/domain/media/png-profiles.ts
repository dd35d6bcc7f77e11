import { crc32, inflateSync } from 'node:zlib'
import { latin1 } from './file-bytes.ts'

/** Exif and XMP are seldom larger; what would be is left unread. */
const MOST_PROFILE_BYTES = 4 * 1024 * 1024

/**
 * ImageMagick and others wrap Exif and XMP into a PNG text chunk named `Raw profile type …`, as hexadecimal digits.
 * Gives the chunk of today's standard with the same content, or null where the chunk is no such profile.
 *
 * @param chunk a whole `zTXt` or `tEXt` chunk, with its length, name and check sum
 */
export function unwrapProfile(chunk: Uint8Array): Uint8Array | null {
  const name = latin1(chunk.subarray(4, 8))
  if (name !== 'zTXt' && name !== 'tEXt') return null
  const data = chunk.subarray(8, -4)
  const keyword = /^Raw profile type (exif|APP1|xmp)\0/i.exec(latin1(data.subarray(0, 40)))
  if (!keyword) return null
  const profile = decode(data.subarray(keyword[0].length), name === 'zTXt')
  if (!profile) return null
  const isXmp = keyword[1]?.toLowerCase() === 'xmp' || latin1(profile.subarray(0, 5)) === 'http:'
  if (isXmp)
    return makeChunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1'), profile]))
  const isPrefixed = latin1(profile.subarray(0, 6)) === 'Exif\0\0'
  return makeChunk('eXIf', isPrefixed ? profile.subarray(6) : profile)
}

/** The text is: a line feed, the profile's name, its length, then its bytes as digits, broken into lines. */
function decode(data: Uint8Array, isCompressed: boolean): Uint8Array | null {
  try {
    const text = isCompressed
      ? // The first byte names the compression; deflate is the only one there is.
        inflateSync(data.subarray(1), { maxOutputLength: MOST_PROFILE_BYTES }).toString('latin1')
      : latin1(data)
    const header = /^\s*\S+\s+(\d+)\s/.exec(text)
    if (!header) return null
    // The length rules: writers are known to leave rubbish behind the digits.
    const digits = text
      .slice(header[0].length)
      .replace(/\s+/g, '')
      .slice(0, Number(header[1]) * 2)
    return Buffer.from(digits, 'hex')
  } catch {
    // Damaged compression: the picture may still be fine.
    return null
  }
}

function makeChunk(name: string, data: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(data.length + 12)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(name, 4, 'latin1')
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8)
  return chunk
}
