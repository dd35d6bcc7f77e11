import { appendFile, readFile, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  openPictureHousehold,
  type PictureHousehold,
  timesOpen,
} from '../../test/support/picture-household.ts'
import { makePicture } from '../../test/support/pictures.ts'

const BIG_BYTES = 2 * 1024 * 1024

let web: PictureHousehold

beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    await makePicture(join(folder, 'Grüße "1".jpg'))
    await makePicture(join(folder, 'scan.tiff'), { format: 'tiff' })
    await makePicture(join(folder, 'gone.jpg'))
    // decoders ignore what follows the picture
    await appendFile(await makePicture(join(folder, 'big.jpg')), Buffer.alloc(BIG_BYTES, 'Mantel'))
  })
  expect(web.ids.size).toBe(4)
}, 60_000)
afterAll(() => web.close())

describe('a picture', () => {
  test('comes with headers that let it do nothing but be looked at', async () => {
    const { status, headers, body } = await web.get(web.address('original', 'Grüße "1".jpg'))
    expect(status).toBe(200)
    expect(body).toEqual(await readFile(join(web.folder, 'Grüße "1".jpg')))
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(body.length),
      'content-disposition': `inline; filename="Gr__e _1_.jpg"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.jpg`,
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
    })
    expect(headers.etag).toMatch(/^"[^"]+"$/)
  })

  test('thumbnail and preview are made pictures', async () => {
    const thumb = await web.get(web.address('thumb', 'scan.tiff'))
    expect([thumb.status, thumb.headers['content-type']]).toEqual([200, 'image/webp'])
    const preview = await web.get(web.address('preview', 'scan.tiff'))
    expect([preview.status, preview.headers['content-type']]).toEqual([200, 'image/jpeg'])
    expect(preview.body.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
  })

  test('what browsers do not show, and what is asked for as a download, is an attachment', async () => {
    const tiff = await web.get(web.address('original', 'scan.tiff'))
    expect(tiff.headers['content-disposition']).toMatch(/^attachment; filename="scan.tiff"/)
    const download = await web.get(`${web.address('original', 'Grüße "1".jpg')}?download`)
    expect(download.headers['content-disposition']).toMatch(/^attachment; /)
  })

  test('any version serves the present picture', async () => {
    const now = await web.get(web.address('thumb', 'scan.tiff'))
    for (const version of ['0', '999', 'x', '%00', '..%2f..', 'a%20b'])
      expect([
        version,
        (await web.get(web.address('thumb', 'scan.tiff', version))).body.equals(now.body),
      ]).toEqual([version, true])
  })

  test('HEAD tells the same without the bytes, and leaves no file open', async () => {
    const whole = await web.get(web.address('original', 'big.jpg'), {}, 'HEAD')
    expect(whole.status).toBe(200)
    expect(Number(whole.headers['content-length'])).toBeGreaterThan(BIG_BYTES)
    expect(whole.body.length).toBe(0)
    const part = await web.get(web.address('original', 'big.jpg'), { range: 'bytes=0-9' }, 'HEAD')
    expect([part.status, part.headers['content-length']]).toEqual([200, whole.headers['content-length']])
    expect(await timesOpen(join(web.folder, 'big.jpg'))).toBe(0)
  })

  test('a known one is not sent again', async () => {
    const path = web.address('thumb', 'scan.tiff')
    const etag = (await web.get(path)).headers.etag ?? ''
    const known = await web.get(path, { 'if-none-match': `"x", W/${etag}`, range: 'bytes=0-1' })
    expect([known.status, known.body.length, known.headers.etag]).toEqual([304, 0, etag])
    expect(known.headers['cache-control']).toBe('private, no-cache')
    expect((await web.get(path, { 'if-none-match': '"x"' })).status).toBe(200)
    // whoever may not see it is not told that it is unchanged
    expect((await web.get(path, { 'if-none-match': etag, cookie: web.ben })).status).toBe(404)
  })

  test('parts', async () => {
    const path = web.address('original', 'scan.tiff')
    const { body: whole, headers } = await web.get(path)
    const etag = headers.etag ?? ''
    const size = whole.length
    const part = async (range: string, more: Record<string, string> = {}) => {
      const answer = await web.get(path, { range, ...more })
      return [answer.status, answer.headers['content-range'], answer.body]
    }
    expect(await part('bytes=10-19')).toEqual([206, `bytes 10-19/${size}`, whole.subarray(10, 20)])
    expect(await part('bytes=-5')).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, whole.subarray(-5)])
    expect(await part(`bytes=${size - 1}-`)).toEqual([
      206,
      `bytes ${size - 1}-${size - 1}/${size}`,
      whole.subarray(-1),
    ])
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, Buffer.alloc(0)])
    expect(await part('bytes=0-1,3-4')).toEqual([200, undefined, whole])
    expect(await part('bytes=0-1', { 'if-range': etag })).toEqual([
      206,
      `bytes 0-1/${size}`,
      whole.subarray(0, 2),
    ])
    expect(await part('bytes=0-1', { 'if-range': '"older"' })).toEqual([200, undefined, whole])
  })

  test('a part in the middle of a large file is those bytes', async () => {
    const { status, body } = await web.get(web.address('original', 'big.jpg'), {
      range: 'bytes=100000-1100000',
    })
    expect([status, body.length]).toEqual([206, 1_000_001])
    const file = await readFile(join(web.folder, 'big.jpg'))
    expect(body.equals(file.subarray(100_000, 1_100_001))).toBe(true)
  })
})

