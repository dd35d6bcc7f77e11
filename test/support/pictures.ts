import { mkdirSync, utimesSync } from 'node:fs'
import { dirname } from 'node:path'
import sharp, { type Exif, type Sharp } from 'sharp'

/** Formats a fixture can have: those the product decodes. */
type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif'

export type PictureFixture = {
  format?: PictureFormat
  width?: number
  height?: number
  /** Any CSS colour; one with alpha makes a transparent picture where the format can. */
  colour?: string
  /** Exif tags: IFD0 (camera), IFD2 (dates, exposure), IFD3 (GPS), all as text. */
  exif?: Exif
  /** Exif number 1–8. */
  orientation?: number
  /** The file's time of last change. */
  mtime?: Date
}

/**
 * Writes a small picture of one colour with a darker upper half (so that rotation shows) and returns its path. Its
 * folder is made where it is missing.
 */
export async function makePicture(path: string, fixture: PictureFixture = {}): Promise<string> {
  mkdirSync(dirname(path), { recursive: true })
  const { format = 'jpeg', exif, orientation } = fixture
  let image = drawn(fixture).toFormat(format)
  if (exif) image = image.withExif(exif)
  if (orientation !== undefined) image = image.withMetadata({ orientation })
  await image.toFile(path)
  if (fixture.mtime) utimesSync(path, fixture.mtime, fixture.mtime)
  return path
}

/** As `makePicture`, as bytes. */
export async function pictureBytes(fixture: PictureFixture = {}): Promise<Buffer> {
  const { format = 'jpeg', exif } = fixture
  const image = drawn(fixture).toFormat(format)
  return (exif ? image.withExif(exif) : image).toBuffer()
}

function drawn({ width = 60, height = 40, colour = '#7a9e7e' }: PictureFixture): Sharp {
  const half = Math.max(1, Math.floor(height / 2))
  return sharp({ create: { width, height, channels: 4, background: colour } }).composite([
    {
      input: { create: { width, height: half, channels: 4, background: '#20303088' } },
      top: 0,
      left: 0,
      blend: 'atop',
    },
  ])
}

/** Exif of an ordinary camera picture, taken at `2024:07:06 12:13:14` in `+02:00` unless told otherwise. */
export function cameraExif({
  taken = '2024:07:06 12:13:14',
  offset = '+02:00',
  make = 'Mantel',
  model = 'Box 1',
} = {}): Exif {
  return {
    IFD0: { Make: make, Model: model },
    IFD2: {
      DateTimeOriginal: taken,
      OffsetTimeOriginal: offset,
      FNumber: '28/10',
      ExposureTime: '1/250',
      FocalLength: '35/1',
    },
  }
}
