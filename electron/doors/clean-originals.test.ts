import { spawnSync } from 'node:child_process'
import { appendFile, mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPictureHousehold, type PictureHousehold } from '../../test/support/picture-household.ts'
import { cameraExif, makePicture } from '../../test/support/pictures.ts'
import { unzipped, unzipsHere } from '../../test/support/unzip.ts'
import type { Input } from '../contract/contract.ts'
import { bytesOf } from '../domain/media/file-bytes.ts'
import { readMetadata } from '../domain/media/metadata.ts'
import { keepNewest } from '../workers/cache-file.ts'

const EXIF = {
  ...cameraExif(),
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '38/1 42/1 0/1',
    GPSLongitudeRef: 'W',
    GPSLongitude: '9/1 8/1 0/1',
  },
}
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="38,42.0N" exif:GPSLongitude="9,8.0W"/></rdf:RDF></x:xmpmeta>`
/** What phones put behind a picture. */
const MOTION = Buffer.from('....ftypmp42 the video of a motion photo, with its place')

const hasExiftool = !spawnSync('exiftool', ['-ver']).error

let web: PictureHousehold
let olga: string
beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    await mkdir(folder)
    const camera = join(folder, 'camera.jpg')
    const wide = { create: { width: 3000, height: 2200, channels: 3, background: '#c05020' } } as const
    await sharp(wide)
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withIccProfile('p3')
      .withExif(EXIF)
      .withXmp(XMP)
      .toFile(camera)
    await appendFile(camera, MOTION)
    const clear = { format: 'png', width: 2600, height: 40, colour: '#ff000080', exif: EXIF } as const
    await makePicture(join(folder, 'clear.png'), clear)
    // half of it is there: shown as far as it goes, but not made anew as if it were whole
    const half = await makePicture(join(folder, 'half.jpg'), { width: 2500, height: 2500, exif: EXIF })
    await truncate(half, Math.floor((await stat(half)).size * 0.6))
  })
  olga = await web.logIn('olga')
}, 60_000)
afterAll(() => web.close())

async function visited(options: Input<'shares.createLink'>['options']) {
  const photoIds = [...web.ids.values()]
  const { id, url } = await web.ask('shares.createLink', { photoIds, options }, olga)
  const { headers } = await web.rpc('shares.open', { token: url.split('/s/')[1] })
  return { share: id, cookie: (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ') }
}

async function original(name: string, { share, cookie }: Awaited<ReturnType<typeof visited>>) {
  const answer = await web.send(`${web.address('original', name)}?share=${share}`, { headers: { cookie } })
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store'])
  return answer
}

/** Says nothing but what is to be seen. */
async function expectClean(content: Buffer, name: string): Promise<void> {
  const { exif, xmp, iptc, icc, orientation } = await sharp(content).metadata()
  expect({ exif, xmp, iptc, icc, orientation }).toEqual({})
  expect(['ftypmp42', 'Box 1', 'GPS', '2024'].some((text) => content.includes(text))).toBe(false)
  const told = await readMetadata(bytesOf(content), { name, mtimeMs: 0 })
  expect(told).toMatchObject({ latitude: null, cameraMake: null, lens: null, orientation: 1, title: null })
  expect(JSON.stringify(told)).not.toMatch(/Mantel|Box 1|2024/)
  if (!hasExiftool) return
  const path = join(web.directory, name)
  await writeFile(path, content)
  const { stdout } = spawnSync('exiftool', ['-a', '-G1', '-s', path], { encoding: 'utf8' })
  const groups = new Set(stdout.match(/^\[[^\]]+\]/gm))
  for (const known of ['[ExifTool]', '[System]', '[File]', '[JFIF]', '[RIFF]', '[Composite]'])
    groups.delete(known)
  expect([name, [...groups]]).toEqual([name, []])
  expect(stdout).not.toMatch(/Warning|Trailer|Thumbnail/)
}

const HIDING = [{ hidePlaces: true }, { hideCamera: true }] as const

describe(`an original whose link keeps something back${hasExiftool ? '' : ' (without exiftool: there is none here)'}`, () => {
  test.each(HIDING)('%o: comes in its own size, upright, and says nothing else', async (hiding) => {
    const link = await visited({ download: 'original', ...hiding })
    const { body, headers } = await original('camera.jpg', link)
    expect(headers['content-type']).toBe('image/jpeg')
    expect(headers['content-disposition']).toContain('filename="camera.jpg"')
    expect(await sharp(body).metadata()).toMatchObject({
      format: 'jpeg',
      width: 2200,
      height: 3000,
      space: 'srgb',
    })
    await expectClean(body, 'camera.jpg')
    // the colour is the same, though its profile is gone
    const colour = async (picture: Buffer) =>
      (await sharp(picture).toColourspace('srgb').resize(1, 1).raw().toBuffer()).subarray(0, 3)
    const [before, after] = [await colour(await readFile(join(web.folder, 'camera.jpg'))), await colour(body)]
    for (const [at, value] of before.entries()) expect(Math.abs(value - (after[at] ?? 0))).toBeLessThan(4)

    const clear = await original('clear.png', link)
    expect(clear.headers['content-disposition']).toContain('filename="clear.webp"')
    expect(await sharp(clear.body).metadata()).toMatchObject({ format: 'webp', width: 2600, hasAlpha: true })
    await expectClean(clear.body, 'clear.webp')
    const photo = await web.ask(
      'shares.photo',
      { share: link.share, id: web.ids.get('camera.jpg') ?? 0 },
      link.cookie,
    )
    expect(photo.saves).toBe('picture')
  })

  test('that can be read in part alone comes as its preview', async () => {
    const { body } = await original('half.jpg', await visited({ download: 'original', hidePlaces: true }))
    expect(await sharp(body).metadata()).toMatchObject({ format: 'jpeg', width: 2048 })
    await expectClean(body, 'half.jpg')
  })

  test('that is handed out resized stays of screen size, one that keeps nothing back is the file', async () => {
    const small = await original('camera.jpg', await visited({ download: 'resized', hidePlaces: true }))
    expect(await sharp(small.body).metadata()).toMatchObject({ height: 2048 })
    await expectClean(small.body, 'camera.jpg')
    const whole = await original('camera.jpg', await visited({ download: 'original' }))
    expect(whole.body).toEqual(await readFile(join(web.folder, 'camera.jpg')))
    const { exif, xmp, icc, orientation } = await sharp(whole.body).metadata()
    expect([exif, xmp, icc].map((part) => part !== undefined)).toEqual([true, true, true])
    expect([orientation, whole.body.includes('ftypmp42')]).toEqual([6, true])
  })

  test.skipIf(!unzipsHere)('is the same in an archive', async () => {
    const { share, cookie } = await visited({ download: 'original', hidePlaces: true })
    const ticket = await web.ask('shares.download', { share }, cookie)
    const { body } = await web.send(`/zip/${ticket.id}?share=${share}`, { headers: { cookie } })
    const path = join(web.directory, 'clean.zip')
    await writeFile(path, body)
    const files = new Map(unzipped(path).map(({ name, content }) => [name, content]))
    expect([...files.keys()].sort()).toEqual(['camera.jpg', 'clear.webp', 'half.jpg'])
    for (const [name, content] of files) await expectClean(content, name)
    const camera = files.get('camera.jpg')
    expect(await sharp(camera).metadata()).toMatchObject({ width: 2200, height: 3000 })
  })
})

test('of pictures made so only the newest stay in the cache', async () => {
  const folder = join(web.directory, 'data', 'cache', 'clean')
  expect((await readdir(folder)).length).toBe(2)
  for (let at = 1; at <= 5; at += 1) {
    await writeFile(join(folder, `${at}.jpg`), 'made')
    await utimes(join(folder, `${at}.jpg`), at, at)
  }
  keepNewest(join(web.directory, 'data', 'cache'), 'clean', 4)
  expect((await readdir(folder)).filter((name) => name.length < 10)).toEqual(['4.jpg', '5.jpg'])
})
