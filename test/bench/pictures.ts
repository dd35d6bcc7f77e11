import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

/** Pictures that differ in pixels; the others repeat them with other bytes behind the end, so no two files are equal. */
const DIFFERENT = 12

/**
 * Writes `count` JPEGs of `width` × 3/4 `width` pixels, with capture times spread over two years, into `folder`.
 * What follows a JPEG's end is ignored by decoders, yet makes each file another content.
 */
export async function makePictures(folder: string, count: number, width: number): Promise<void> {
  const originals: Buffer[] = []
  for (let index = 0; index < DIFFERENT; index += 1) {
    const month = String(index + 1).padStart(2, '0')
    const noise = { type: 'gaussian' as const, mean: 90 + index * 8, sigma: 30 }
    const size = { width, height: Math.round((width * 3) / 4), channels: 3 as const }
    const picture = sharp({ create: { ...size, background: '#808080', noise } }).blur(2)
    const exif = { IFD0: { Make: 'Bench' }, IFD2: { DateTimeOriginal: `2024:${month}:15 12:00:00` } }
    originals.push(await picture.withExif(exif).jpeg({ quality: 85 }).toBuffer())
  }
  for (let index = 0; index < count; index += 1) {
    const original = originals[index % DIFFERENT] ?? Buffer.alloc(0)
    await writeFile(join(folder, `picture-${index}.jpg`), Buffer.concat([original, Buffer.from(`#${index}`)]))
  }
}
