import sharp, { type Sharp, type SharpOptions } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { DECODABLE_MIMES, kindOf } from '../domain/media/kinds.ts'
import { type PictureKind, type PreviewRecipe, pictureFile, RECIPES } from '../domain/media/pictures.ts'
import { sniffMime } from '../domain/media/sniff.ts'
import { removeOlderPreviews, writeCached } from './cache-file.ts'
import { MediaError } from './media-failure.ts'
import type { Rendered } from './media-messages.ts'
import { type Input, type MediaFile, readInput, type Telling } from './read-input.ts'

/**
 * Most pixels of a picture that is decoded: the largest phone cameras make 200 million. A decoder may hold eight
 * bytes for each.
 */
export const MOST_PIXELS = 250_000_000

/** A damaged picture of which less than this part (in rows) is there isn't worth showing. */
const LEAST_SHOWN = 0.05

/** Longest edge of what a ThumbHash is made from: it keeps about 5 × 7 waves, so more adds time only. */
const THUMB_HASH_EDGE = 32

// Only the loaders for what `kinds.ts` calls decodable: no SVG, PDF, ImageMagick and the like (their code isn't even
// tried). One file at a time, one thread, nothing kept between files.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadTiff',
    'VipsForeignLoadHeif',
  ],
})
sharp.cache(false)
sharp.concurrency(1)

/** Pixels in memory: 8 bits a channel, sRGB, upright; 4 channels where there is transparency, else 3. */
type Pixels = { data: Buffer; width: number; height: number; channels: 3 | 4 }

/** What decoders of these read at a fraction of its size, in a fraction of the time; all others decode the whole first. */
const SHRINKING_MIMES: ReadonlySet<string> = new Set(['image/jpeg', 'image/webp'])

type RenderOptions = { cacheDirectory: string; picture: PictureKind; preview: PreviewRecipe; anew?: boolean }

/**
 * Decodes a file once and makes the wanted picture of it, with thumbnail and ThumbHash in any case. Where a thumbnail alone is
 * much quicker to decode the preview is left for later; elsewhere it is made along with it. Of animations the first
 * frame counts.
 *
 * @throws MediaError and errors of the file system and the decoder, for `failureOf`
 */
export async function render(
  file: MediaFile,
  { cacheDirectory, picture, preview, anew = false }: RenderOptions,
  tell: Telling,
): Promise<Rendered> {
  const { input, contentHash, head } = await readInput(file, tell)
  const mime = decodableMime(file.path, head)
  const isQuick = picture === 'thumb' && SHRINKING_MIMES.has(mime)
  const { full, pixels } = await decode(input, mime, isQuick ? RECIPES.thumb.edge : preview.edge)
  // Decoded from a path, which may have led elsewhere.
  if (typeof input === 'string') file.confirm()
  const hasAlpha = pixels.channels === 4
  // A picture no larger than its thumbnail has all of it decoded already.
  const hasPreview = !isQuick || pixels.width === full.width
  const cut = (kind: PictureKind, make: () => Promise<Uint8Array>) =>
    writeCached(cacheDirectory, pictureFile(kind, contentHash, hasAlpha, preview).path, make, anew)

  if (hasPreview) {
    await cut('preview', () => previewOf(pixels, preview))
    removeOlderPreviews(cacheDirectory, pictureFile('preview', contentHash, hasAlpha, preview).path)
  }
  const small = isQuick ? pixels : await shrink(pixels, RECIPES.thumb.edge)
  // Effort 2 makes files 4 % larger than 4 does, in a third of its time.
  const { quality } = RECIPES.thumb
  await cut('thumb', () => fromPixels(small).webp({ quality, effort: 2 }).toBuffer())

  return { ok: true, mime, ...full, hasAlpha, hasPreview, contentHash, thumbhash: await thumbhashOf(small) }
}

function previewOf(pixels: Pixels, { quality }: PreviewRecipe): Promise<Uint8Array> {
  const image = fromPixels(pixels)
  return (pixels.channels === 4 ? image.webp({ quality, effort: 1 }) : image.jpeg({ quality })).toBuffer()
}