describe('refusals', () => {
  const code = async (answer: Promise<{ status: number; body: Buffer }>) => {
    const { status, body } = await answer
    return [status, JSON.parse(body.toString()).error.code]
  }

  test('nobody, and whoever may not see it', async () => {
    for (const kind of ['thumb', 'preview', 'original']) {
      const path = web.address(kind, 'scan.tiff')
      expect(await code(web.send(path))).toEqual([401, 'unauthenticated'])
      expect(await code(web.get(path, { cookie: web.ben }))).toEqual([404, 'not_found'])
      expect(await code(web.get(`/media/${kind}/999999/1`))).toEqual([404, 'not_found'])
    }
  })

  test('addresses that are none', async () => {
    const id = web.ids.get('scan.tiff')
    for (const path of [
      '/media',
      '/media/',
      `/media/thumb/${id}`,
      `/media/thumb/${id}/`,
      `/media/thumb/${id}/1/2`,
      `/media/video/${id}/1`,
      `/media/Thumb/${id}/1`,
      '/media/thumb/0/1',
      '/media/thumb/-1/1',
      '/media/thumb/1.5/1',
      `/media/thumb/0${id}/1`,
      `/media/thumb/${id}%00/1`,
      `/media/thumb/..%2f${id}/1`,
      '/media/thumb/1e3/1',
    ])
      expect([path, ...(await code(web.get(path)))]).toEqual([path, 404, 'not_found'])
  })

  test('another site may not embed it, other methods do not exist', async () => {
    const path = web.address('thumb', 'scan.tiff')
    for (const site of ['cross-site', 'same-site'])
      expect(await code(web.get(path, { 'sec-fetch-site': site }))).toEqual([403, 'forbidden'])
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const { status, headers } = await web.get(path, {}, method)
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD'])
    }
  })

  test('a file that is gone, or a link in its place', async () => {
    const path = join(web.folder, 'gone.jpg')
    await rename(path, `${path}.away`)
    expect(await code(web.get(web.address('original', 'gone.jpg')))).toEqual([503, 'unavailable'])
    await symlink('/etc/hostname', path)
    expect(await code(web.get(web.address('original', 'gone.jpg')))).toEqual([503, 'unavailable'])
    await rm(path)
    await rename(`${path}.away`, path)
    expect((await web.get(web.address('original', 'gone.jpg'))).status).toBe(200)
  })
})
