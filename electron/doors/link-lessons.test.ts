import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPictureHousehold, type PictureHousehold } from '../../test/support/picture-household.ts'
import { makePicture } from '../../test/support/pictures.ts'
import { unzipped, unzipsHere } from '../../test/support/unzip.ts'

/** Flaws of other photo servers' links, each tried over HTTP as somebody would who means harm; docs/lessons.md says where the others are. */

const PASSWORD = 'swordfish'
/** Names that are none, or not on every disk, or something else in a page. */
const NAMES = [
  'x\\..\\up.jpg',
  'C:\\boot.jpg',
  'a"><script>alert(1)<.jpg',
  'line\nbreak.jpg',
  'con.jpg',
  '~x;$(id).jpg',
]
const HTML = '<!doctype html><script>alert(1)</script>'
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

let web: PictureHousehold
let olga: string
beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    for (const [at, name] of NAMES.entries()) await makePicture(join(folder, name), { width: 60 + at })
    await writeFile(join(folder, 'page.jpg'), HTML)
    await writeFile(join(folder, 'drawing.png'), SVG)
    await writeFile(join(folder, 'page.html'), HTML)
    await writeFile(join(folder, 'drawing.svg'), SVG)
  })
  olga = await web.logIn('olga')
}, 60_000)
afterAll(() => web.close())

async function link(options: object = {}) {
  const photoIds = [...web.ids.values()]
  const { id, url } = await web.ask('shares.createLink', { photoIds, options }, olga)
  return { id, token: url.split('/s/')[1] ?? '' }
}

async function open(token: string, password?: string, cookie = '') {
  const given = { token, ...(password !== undefined && { password }) }
  const { status, headers, body } = await web.rpc('shares.open', given, cookie ? { cookie } : {})
  const { error } = JSON.parse(body.toString())
  const [set = ''] = [headers['set-cookie'] ?? []].flat()
  return { answer: error ? [status, error.reason] : status, cookie: set.split(';')[0] ?? '' }
}

const outcome = async (share: number, cookie: string) =>
  (await web.rpc('shares.get', { share }, { cookie })).status