const shrink = (pixels: Pixels, edge: number) =>
  toPixels(fromPixels(pixels).resize({ width: edge, height: edge, ...INSIDE }))

const INSIDE = { fit: 'inside', withoutEnlargement: true } as const

/** The kind of a file's content. Throws MediaError where nothing here decodes it. */
export function decodableMime(path: string, head: Uint8Array): string {
  const mime = sniffMime(head)
  if (head.length === 0) throw new MediaError('empty_file', 'no content')
  if (mime === null) throw new MediaError('decode_failed', 'the content is of no known kind')
  // Raw files are TIFFs to a decoder, which would show their tiny preview.
  const isRaw = kindOf(path)?.kind === 'raw'
  if (isRaw || !DECODABLE_MIMES.has(mime)) throw new MediaError('unsupported_kind', `no decoder for ${mime}`)
  return mime
}

type Decoded = { full: { width: number; height: number }; pixels: Pixels }

/**
 * Strictly first. What a strict decoder refuses is tried again leniently, and shown if a part worth showing is there:
 * half a holiday picture is better than none.
 */
async function decode(input: Input, mime: string, edge: number): Promise<Decoded> {
  try {
    return await decodeAs(input, edge, 'warning')
  } catch (error) {
    if (/exceeds pixel limit/i.test(String(error))) throw error
    if (mime === 'image/avif' && /unsupported image format/i.test(String(error))) {
      throw new MediaError('unsupported_kind', 'an AVIF that is a sequence')
    }
  }
  const decoded = await decodeAs(input, edge, 'none')
  if (shownPart(decoded.pixels) < LEAST_SHOWN) {
    throw new MediaError('decode_failed', 'the picture behind the header is missing')
  }
  return decoded
}

async function decodeAs(
  input: Input,
  edge: number,
  failOn: SharpOptions['failOn'] & string,
): Promise<Decoded> {
  const source = sharp(input, { failOn, limitInputPixels: MOST_PIXELS })
  const { autoOrient: full } = await source.metadata()
  // An embedded colour profile is applied on the way to sRGB.
  const pixels = await toPixels(source.autoOrient().resize({ width: edge, height: edge, ...INSIDE }))
  return { full, pixels: withoutNeedlessAlpha(pixels) }
}

async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  if (channels !== 3 && channels !== 4) throw new MediaError('decode_failed', `${channels} channels in sRGB`)
  return { data, width, height, channels }
}

function fromPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } })
}

/** Many a PNG and every GIF has an alpha channel that says nothing; without it the preview can be a JPEG. */
function withoutNeedlessAlpha(pixels: Pixels): Pixels {
  const { data, width, height, channels } = pixels
  if (channels === 3) return pixels
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return pixels
  const opaque = Buffer.allocUnsafe(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    opaque[to] = data[from] ?? 0
    opaque[to + 1] = data[from + 1] ?? 0
    opaque[to + 2] = data[from + 2] ?? 0
  }
  return { data: opaque, width, height, channels: 3 }
}

/**
 * The part of the rows, from the top, that isn't one flat colour to the bottom: what a lenient decoder fills in for
 * missing data.
 */
function shownPart({ data, width, height, channels }: Pixels): number {
  const rowBytes = width * channels
  const last = data.subarray(data.length - channels)
  for (let row = height - 1; row >= 0; row -= 1) {
    for (let at = row * rowBytes; at < (row + 1) * rowBytes; at += channels) {
      if (data.compare(last, 0, channels, at, at + channels) !== 0) return (row + 1) / height
    }
  }
  return 0
}

async function thumbhashOf(pixels: Pixels): Promise<Uint8Array> {
  const tiny = fromPixels(pixels)
    .resize({ width: THUMB_HASH_EDGE, height: THUMB_HASH_EDGE, ...INSIDE })
    .ensureAlpha()
  const { data, width, height } = await toPixels(tiny)
  return rgbaToThumbHash(width, height, data)
}
