import sharp, { type Exif } from 'sharp'
import { Drawing } from './drawing.ts'
import { lightAt } from './light.ts'
import { Random } from './random.ts'
import { SCENES, type SceneName } from './scenes/scenes.ts'

/** A camera that the demo's pictures pretend to be taken with. */
export type Camera = {
  make: string
  model: string
  lens: string
  /** Millimetres, as Exif gives them. */
  focalLength: number
  fNumber: number
  /** The name of its file number `count`, taken at a wall time of Exif's form. */
  fileName: (count: number, taken: string) => string
}

export type DemoPhoto = {
  scene: SceneName
  /** The same seed gives the same picture. */
  seed: number
  /** Exif's form: `2024:05:12 09:30:00`, local. */
  taken: string
  /** `+02:00` */
  offset: string
  /** Degrees north and east. */
  place: readonly [latitude: number, longitude: number]
  altitude: number
  camera: Camera
  title?: string
}

/** Long edge in pixels. */
const EDGE = 1600

/** Width to height, as cameras and phones take pictures. */
const RATIOS = [3 / 2, 3 / 2, 3 / 2, 4 / 3, 4 / 3, 16 / 9, 2 / 3, 3 / 4, 1, 2.2] as const
const UPRIGHT_OR_SQUARE = [2 / 3, 3 / 4, 1, 4 / 3] as const

/**
 * Draws a picture as SVG and makes a JPEG of it, with a little grain and a darker rim as lenses make, and Exif of time,
 * place and camera. Only this code has SVG rasterised, and only what it has drawn itself.
 */
export async function drawDemoPhoto(photo: DemoPhoto): Promise<Buffer> {
  const random = new Random(photo.seed)
  const ratio = random.pick(
    photo.scene === 'portrait' || photo.scene === 'flower' ? UPRIGHT_OR_SQUARE : RATIOS,
  )
  const width = Math.round(ratio >= 1 ? EDGE : EDGE * ratio)
  const height = Math.round(ratio >= 1 ? EDGE / ratio : EDGE)
  const hour = Number(photo.taken.slice(11, 13)) + Number(photo.taken.slice(14, 16)) / 60
  const drawing = new Drawing(width, height)
  SCENES[photo.scene](drawing, random, lightAt(hour, random.chance(0.12)))
  const drawn = sharp(Buffer.from(drawing.toSvg())).removeAlpha().raw({ depth: 'uchar' })
  const { data, info } = await drawn.toBuffer({ resolveWithObject: true })
  develop(data, info.width, info.height)
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .jpeg({ quality: 86 })
    .withExif(exifOf(photo, random))
    .toBuffer()
}

const GRAIN_SIZE = 1 << 16
let grainValues: Int8Array | undefined

/** Normally distributed noise of about ±5, drawn once. */
function grain(): Int8Array {
  const random = new Random(1826)
  grainValues ??= Int8Array.from({ length: GRAIN_SIZE }, () => {
    return (random.next() + random.next() + random.next() + random.next() - 2) * 6
  })
  return grainValues
}

/** Adds the grain of a sensor and the darker rim of a lens to pixels of three bytes. */
function develop(pixels: Buffer, width: number, height: number): void {
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  const noise = grain()
  const reach = (width * width + height * height) / 4
  let at = 0
  for (let y = 0; y < height; y += 1) {
    // Each line starts elsewhere in the noise, or columns would show.
    const shift = Math.imul(y, 40503)
    const fromMiddle = (y - height / 2) ** 2
    for (let x = 0; x < width; x += 1, at += 3) {
      const out = ((x - width / 2) ** 2 + fromMiddle) / reach
      const light = 1 - 0.3 * out * out
      const speck = noise[(x * 7 + shift) & (GRAIN_SIZE - 1)] ?? 0
      for (let channel = at; channel < at + 3; channel += 1) {
        clamped[channel] = (clamped[channel] ?? 0) * light + speck
      }
    }
  }
}

function exifOf({ taken, offset, place, altitude, camera, title }: DemoPhoto, random: Random): Exif {
  // A few hundred metres around, so that pictures of one day don't lie on one point of the map.
  const [latitude, longitude] = [
    place[0] + random.between(-0.008, 0.008),
    place[1] + random.between(-0.01, 0.01),
  ]
  return {
    IFD0: {
      Make: camera.make,
      Model: camera.model,
      ...(title === undefined ? {} : { ImageDescription: title }),
    },
    IFD2: {
      DateTimeOriginal: taken,
      DateTimeDigitized: taken,
      OffsetTimeOriginal: offset,
      LensModel: camera.lens,
      FNumber: `${Math.round(camera.fNumber * 10)}/10`,
      FocalLength: `${Math.round(camera.focalLength * 10)}/10`,
      ExposureTime: `1/${random.pick([60, 125, 250, 500, 1000])}`,
      ISOSpeedRatings: String(random.pick([64, 100, 200, 400, 800])),
    },
    IFD3: {
      GPSLatitude: degrees(latitude),
      GPSLatitudeRef: latitude < 0 ? 'S' : 'N',
      GPSLongitude: degrees(longitude),
      GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
      GPSAltitude: `${Math.round(Math.abs(altitude))}/1`,
      GPSAltitudeRef: altitude < 0 ? '1' : '0',
    },
  }
}

/** Exif's degrees, minutes and seconds of a thousandth. */
function degrees(value: number): string {
  const size = Math.abs(value)
  const minutes = (size % 1) * 60
  return `${Math.floor(size)}/1 ${Math.floor(minutes)}/1 ${Math.floor((minutes % 1) * 60_000)}/1000`
}
