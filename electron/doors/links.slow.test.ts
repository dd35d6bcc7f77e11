import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPictureHousehold, type PictureHousehold } from '../../test/support/picture-household.ts'
import { makePicture } from '../../test/support/pictures.ts'
import { startReading } from '../../test/support/under-way.ts'

/** Large enough that neither end's buffers hold the whole. */
const BIG_BYTES = 64 * 1024 * 1024
const PASSWORD = 'swordfish'

let web: PictureHousehold
let olga: string
beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    // decoders ignore what follows the picture
    await appendFile(await makePicture(join(folder, 'big.jpg')), Buffer.alloc(BIG_BYTES))
    await makePicture(join(folder, 'small.jpg'))
  })
  olga = await web.logIn('olga')
}, 60_000)
afterAll(() => web.close())

const idOf = (name: string) => web.ids.get(name) ?? 0

async function link(options: object = {}, name = 'big.jpg') {
  const input = { photoIds: [idOf(name)], options: { download: 'original' as const, ...options } }
  const { id, url } = await web.ask('shares.createLink', input, olga)
  return { id, url, token: url.split('/s/')[1] ?? '' }
}

/** Opens a link in a browser of its own; answers its cookie. */
async function visit(token: string, password?: string): Promise<string> {
  const answer = await web.rpc('shares.open', { token, ...(password !== undefined && { password }) })
  expect(answer.status).toBe(200)
  const set = [answer.headers['set-cookie'] ?? []].flat().join()
  return /mantel_visitor=[^;]+/.exec(set)?.[0] ?? ''
}

const original = (share: number, name = 'big.jpg') => `${web.address('original', name)}?share=${share}`

/** How an answer under way ended, read so slowly that the whole would take minutes. */
async function trickle({ response, broken }: Awaited<ReturnType<typeof startReading>>): Promise<string> {
  const reading = setInterval(() => response.resume(), 50)
  const [error] = await broken.finally(() => clearInterval(reading))
  return String(error)
}

describe('an original under way through a link breaks off', () => {
  test.each<[string, (id: number) => Promise<unknown>]>([
    ['when the link is taken back', (id) => web.ask('shares.revoke', { id }, olga)],
    ['when it is edited', (id) => web.ask('shares.update', { id, options: { download: 'none' } }, olga)],
    [
      'when the photo is marked as private',
      () => web.ask('photos.update', { ids: [idOf('big.jpg')], private: true }, olga),
    ],
    ['when sharing is switched off', () => web.operate('flags.set', { flags: { share: false } })],
  ])('%s', { timeout: 20_000 }, async (_, end) => {
    const { id, token } = await link()
    const cookie = await visit(token)
    const started = await startReading(web, original(id), cookie)
    await end(id)
    expect(await trickle(started)).toMatch(/aborted|ECONNRESET/)
    expect(started.received()).toBeLessThan(BIG_BYTES)
    expect((await web.send(original(id), { headers: { cookie } })).status).toBeGreaterThanOrEqual(400)
    await web.ask('photos.update', { ids: [idOf('big.jpg')], private: false }, olga)
    await web.operate('flags.set', { flags: { share: true } })
  })
})

test('a visitor’s page is told when the link changes, and of nothing else', async () => {
  const { id, token } = await link({}, 'small.jpg')
  const cookie = await visit(token)
  const stream = await web.open('/events', { headers: { cookie } })
  expect(stream.statusCode).toBe(200)
  let told = ''
  stream.on('data', (chunk: Buffer) => {
    told += chunk.toString()
  })
  await web.ask('photos.overlay', { ids: [idOf('small.jpg')], favourite: true }, olga)
  const other = await link({}, 'small.jpg')
  await web.ask('shares.revoke', { id: other.id }, olga)
  await web.ask('shares.update', { id, options: { label: 'told' } }, olga)
  await expect.poll(() => told).toContain('"topic":"shares"')
  expect(told.match(/"topic"/g)).toHaveLength(1)
  stream.destroy()
})

/** What a visitor's stream tells. */
async function listen(cookie: string) {
  const stream = await web.open('/events', { headers: { cookie } })
  let told = ''
  stream.on('data', (chunk: Buffer) => {
    told += chunk.toString()
  })
  return { times: () => told.match(/"topic":"shares"/g)?.length ?? 0, end: () => stream.destroy() }
}

