import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPictureHousehold, type PictureHousehold } from '../../test/support/picture-household.ts'
import { cameraExif, makePicture } from '../../test/support/pictures.ts'
import { unzipped, unzipsHere } from '../../test/support/unzip.ts'
import type { Input } from '../contract/contract.ts'

let web: PictureHousehold
let olga: string

const EXIF = {
  ...cameraExif(),
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '38/1 42/1 0/1',
    GPSLongitudeRef: 'W',
    GPSLongitude: '9/1 8/1 0/1',
  },
}

beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    await makePicture(join(folder, 'a.jpg'), { width: 90, exif: EXIF })
    await makePicture(join(folder, 'b', 'a.png'), {
      format: 'png',
      width: 80,
      colour: '#ff000080',
      exif: EXIF,
    })
    await makePicture(join(folder, 'not.jpg'), { width: 70 })
    await writeFile(join(folder, 'film.mp4'), 'no film')
  })
  olga = await web.logIn('olga')
}, 60_000)
afterAll(() => web.close())

type Options = Input<'shares.createLink'>['options']

const chosen = () => ['a.jpg', 'a.png', 'film.mp4'].map((name) => web.ids.get(name) ?? 0)

/** A link to all but one, or to an album, and the cookie of a visitor who has opened it. */
async function visited(
  options: Options,
  to: { photoIds: number[] } | { albumId: number } = { photoIds: chosen() },
) {
  const { id, url } = await web.ask('shares.createLink', { ...to, options }, olga)
  return { share: id, cookie: await visit(url) }
}

async function visit(url: string): Promise<string> {
  const { headers, status } = await web.rpc('shares.open', { token: url.split('/s/')[1] })
  expect(status).toBe(200)
  return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
}

async function saved({ share, cookie }: Awaited<ReturnType<typeof visited>>) {
  const told = await web.ask('shares.download', { share }, cookie)
  const answer = await web.get(`/zip/${told.id}?share=${share}`, { cookie })
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store'])
  const path = join(web.directory, 'test.zip')
  await writeFile(path, answer.body)
  return { ...answer, told, files: unzipped(path) }
}

describe.skipIf(!unzipsHere)(`a link's archive${unzipsHere ? '' : ' (skipped: no python3 here)'}`, () => {
  test('holds the files themselves where the link says so', async () => {
    const { files, told, headers, body } = await saved(
      await visited({ download: 'original', label: 'for nosy people' }),
    )
    // what its owner calls the link is nobody else's business
    expect(headers['content-disposition']).toMatch(/filename="\d{4}-\d\d-\d\d( - \d{4}-\d\d-\d\d)?\.zip"/)
    expect(headers['content-length']).toBe(String(body.length))
    expect(told).toMatchObject({ count: 3, bytes: expect.any(Number) })
    expect(files.map(({ name }) => name).sort()).toEqual(['a.jpg', 'a.png', 'film.mp4'])
    const photo = files.find(({ name }) => name === 'a.jpg')?.content
    expect(photo).toEqual(await readFile(join(web.folder, 'a.jpg')))
  })

  test('is called as the album is', async () => {
    const { id: albumId } = await web.ask('albums.create', { title: 'Lisbon', photoIds: chosen() }, olga)
    const { headers } = await saved(await visited({ download: 'original', label: 'for Ben' }, { albumId }))
    expect(headers['content-disposition']).toContain('filename="Lisbon.zip"')
  })

  test.each<[string, Options]>([
    ['resized', { download: 'resized' }],
    ['without places', { download: 'original', hidePlaces: true }],
    ['without the camera', { download: 'original', hideCamera: true }],
  ])(
    '%s: pictures that say nothing of where, when and with what; what has none is named',
    async (_, options) => {
      const { files, told, headers } = await saved(await visited(options))
      expect(headers['content-length']).toBeUndefined()
      expect(told.bytes).toBeNull()
      const names = files.map(({ name }) => name)
      expect(names.map((name) => name.replace(/\.\w+$/, ''))).toEqual(['a', 'a (2)', 'missing'])
      // what is transparent stays so
      expect(names.map((name) => name.replace(/^.*\./, '')).sort()).toEqual(['jpg', 'txt', 'webp'])
      expect(files.at(-1)?.content.toString()).toContain('film: ')
      for (const { name, content } of files.filter((file) => file.name !== 'missing.txt')) {
        const { exif, xmp, iptc, icc } = await sharp(content).metadata()
        expect([name, exif, xmp, iptc, icc]).toEqual([name, undefined, undefined, undefined, undefined])
        const path = join(web.directory, name)
        await writeFile(path, content)
        const told = spawnSync('exiftool', ['-a', '-G', path], { encoding: 'utf8' })
        if (!told.error) expect(told.stdout).not.toMatch(/GPS|Make|Model|Original|XMP|Thumbnail/)
      }
    },
  )

  test('nothing where the link allows no saving; nothing of others, and nothing once it was taken back', async () => {
    const none = await visited({ download: 'none' })
    const code = async (answer: Promise<{ status: number; body: Buffer }>) => {
      const { status, body } = await answer
      return [status, JSON.parse(body.toString()).error.code]
    }
    expect(await code(web.rpc('shares.download', { share: none.share }, { cookie: none.cookie }))).toEqual([
      403,
      'forbidden',
    ])
    const one = await visited({ download: 'original' })
    const other = await visited({ download: 'original' })
    const { id } = await web.ask('shares.download', { share: one.share }, one.cookie)
    const asked = (share: number | string, cookie: string) => web.get(`/zip/${id}?share=${share}`, { cookie })
    expect(await code(asked(one.share, other.cookie))).toEqual([404, 'not_found'])
    expect(await code(asked(other.share, one.cookie))).toEqual([404, 'not_found'])
    expect(await code(asked(one.share, olga))).toEqual([404, 'not_found'])
    expect(await code(asked('x', one.cookie))).toEqual([400, 'invalid'])
    expect(await code(web.get(`/zip/${id}`, { cookie: one.cookie }))).toEqual([401, 'unauthenticated'])
    expect((await asked(one.share, one.cookie)).status).toBe(200)
    await web.ask('shares.revoke', { id: one.share }, olga)
    expect(await code(asked(one.share, one.cookie))).toEqual([404, 'not_found'])
  })
})
