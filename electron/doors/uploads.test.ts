import { readdir } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { jpegOf } from '../../test/support/uploads.ts'
import { openWebHousehold, PASSWORD, type WebHousehold } from '../../test/support/web-household.ts'

let home: WebHousehold
let ada: string
let folder: string
let folderId: number
beforeAll(async () => {
  home = await openWebHousehold()
  folder = await home.folder('Inbox')
  await home.operate('accounts.create', {
    ...{ username: 'ada', password: PASSWORD, role: 'admin', superAdmin: true },
    folders: [{ path: folder, access: 'read-write' }],
  })
  ada = await home.logIn('ada')
  folderId = (await home.ask('uploads.folders', {}, ada)).folders[0]?.id ?? 0
}, 60_000)
afterAll(() => home.close())

/** A link that takes files, and the cookie of a visitor who has it open. */
async function opened() {
  const options = { uploadFolderId: folderId }
  const { id: albumId } = await home.ask('albums.create', { title: 'Party' }, ada)
  const { id, url } = await home.ask('shares.createLink', { albumId, options }, ada)
  const { headers } = await home.rpc('shares.open', { token: url.split('/s/')[1] })
  return { id, cookie: (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ') }
}

const headersOf = (cookie: string, file: object, more: Record<string, string> = {}) => ({
  cookie,
  'x-mantel': '1',
  'x-mantel-file': encodeURIComponent(JSON.stringify(file)),
  ...more,
})

async function post(path: string, body: Buffer, headers: Record<string, string>) {
  const { status, body: answered } = await home.send(path, { method: 'POST', headers, body })
  const result = JSON.parse(answered.toString())
  return [status, result.ok ? result.value.state : (result.error.reason ?? result.error.code)]
}

const left = async () =>
  (await readdir(join(home.directory, 'data', 'uploads'))).filter((name) => name.endsWith('.partial'))
const waiting = async (share: number) => (await home.ask('uploads.list', { share }, ada)).uploads

test('a visitor sends a picture, under a name in any script', async () => {
  const { id, cookie } = await opened()
  const bytes = await jpegOf(1)
  const file = { name: 'Größe 北京.jpg', size: bytes.length, sender: 'Bärbel' }
  expect(await post(`/upload/${id}`, bytes, headersOf(cookie, file))).toEqual([200, 'held'])
  expect(await post(`/upload/${id}`, bytes, headersOf(cookie, file))).toEqual([200, 'known'])
  const [held] = await waiting(id)
  expect(held).toMatchObject({ fileName: 'Größe 北京.jpg', senderName: 'Bärbel' })
  const picture = (who: string) => home.send(`/upload/thumb/${held?.id}`, { headers: { cookie: who } })
  expect((await picture(ada)).headers).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  expect((await picture(cookie)).status).toBe(401)
  expect((await picture('')).status).toBe(401)
})

test('what is sent is refused from other sites, without the header, and without a link', async () => {
  const { id, cookie } = await opened()
  const bytes = await jpegOf(2)
  const file = { name: 'a.jpg', size: bytes.length }
  const sent = (headers: Record<string, string>, path = `/upload/${id}`) => post(path, bytes, headers)
  const good = headersOf(cookie, file)
  expect(await sent({ ...good, 'sec-fetch-site': 'cross-site' })).toEqual([403, 'cross_site'])
  expect(await sent({ ...good, origin: 'https://evil.example' })).toEqual([403, 'cross_site'])
  expect(await sent({ ...good, 'x-mantel': '' })).toEqual([403, 'header_missing'])
  expect(await sent({ ...good, cookie: '' })).toEqual([401, 'unauthenticated'])
  expect(await sent({ ...good, 'x-mantel-file': '%' })).toEqual([400, 'malformed'])
  expect(await sent(headersOf(cookie, { ...file, key: '../x' }))).toEqual([400, 'invalid'])
  expect(await sent(good, '/upload/999999')).toEqual([404, 'link_ended'])
  expect((await home.send(`/upload/${id}`, { headers: { cookie } })).status).toBe(405)
  expect(await waiting(id)).toEqual([])
})

test.each([
  ['a page called a picture', '<!doctype html><script>alert(1)</script>', 'IMG_1.jpg'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'a.svg'],
])('%s is refused by what it holds, and nothing is left', async (_, text, name) => {
  const { id, cookie } = await opened()
  const bytes = Buffer.from(text.padEnd(400))
  const file = { name, size: bytes.length }
  expect(await post(`/upload/${id}`, bytes, headersOf(cookie, file))).toEqual([400, 'upload_kind'])
  expect([await waiting(id), await left()]).toEqual([[], []])
})

test('a body of another size than was said is refused', async () => {
  const { id, cookie } = await opened()
  const bytes = await jpegOf(3)
  for (const size of [bytes.length - 1, bytes.length + 1]) {
    const headers = headersOf(cookie, { name: 'a.jpg', size })
    expect(await post(`/upload/${id}`, bytes, headers)).toEqual([400, 'upload_incomplete'])
  }
  const headers = headersOf(cookie, { name: 'a.jpg', size: 5 * 2 ** 30 })
  expect(await post(`/upload/${id}`, bytes, headers)).toEqual([413, 'upload_too_large'])
  expect([await waiting(id), await left()]).toEqual([[], []])
})

/** Begins to send a JPEG and waits until some of it has arrived. */
async function begin(
  id: number,
  cookie: string,
): Promise<{ asked: ClientRequest; answered: Promise<string> }> {
  const headers = headersOf(cookie, { name: 'a.jpg', size: 10_000_000 }, { 'content-length': '10000000' })
  const asked = request({
    ...{ host: '127.0.0.1', port: home.port, path: `/upload/${id}`, method: 'POST', agent: false },
    headers,
  })
  const answered = new Promise<string>((resolve) => {
    asked.on('response', (response) => {
      let text = ''
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => resolve(`${response.statusCode} ${text}`))
      response.on('error', () => resolve('broken off'))
    })
    asked.on('error', () => resolve('broken off'))
  })
  asked.write(Buffer.concat([await jpegOf(4), Buffer.alloc(100_000)]))
  await expect.poll(left).toHaveLength(1)
  return { asked, answered }
}

test('one that is broken off leaves nothing', async () => {
  const { id, cookie } = await opened()
  const { asked } = await begin(id, cookie)
  asked.destroy()
  await expect.poll(left, { timeout: 10_000 }).toEqual([])
  expect(await waiting(id)).toEqual([])
})

test('one of which hardly anything comes any more is given up', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const { id, cookie } = await opened()
  const { asked, answered } = await begin(id, cookie)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await left()).toHaveLength(1)
  asked.write(Buffer.alloc(1000))
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await answered).toContain('upload_too_slow')
  asked.destroy()
  await expect.poll(left).toEqual([])
})

