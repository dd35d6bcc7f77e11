import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Exif } from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { cameraExif, makePicture, pictureBytes } from '../../../test/support/pictures.ts'
import { bytesOf } from './file-bytes.ts'
import { readMetadata } from './metadata.ts'

const folder = mkdtempSync(join(tmpdir(), 'mantel-metadata-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Noon in UTC; in any zone the year is right. */
const MTIME = Date.UTC(2010, 5, 15, 12)

const read = async (exif: Exif | undefined, name = 'a.jpg') =>
  readMetadata(bytesOf(await pictureBytes(exif ? { exif } : {})), { name, mtimeMs: MTIME })

const readFile = async (path: string) =>
  readMetadata(bytesOf(readFileSync(path)), { name: basename(path), mtimeMs: MTIME })

describe('a camera picture', () => {
  it('tells time, place, camera and exposure', async () => {
    const { IFD0, IFD2 } = cameraExif()
    const metadata = await read({
      IFD0: { ...IFD0, ImageDescription: 'By the lake' },
      IFD2: { ...IFD2, SubSecTimeOriginal: '25', LensModel: 'Mantel 35mm', PhotographicSensitivity: '400' },
      IFD3: {
        GPSLatitude: '38/1 43/1 12/1',
        GPSLatitudeRef: 'N',
        GPSLongitude: '9/1 8/1 24/1',
        GPSLongitudeRef: 'W',
        GPSAltitude: '105/10',
        GPSAltitudeRef: '0',
      },
    })
    expect(metadata).toMatchObject({
      mime: 'image/jpeg',
      takenAt: '2024-07-06T12:13:14.250',
      takenOffset: '+02:00',
      takenSource: 'exif',
      width: 60,
      height: 40,
      orientation: 1,
      cameraMake: 'Mantel',
      cameraModel: 'Box 1',
      lens: 'Mantel 35mm',
      fNumber: 2.8,
      exposureSeconds: 1 / 250,
      focalLengthMm: 35,
      altitude: 10.5,
      description: 'By the lake',
    })
    expect(metadata.latitude).toBeCloseTo(38.72, 6)
    expect(metadata.longitude).toBeCloseTo(-9.14, 6)
  })

  it('takes the offset from satellite time where Exif has none', async () => {
    const metadata = await read({
      IFD2: { DateTimeOriginal: '2024:04:14 02:20:31' },
      IFD3: { GPSDateStamp: '2024:04:13', GPSTimeStamp: '20/1 35/1 0/1' },
    })
    expect(metadata).toMatchObject({ takenAt: '2024-04-14T02:20:31.000', takenOffset: '+05:45' })
  })

  it('has no place at 0°, 0° and beyond the poles', async () => {
    const at = (latitude: string, longitude: string) =>
      read({
        IFD3: { GPSLatitude: latitude, GPSLatitudeRef: 'N', GPSLongitude: longitude, GPSLongitudeRef: 'E' },
      })
    expect(await at('0/1 0/1 0/1', '0/1 0/1 0/1')).toMatchObject({ latitude: null, longitude: null })
    expect(await at('213/1 0/1 0/1', '10/1 0/1 0/1')).toMatchObject({ latitude: null, longitude: null })
    expect((await at('48/1 30/1 0/1', '10/1 0/1 0/1')).latitude).toBe(48.5)
  })
})

describe('the time of capture', () => {
  it('goes from Exif to satellites, the name and the file', async () => {
    const gps = { GPSDateStamp: '2023:11:15', GPSTimeStamp: '12/1 30/1 0/1' }
    const digitized = await read({
      IFD2: { DateTimeOriginal: '0000:00:00 00:00:00', DateTimeDigitized: '2001:02:03 04:05:06' },
    })
    expect(digitized).toMatchObject({ takenAt: '2001-02-03T04:05:06.000', takenSource: 'exif' })
    const satellites = await read({ IFD2: { DateTimeOriginal: '2024:13:01 00:00:00' }, IFD3: gps })
    expect(satellites).toMatchObject({
      takenAt: '2023-11-15T12:30:00.000',
      takenOffset: '+00:00',
      takenSource: 'gps',
    })
    const named = await read({ IFD0: { DateTime: '2022:01:01 00:00:00' } }, 'IMG_20240706_121314.jpg')
    expect(named).toMatchObject({
      takenAt: '2024-07-06T12:13:14.000',
      takenOffset: null,
      takenSource: 'name',
    })
    const changed = await read({ IFD0: { DateTime: '2022:01:01 00:00:00' } })
    expect(changed).toMatchObject({ takenAt: '2022-01-01T00:00:00.000', takenSource: 'exif' })
    const file = await read(undefined)
    expect(file).toMatchObject({ takenSource: 'file' })
    expect(Date.parse(file.takenAt + file.takenOffset)).toBe(MTIME)
  })
})

describe('files of every decodable format', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s tells type, size and time', async (format) => {
    const path = await makePicture(join(folder, `picture.${format}`), { format, exif: cameraExif() })
    const metadata = await readFile(path)
    expect(metadata).toMatchObject({
      mime: `image/${format}`,
      width: 60,
      height: 40,
      takenAt: '2024-07-06T12:13:14.000',
    })
  })

  it.each(['gif', 'tiff'] as const)('%s tells type and size', async (format) => {
    const path = await makePicture(join(folder, `picture.${format}`), { format })
    expect(await readFile(path)).toMatchObject({ mime: `image/${format}`, width: 60, height: 40 })
  })

  it('gives the size as shown where the picture lies on its side', async () => {
    const path = await makePicture(join(folder, 'side.jpg'), { orientation: 6 })
    expect(await readFile(path)).toMatchObject({ width: 40, height: 60, orientation: 6 })
  })

  it('goes by content, not by name', async () => {
    const path = await makePicture(join(folder, 'really-a-png.jpg'), { format: 'png' })
    expect((await readFile(path)).mime).toBe('image/png')
  })
})

describe('odd files', () => {
  it('an empty one and one of text still have a time', async () => {
    for (const content of ['', 'version https://git-lfs.github.com/spec/v1']) {
      const path = join(folder, '2024-07-06.jpg')
      writeFileSync(path, content)
      expect(await readFile(path)).toMatchObject({
        mime: null,
        takenAt: '2024-07-06T00:00:00.000',
        width: null,
      })
    }
  })

  it('one that is cut off within its metadata tells what is left', async () => {
    const path = await makePicture(join(folder, 'cut.jpg'), { exif: cameraExif() })
    truncateSync(path, 40)
    expect(await readFile(path)).toMatchObject({ mime: 'image/jpeg', takenSource: 'file' })
  })
})