test('a visitor’s page is told that a photo was marked, whatever the link is to', async () => {
  const ids = [idOf('small.jpg')]
  const { id: albumId } = await web.ask('albums.create', { title: 'One', photoIds: ids }, olga)
  const [folder] = (await web.ask('folders.tree', { view: 'everyone' }, olga)).folders
  for (const to of [{ photoIds: ids }, { albumId }, { folderId: folder?.id ?? 0 }]) {
    const { url } = await web.ask('shares.createLink', to, olga)
    const stream = await listen(await visit(url.split('/s/')[1] ?? ''))
    await web.ask('photos.update', { ids: [idOf('big.jpg')], archived: true }, olga)
    await web.ask('photos.update', { ids, private: true }, olga)
    await expect.poll(stream.times).toBeGreaterThan(0)
    for (const marks of [{ private: false }, { archived: false }])
      await web.ask('photos.update', { ids: [...ids, idOf('big.jpg')], ...marks }, olga)
    stream.end()
  }
})

test('a visitor’s page is told of a link that the same browser opened after its stream began', async () => {
  const [first, second] = [await link({}, 'small.jpg'), await link({}, 'small.jpg')]
  const cookie = await visit(first.token)
  const stream = await listen(cookie)
  await web.rpc('shares.open', { token: second.token }, { cookie })
  await web.ask('shares.update', { id: second.id, options: { label: 'told' } }, olga)
  await expect.poll(stream.times).toBe(1)
  stream.end()
})

describe('over HTTP', () => {
  test('what a link shows stays in no cache, and a copy that is known is not confirmed after its end', async () => {
    const { id, token } = await link({}, 'small.jpg')
    const cookie = await visit(token)
    const first = await web.send(original(id, 'small.jpg'), { headers: { cookie } })
    expect([first.status, first.headers['cache-control']]).toEqual([200, 'no-store'])
    await web.ask('shares.revoke', { id }, olga)
    const headers = { cookie, 'if-none-match': String(first.headers.etag) }
    expect((await web.send(original(id, 'small.jpg'), { headers })).status).toBe(404)
  })

  test('a visitor’s cookie is out of reach for scripts and other sites', async () => {
    const { token } = await link({}, 'small.jpg')
    const answer = await web.rpc('shares.open', { token })
    const set = [answer.headers['set-cookie'] ?? []].flat().join()
    expect(set).toMatch(/^mantel_visitor=[\w-]{43}; Path=\/; Max-Age=86[34]\d\d; HttpOnly; SameSite=Strict$/)
  })

  test('a token of somebody’s choice is not taken over', async () => {
    const { token } = await link({}, 'small.jpg')
    const chosen = 'x'.repeat(43)
    const answer = await web.rpc('shares.open', { token }, { cookie: `mantel_visitor=${chosen}` })
    expect([answer.headers['set-cookie'] ?? []].flat().join()).not.toContain(chosen)
  })

  test('a password goes by POST alone, and another site opens nothing', async () => {
    const { token } = await link({ password: PASSWORD }, 'small.jpg')
    const query = `/rpc/shares.open?token=${token}&password=${PASSWORD}`
    expect((await web.send(query)).status).toBe(405)
    const answer = await web.rpc(
      'shares.open',
      { token, password: PASSWORD },
      { origin: 'http://evil.example' },
    )
    expect(answer.status).toBe(403)
    const noHeader = await web.send('/rpc/shares.open', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, password: PASSWORD }),
    })
    expect(noHeader.status).toBe(403)
  })

  test.each([
    '../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/',
    '..%5c..%5c',
    'C:%5c',
    '1%00.jpg',
    '1e3',
    '-1',
    '0x1',
    '',
  ])('bytes are named by numbers alone, not by %s', async (id) => {
    const { id: share, token } = await link({}, 'small.jpg')
    const cookie = await visit(token)
    const { status, body } = await web.send(`/media/original/${id}/1?share=${share}`, { headers: { cookie } })
    expect([400, 404, 405]).toContain(status)
    expect(body.toString()).not.toMatch(/root:|secret/)
  })

  test.each(['', 'abc', '-1', '1.5', '1e400', '99999999999999999999', '1&share=2', '%00'])(
    'a link is named by its number alone, not by “%s”',
    async (share) => {
      const { token } = await link({}, 'small.jpg')
      const cookie = await visit(token)
      const path = `${web.address('thumb', 'small.jpg')}?share=${share}`
      expect([400, 404, 422]).toContain((await web.send(path, { headers: { cookie } })).status)
    },
  )
})
