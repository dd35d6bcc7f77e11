import sharp, { type Sharp } from 'sharp'
import { CLEAN_FOLDER, CLEAN_QUALITY, cleanFile } from '../domain/media/pictures.ts'
import { keepNewest, writeCached } from './cache-file.ts'
import type { Cleaned } from './media-messages.ts'
import { type Input, type MediaFile, readInput, type Telling } from './read-input.ts'
import { decodableMime, MOST_PIXELS } from './render.ts'

/** What is larger is made smaller: turning a picture holds all of it in memory. A few cameras make more. */
const MOST_CLEAN_PIXELS = 60_000_000

/** So many are kept, of some 5 MB each: they are wanted by whoever saves them, and seldom again. */
const MOST_KEPT = 200

const STRICTLY = { failOn: 'warning', limitInputPixels: MOST_PIXELS } as const

/**
 * Makes of a photo a picture in its own size, upright and in sRGB, that carries nothing else: no EXIF, XMP or IPTC, no profile (which may name the
 * camera), no thumbnail, nothing of what follows the picture in its file. Encoded anew, so that nothing of the file is handed on at all.
 * Of animations the first frame counts.
 *
 * @throws MediaError and errors of the file system and the decoder, for `failureOf`
 */
export async function clean(
  file: MediaFile,
  { cacheDirectory }: { cacheDirectory: string },
  tell: Telling,
): Promise<Cleaned> {
  const { input, contentHash, head } = await readInput(file, tell)
  decodableMime(file.path, head)
  const { autoOrient, hasAlpha: mayBeClear } = await sharp(input, STRICTLY).metadata()
  // many a PNG has an alpha channel that says nothing
  const hasAlpha = mayBeClear === true && !(await sharp(input, STRICTLY).stats()).isOpaque
  const make = () => encoded(sized(input, autoOrient), hasAlpha)
  await writeCached(cacheDirectory, cleanFile(contentHash, hasAlpha).path, make)
  // decoded from a path, which may have led elsewhere
  if (typeof input === 'string') file.confirm()
  keepNewest(cacheDirectory, CLEAN_FOLDER, MOST_KEPT)
  return { ok: true, contentHash, hasAlpha }
}

function sized(input: Input, { width, height }: { width: number; height: number }): Sharp {
  const image = sharp(input, STRICTLY).autoOrient()
  const pixels = width * height
  if (pixels <= MOST_CLEAN_PIXELS) return image
  return image.resize({ width: Math.floor(width * Math.sqrt(MOST_CLEAN_PIXELS / pixels)) })
}

function encoded(image: Sharp, hasAlpha: boolean): Promise<Uint8Array> {
  const quality = CLEAN_QUALITY
  const upright = image.toColourspace('srgb')
  return (hasAlpha ? upright.webp({ quality, effort: 1 }) : upright.jpeg({ quality })).toBuffer()
}