test('when the link ends while a file comes, it is broken off', async () => {
  const { id, cookie } = await opened()
  const { asked, answered } = await begin(id, cookie)
  await home.ask('shares.revoke', { id }, ada)
  await expect.poll(left, { timeout: 10_000 }).toEqual([])
  asked.destroy()
  expect(await answered).not.toContain('"ok":true')
})

test('an edit that leaves it be does not', async () => {
  const { id, cookie } = await opened()
  const bytes = await jpegOf(5)
  const whole = Buffer.concat([bytes, Buffer.alloc(1_000_000)])
  const headers = headersOf(
    cookie,
    { name: 'a.jpg', size: whole.length },
    { 'content-length': `${whole.length}` },
  )
  const asked = request({
    ...{ host: '127.0.0.1', port: home.port, path: `/upload/${id}`, method: 'POST', agent: false },
    headers,
  })
  const status = new Promise((resolve, reject) => {
    asked.on('response', (response) => resolve(response.statusCode))
    asked.on('error', reject)
  })
  asked.write(whole.subarray(0, 200_000))
  await expect.poll(left).toHaveLength(1)
  await home.ask('shares.update', { id, options: { label: 'for all' } }, ada)
  asked.end(whole.subarray(200_000))
  expect(await status).toBe(200)
  expect(await waiting(id)).toHaveLength(1)
})
