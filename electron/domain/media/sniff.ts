/** What a file is by its first bytes, whatever its name says. */

import { latin1, uint } from './file-bytes.ts'

/** How many bytes from a file's start `sniffMime` looks at. */
export const SNIFF_BYTES = 64

const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'])
const HEIF_BRANDS = new Set(['mif1', 'msf1', 'mif2', 'miaf'])

/**
 * The MIME type a file's content has, by the signatures its format's specification gives, or null where it is none
 * that Mantel knows.
 *
 * @param head the file's first bytes; `SNIFF_BYTES` of them suffice
 */
export function sniffMime(head: Uint8Array): string | null {
  const text = latin1(head.subarray(0, SNIFF_BYTES))
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (/^GIF8[79]a/.test(text)) return 'image/gif'
  if (/^RIFF.{4}WEBP/s.test(text)) return 'image/webp'
  if (/^RIFF.{4}AVI /s.test(text)) return 'video/x-msvideo'
  if (isTiff(text)) return 'image/tiff'
  if (text.startsWith('BM') && head.length >= 26) return 'image/bmp'
  if (text.startsWith('8BPS')) return 'image/vnd.adobe.photoshop'
  if (text.startsWith('\xff\x0a') || text.startsWith('\0\0\0\x0cJXL ')) return 'image/jxl'
  if (text.startsWith('\0\0\0\x0cjP  ') || text.startsWith('\xff\x4f\xff\x51')) return 'image/jp2'
  if (text.startsWith('\x1aE\xdf\xa3')) return text.includes('webm') ? 'video/webm' : 'video/matroska'
  if (text.slice(4, 8) === 'ftyp') return isoMediaMime(text, head)
  return null
}

/** Classic TIFF (42) and BigTIFF (43), in both byte orders. */
function isTiff(text: string): boolean {
  return /^(II[*+]\0|MM\0[*+])/.test(text)
}

/**
 * ISO base media: told apart by the brands in the `ftyp` box. The compatible brands count before a generic major one,
 * since `mif1` alone says no more than "some picture".
 */
function isoMediaMime(text: string, head: Uint8Array): string {
  const end = Math.min(text.length, uint(head, 0, 4) ?? 0)
  const major = text.slice(8, 12)
  const brands = [major]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text.slice(at, at + 4))
  // The short form of newer files names what it holds in place of a version.
  if (major === 'mif3') brands.push(text.slice(12, 16))
  if (major === 'qt  ') return 'video/quicktime'
  if (brands.includes('avif') || brands.includes('avis')) return 'image/avif'
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return 'image/heic'
  if (major === 'crx ') return 'image/x-canon-cr3'
  if (brands.some((brand) => HEIF_BRANDS.has(brand))) return 'image/heif'
  if (major.startsWith('3g')) return 'video/3gpp'
  return 'video/mp4'
}
