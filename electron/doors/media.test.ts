import { once } from 'node:events'
import { appendFile, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { callerOf } from '../../test/support/household.ts'
import { makePicture } from '../../test/support/pictures.ts'
import { openWebHousehold, PASSWORD, type WebHousehold } from '../../test/support/web-household.ts'
import { createWebApp } from './web-app.ts'

let web: WebHousehold
let ada: string
let ben: string
let folder: string
/** Hono's server tells of broken answers here */
const complaints = vi.spyOn(console, 'error')
const ids = new Map<string, number>()

/** Large enough that neither end's buffers hold the whole. */
const BIG_BYTES = 64 * 1024 * 1024

beforeAll(async () => {
  web = await openWebHousehold()
  folder = join(web.directory, 'pictures')
  await makePicture(join(folder, 'Grüße "1".jpg'))
  await makePicture(join(folder, 'scan.tiff'), { format: 'tiff' })
  await makePicture(join(folder, 'gone.jpg'))
  // decoders ignore what follows the picture
  await appendFile(await makePicture(join(folder, 'big.jpg')), Buffer.alloc(BIG_BYTES))
  const add = (username: string, role: 'admin' | 'user', path?: string) =>
    web.operate('accounts.create', {
      username,
      role,
      superAdmin: role === 'admin',
      password: PASSWORD,
      folders: path ? [{ path, access: 'read-only' }] : [],
    })
  await add('olga', 'admin')
  await add('ada', 'user', folder)
  await add('ben', 'user')
  await untilIdle()
  ada = await web.logIn('ada')
  ben = await web.logIn('ben')
  for (const id of await timelineOf(ada)) {
    const { result } = await web.rpc('photos.get', { id }, { cookie: ada })
    if (result.ok) ids.set((result.value as { fileName: string }).fileName, id) // as its contract says
  }
  expect(ids.size).toBe(4)
}, 60_000)
afterAll(() => web.close())

async function untilIdle() {
  for (;;) {
    const { jobs } = await web.operate('jobs.list', {})
    if (jobs.length > 0 && jobs.every(({ state }) => state === 'done')) return
    await wait(20)
  }
}

async function timelineOf(cookie: string): Promise<number[]> {
  const { result } = await web.rpc('timeline.months', {}, { cookie })
  const months = result.ok ? (result.value as { months: { month: string }[] }).months : [] // as its contract says
  const found: number[] = []
  for (const { month } of months) {
    const page = await web.rpc('timeline.month', { month }, { cookie })
    if (page.result.ok) found.push(...(page.result.value as { ids: number[] }).ids) // as its contract says
  }
  return found
}

const address = (kind: string, name: string, version = '1') => `/media/${kind}/${ids.get(name)}/${version}`
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  web.send(path, { method, headers: { cookie: ada, ...headers } })

/** How often a file is open in this process. */
async function timesOpen(path: string): Promise<number> {
  const open = await readdir('/proc/self/fd')
  const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return targets.filter((target) => target === path).length
}

async function untilClosed(path: string) {
  while ((await timesOpen(path)) > 0) await wait(10)
}

describe('a picture', () => {
  test('comes with headers that let it do nothing but be looked at', async () => {
    const { status, headers, body } = await get(address('original', 'Grüße "1".jpg'))
    expect(status).toBe(200)
    expect(body).toEqual(await readFile(join(folder, 'Grüße "1".jpg')))
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
    const thumb = await get(address('thumb', 'scan.tiff'))
    expect([thumb.status, thumb.headers['content-type']]).toEqual([200, 'image/webp'])
    const preview = await get(address('preview', 'scan.tiff'))
    expect([preview.status, preview.headers['content-type']]).toEqual([200, 'image/jpeg'])
    expect(preview.body.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
  })

  test('what browsers do not show, and what is asked for as a download, is an attachment', async () => {
    const tiff = await get(address('original', 'scan.tiff'))
    expect(tiff.headers['content-disposition']).toMatch(/^attachment; filename="scan.tiff"/)
    const download = await get(`${address('original', 'Grüße "1".jpg')}?download`)
    expect(download.headers['content-disposition']).toMatch(/^attachment; /)
  })

  test('any version serves the present picture', async () => {
    const now = await get(address('thumb', 'scan.tiff'))
    for (const version of ['0', '999', 'x', '%00', '..%2f..', 'a%20b'])
      expect([version, (await get(address('thumb', 'scan.tiff', version))).body.equals(now.body)]).toEqual([
        version,
        true,
      ])
  })

  test('HEAD tells the same without the bytes, and leaves no file open', async () => {
    const whole = await get(address('original', 'big.jpg'), {}, 'HEAD')
    expect(whole.status).toBe(200)
    expect(Number(whole.headers['content-length'])).toBeGreaterThan(BIG_BYTES)
    expect(whole.body.length).toBe(0)
    const part = await get(address('original', 'big.jpg'), { range: 'bytes=0-9' }, 'HEAD')
    expect([part.status, part.headers['content-length']]).toEqual([200, whole.headers['content-length']])
    expect(await timesOpen(join(folder, 'big.jpg'))).toBe(0)
  })

  test('a known one is not sent again', async () => {
    const path = address('thumb', 'scan.tiff')
    const etag = (await get(path)).headers.etag ?? ''
    const known = await get(path, { 'if-none-match': `"x", W/${etag}`, range: 'bytes=0-1' })
    expect([known.status, known.body.length, known.headers.etag]).toEqual([304, 0, etag])
    expect(known.headers['cache-control']).toBe('private, no-cache')
    expect((await get(path, { 'if-none-match': '"x"' })).status).toBe(200)
    // whoever may not see it is not told that it is unchanged
    expect((await get(path, { 'if-none-match': etag, cookie: ben })).status).toBe(404)
  })

  test('parts', async () => {
    const path = address('original', 'scan.tiff')
    const { body: whole, headers } = await get(path)
    const etag = headers.etag ?? ''
    const size = whole.length
    const part = async (range: string, more: Record<string, string> = {}) => {
      const answer = await get(path, { range, ...more })
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
    const { status, body } = await get(address('original', 'big.jpg'), { range: 'bytes=100000-1100000' })
    expect([status, body.length]).toEqual([206, 1_000_001])
    const file = await readFile(join(folder, 'big.jpg'))
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
      const path = address(kind, 'scan.tiff')
      expect(await code(web.send(path))).toEqual([401, 'unauthenticated'])
      expect(await code(get(path, { cookie: ben }))).toEqual([404, 'not_found'])
      expect(await code(get(`/media/${kind}/999999/1`))).toEqual([404, 'not_found'])
    }
  })

  test('addresses that are none', async () => {
    const id = ids.get('scan.tiff')
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
      expect([path, ...(await code(get(path)))]).toEqual([path, 404, 'not_found'])
  })

  test('another site may not embed it, other methods do not exist', async () => {
    const path = address('thumb', 'scan.tiff')
    for (const site of ['cross-site', 'same-site'])
      expect(await code(get(path, { 'sec-fetch-site': site }))).toEqual([403, 'forbidden'])
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const { status, headers } = await get(path, {}, method)
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD'])
    }
  })

  test('a file that is gone, or a link in its place', async () => {
    const path = join(folder, 'gone.jpg')
    await rename(path, `${path}.away`)
    expect(await code(get(address('original', 'gone.jpg')))).toEqual([503, 'unavailable'])
    await symlink('/etc/hostname', path)
    expect(await code(get(address('original', 'gone.jpg')))).toEqual([503, 'unavailable'])
    await rm(path)
    await rename(`${path}.away`, path)
    expect((await get(address('original', 'gone.jpg'))).status).toBe(200)
  })
})

describe('an original that is under way', () => {
  /** Starts to read the big one and stops after the first bytes. */
  async function begin(cookie: string) {
    const response = await web.open(address('original', 'big.jpg'), { headers: { cookie } })
    expect(response.statusCode).toBe(200)
    let received = 0
    response.on('data', (chunk: Buffer) => {
      received += chunk.length
      response.pause()
    })
    await once(response, 'data')
    return { response, received: () => received }
  }

  const big = () => join(folder, 'big.jpg')

  test.skipIf(process.platform !== 'linux')('closes its file when the reader leaves', async () => {
    const { response } = await begin(ada)
    expect(await timesOpen(big())).toBe(1)
    response.destroy()
    await untilClosed(big())
  })

  test('breaks off when its session ends, also while the reader is slow', async () => {
    const cookie = await web.logIn('ada')
    const { response, received } = await begin(cookie)
    await web.rpc('session.logout', {}, { cookie })
    const broken = once(response, 'error')
    response.removeAllListeners('data')
    response.on('data', (chunk: Buffer) => {
      rest += chunk.length
    })
    let rest = 0
    response.resume()
    expect(String(await broken)).toMatch(/aborted|ECONNRESET/)
    expect(received() + rest).toBeLessThan(BIG_BYTES)
    if (process.platform === 'linux') await untilClosed(big())
  })

  test('goes on when another session of the same account ends', async () => {
    const other = await web.logIn('ada')
    const { response, received } = await begin(ada)
    await web.rpc('session.logout', {}, { cookie: other })
    response.removeAllListeners('data')
    let rest = 0
    response.on('data', (chunk: Buffer) => {
      rest += chunk.length
    })
    response.resume()
    await once(response, 'end')
    expect(received() + rest).toBe(Number(response.headers['content-length']))
  })

  test('does not begin when the session ended while it was being opened', async () => {
    for (const path of [address('original', 'big.jpg'), '/events']) {
      const { app, cookie } = await endingWhileAsked()
      const response = await app.fetch(new Request(`${web.url}${path}`, { headers: { cookie } }))
      expect([path, response.status]).toEqual([path, 401])
    }
    if (process.platform === 'linux') expect(await timesOpen(big())).toBe(0)
  })

  test('nothing is complained about', () => {
    expect(complaints.mock.calls).toEqual([])
    expect(web.lines.filter((line) => line.includes(' error '))).toEqual([])
  })
})

/** A web app at whose door a session ends just after it was asked who it stands for. */
async function endingWhileAsked() {
  const cookie = await web.logIn('ada')
  const token = /mantel_session=([^;]+)/.exec(cookie)?.[1] ?? ''
  const app = createWebApp({
    core: web.core,
    rendererFolder: '/',
    callerOf: async () => {
      const caller = callerOf(await web.core.authenticate(token))
      await web.rpc('session.logout', {}, { cookie })
      return caller
    },
  })
  return { app, cookie }
}