describe('what lies in the library runs nowhere (album names unescaped, SVG rendered inline)', () => {
  test('HTML and SVG that are called pictures come as files to be saved, in a sandbox without origin', async () => {
    const { id, token } = await link({ download: 'original' })
    const { cookie } = await open(token)
    for (const name of ['page.jpg', 'drawing.png']) {
      const { status, headers, body } = await web.send(`${web.address('original', name)}?share=${id}`, {
        headers: { cookie },
      })
      expect([name, status, body.toString().includes('alert')]).toEqual([name, 200, true])
      expect(headers['content-type']).not.toMatch(/html|svg|xml/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'")
      for (const kind of ['thumb', 'preview'])
        expect(
          (await web.send(`${web.address(kind, name)}?share=${id}`, { headers: { cookie } })).status,
        ).toBe(404)
    }
  })

  test('what is called so outright is not in the library at all, all else is', () => {
    expect([...web.ids.keys()]).toEqual(expect.arrayContaining(NAMES))
    expect([...web.ids.keys()].filter((name) => /\.(html|svg)$/.test(name))).toEqual([])
  })

  test('names stay in their header, and in JSON that no browser takes for a page', async () => {
    const { id, token } = await link({ download: 'original' })
    const { cookie } = await open(token)
    for (const name of NAMES) {
      const { headers } = await web.send(`${web.address('original', name)}?share=${id}`, {
        headers: { cookie },
      })
      expect(headers['content-disposition']).toMatch(
        /^inline; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w.%~!-]*$/,
      )
      const photo = await web.rpc('shares.photo', { share: id, id: web.ids.get(name) }, { cookie })
      expect(photo.headers['content-type']).toBe('application/json; charset=utf-8')
      expect(photo.headers['x-content-type-options']).toBe('nosniff')
    }
  })

  test.skipIf(!unzipsHere)('names in an archive lead nowhere', async () => {
    const { id, token } = await link({ download: 'original' })
    const { cookie } = await open(token)
    const ticket = await web.ask('shares.download', { share: id }, cookie)
    const { body } = await web.send(`/zip/${ticket.id}?share=${id}`, { headers: { cookie } })
    const path = join(web.directory, 'names.zip')
    await writeFile(path, body)
    const names = unzipped(path).map(({ name }) => name)
    expect(names).toHaveLength(web.ids.size)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
    for (const name of names) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(name).not.toMatch(/[\\/:*?"<>|\x00-\x1f]|^\.|[. ]$/)
      expect(name).not.toMatch(/^(con|aux|nul|prn)\./i)
    }
  })
})

describe('a password', () => {
  test('that is empty opens nothing (PiGallery2 GHSA-7mhm-5pj7-qpx7), nor does none, or another type', async () => {
    const { id, token } = await link({ password: PASSWORD })
    expect((await open(token)).answer).toEqual([403, 'link_password_needed'])
    expect((await open(token, '')).answer).toEqual([403, 'link_password_wrong'])
    for (const password of [null, 0, true, [], [PASSWORD], { $ne: '' }])
      expect((await web.rpc('shares.open', { token, password })).status).toBe(400)
    expect(await outcome(id, '')).toBe(401)
  })

  test('given once opens no other link with the same (Lychee CVE-2026-22784)', async () => {
    const [one, other] = [await link({ password: PASSWORD }), await link({ password: PASSWORD })]
    const { answer, cookie } = await open(one.token, PASSWORD)
    expect(answer).toBe(200)
    expect(await outcome(one.id, cookie)).toBe(200)
    expect(await outcome(other.id, cookie)).toBe(404)
    expect((await open(other.token, undefined, cookie)).answer).toEqual([403, 'link_password_needed'])
    const photo = web.address('thumb', 'con.jpg')
    expect((await web.send(`${photo}?share=${one.id}`, { headers: { cookie } })).status).toBe(200)
    expect((await web.send(`${photo}?share=${other.id}`, { headers: { cookie } })).status).toBe(404)
    // asked at every request, not when it was opened alone (Immich #29599)
    await web.ask('shares.update', { id: one.id, options: { password: 'another' } }, olga)
    expect((await web.send(`${photo}?share=${one.id}`, { headers: { cookie } })).status).toBe(403)
  })

  test('in an address is not read (Immich CVE-2026-25118)', async () => {
    const { id, token } = await link({ password: PASSWORD })
    const { status, headers } = await web.send(`/s/${token}?password=${PASSWORD}`)
    expect([status, headers['set-cookie']]).toEqual([200, undefined])
    for (const path of ['shares.open', 'shares.get'])
      expect((await web.send(`/rpc/${path}?token=${token}&password=${PASSWORD}&share=${id}`)).status).toBe(
        405,
      )
  })
})

test('another site opens no link in somebody’s browser, and no other name leads here', async () => {
  const { token } = await link()
  const body = JSON.stringify({ token })
  const json = { 'content-type': 'application/json' }
  const post = async (headers: Record<string, string>) =>
    (await web.send('/rpc/shares.open', { method: 'POST', headers, body })).status
  expect(await post({ ...json, 'x-mantel': '1' })).toBe(200)
  // a form can send neither the header nor this type
  expect(await post(json)).toBe(403)
  expect(await post({ 'content-type': 'text/plain', 'x-mantel': '1' })).toBe(400)
  expect(await post({ ...json, 'x-mantel': '1', origin: 'https://evil.example' })).toBe(403)
  expect(await post({ ...json, 'x-mantel': '1', 'sec-fetch-site': 'cross-site' })).toBe(403)
  for (const path of [`/s/${token}`, `/card/${token}`, '/rpc/shares.open'])
    expect((await web.send(path, { headers: { host: 'evil.example' } })).status).toBe(403)
})

test.each([
  '..',
  '%2e%2e',
  '..%2f..%2fsecret.txt',
  '..%5csecret.txt',
  '%2fetc%2fpasswd',
  'a%00',
  'C:',
  '....//',
])('no spelling of a link leads to a file: %s', async (spelling) => {
  for (const path of [
    `/s/${spelling}`,
    `/card/${spelling}`,
    `/zip/${spelling}?share=1`,
    `/s/x/photo/${spelling}`,
  ]) {
    const { body } = await web.send(path)
    expect(body.toString()).not.toMatch(/secret|root:/)
  }
  expect((await open(spelling)).answer).toEqual([404, 'link_ended'])
})

test('tokens are guessed a few times (the rest of ten minutes nobody from there opens any)', async () => {
  const { token } = await link()
  const answers = new Set<string>()
  for (let guess = 0; guess < 40; guess += 1)
    answers.add(String((await open(`${'guess'.repeat(8)}${guess}`)).answer))
  expect([...answers]).toEqual(['404,link_ended', '429,too_many_attempts'])
  expect((await open(token)).answer).toEqual([429, 'too_many_attempts'])
})
