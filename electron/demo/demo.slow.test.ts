import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../domain/media/file-bytes.ts'
import { readMetadata } from '../domain/media/metadata.ts'
import { EVENTS } from './events.ts'
import { drawDemoPhoto } from './photo.ts'
import { photosOf } from './plan.ts'
import { SCENES } from './scenes/scenes.ts'

const all = EVENTS.flatMap((event, index) => photosOf(event, index).map((made) => ({ ...made, event })))

describe('the demo household', () => {
  it('has some 150 pictures of three years, of every scene and several cameras, no name twice', () => {
    expect(all.length).toBeGreaterThanOrEqual(145)
    expect(new Set(all.map(({ photo }) => photo.taken.slice(0, 4)))).toEqual(
      new Set(['2023', '2024', '2025', '2026']),
    )
    expect(new Set(all.map(({ photo }) => photo.scene))).toEqual(new Set(Object.keys(SCENES)))
    expect(new Set(all.map(({ photo }) => photo.camera.model)).size).toBe(5)
    expect(
      new Set(all.map(({ event, fileName }) => `${event.member}/${event.folder}/${fileName}`)).size,
    ).toBe(all.length)
  })

  it('tells in Exif when, where and with what each was taken', async () => {
    const made = all.find(({ event }) => event.folder.endsWith('Kyoto'))
    if (!made) throw new Error('no picture of Kyoto')
    const bytes = await drawDemoPhoto(made.photo)
    const metadata = await readMetadata(bytesOf(bytes), { name: made.fileName, mtimeMs: 0 })
    const taken = made.photo.taken.replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T')
    expect(metadata).toMatchObject({
      takenAt: `${taken}.000`,
      takenOffset: '+09:00',
      takenSource: 'exif',
      cameraModel: 'ILCE-7M4',
      lens: 'FE 35mm F1.8',
      fNumber: 2.8,
      focalLengthMm: 35,
      iso: expect.any(Number),
      description: 'Kyoto',
      altitude: 56,
    })
    expect(metadata.latitude).toBeCloseTo(35, 1)
    expect(metadata.longitude).toBeCloseTo(135.8, 1)
    expect(Math.max(metadata.width ?? 0, metadata.height ?? 0)).toBe(1600)
  })

  it('draws the same picture again, and no flat ones', { timeout: 120_000 }, async () => {
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
    const one = all[3]
    if (!one) throw new Error('no picture')
    expect(digest(await drawDemoPhoto(one.photo))).toBe(digest(await drawDemoPhoto(one.photo)))
    for (const scene of Object.keys(SCENES)) {
      const sample = all.find(({ photo }) => photo.scene === scene)
      if (!sample) throw new Error(`no picture of ${scene}`)
      const { channels } = await sharp(await drawDemoPhoto(sample.photo)).stats()
      expect(Math.max(...channels.map(({ stdev }) => stdev)), scene).toBeGreaterThan(15)
    }
  })
})
