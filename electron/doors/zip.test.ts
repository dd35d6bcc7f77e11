import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPictureHousehold, type PictureHousehold } from '../../test/support/picture-household.ts'
import { makePicture } from '../../test/support/pictures.ts'
import { unzipped, unzipsHere } from '../../test/support/unzip.ts'

let web: PictureHousehold

const PATHS = ['a.jpg', 'Trip/a.jpg', 'Trip/A.JPG', 'Grüße "1".png', 'gone.jpg', 'grown.jpg']

beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    for (const [index, path] of PATHS.entries())
      await makePicture(join(folder, path), {
        width: 60 + index,
        ...(path.endsWith('.png') && { format: 'png' as const }),
      })
  })
}, 60_000)
afterAll(() => web.close())

/** Ids by path: names alone stand for two photos here. */
async function idsByPath() {
  const ids: number[] = []
  const { months } = await web.ask('timeline.months', {}, web.ada)
  for (const { month } of months) ids.push(...(await web.ask('timeline.month', { month }, web.ada)).ids)
  return ids
}

const begin = async (input: object, cookie = web.ada) => web.ask('downloads.begin', input, cookie)

async function unzip(body: Buffer) {
  const path = join(web.directory, 'test.zip')
  await writeFile(path, body)
  return unzipped(path)
}

describe.skipIf(!unzipsHere)(`an archive${unzipsHere ? '' : ' (skipped: no python3 here)'}`, () => {
  test('holds the files as they are, each under a name of its own, and its length is told', async () => {
    const ids = await idsByPath()
    const { id, count, bytes, leftOut } = await begin({ ids })
    expect([count, leftOut]).toEqual([PATHS.length, 0])
    const { status, headers, body } = await web.get(`/zip/${id}`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(body.length),
      'cache-control': 'no-store',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    expect(headers['content-disposition']).toMatch(/^attachment; filename="\d{4}-\d{2}-\d{2}.*\.zip"; /)
    expect(body.length).toBeGreaterThan(bytes)
    const files = await unzip(body)
    expect(files.map(({ name }) => name.toLowerCase()).sort()).toEqual(
      ['a (2).jpg', 'a (3).jpg', 'a.jpg', 'gone.jpg', 'grown.jpg', 'grüße _1_.png'].sort(),
    )
    const originals = await Promise.all(
      ids.map(async (photo) => (await web.get(`/media/original/${photo}/1`)).body.toString('base64')),
    )
    expect(files.map(({ content }) => content.toString('base64'))).toEqual(originals)
    const { takenAt } = await web.ask('photos.get', { id: ids[0] ?? 0 }, web.ada)
    expect(Math.abs(Date.parse(files[0]?.date ?? '') - Date.parse(takenAt))).toBeLessThanOrEqual(2000)
  })

  test('of a list, called as somebody says', async () => {
    const { folders } = await web.ask('folders.tree', {}, web.ada)
    const root = folders[0]
    const inside = await web.ask('folders.tree', { parentId: root?.id ?? 0 }, web.ada)
    const folderId = inside.folders[0]?.id ?? 0
    const { id, count } = await begin({ list: { filter: { by: 'folder', folderId } }, title: '../Tr/ip.' })
    expect(count).toBe(2)
    const { headers, body } = await web.get(`/zip/${id}`)
    expect(headers['content-disposition']).toContain('filename=".._Tr_ip.zip"')
    expect((await unzip(body)).map(({ name }) => name.toLowerCase()).sort()).toEqual(['a (2).jpg', 'a.jpg'])
  })

  test('what cannot be had is left out and named; the length stays what it was', async () => {
    const ids = await idsByPath()
    const path = join(web.folder, 'gone.jpg')
    const grown = join(web.folder, 'grown.jpg')
    await rename(path, `${path}.away`)
    await writeFile(grown, Buffer.alloc(1_000_000))
    const { id } = await begin({ ids })
    const { headers, body } = await web.get(`/zip/${id}`)
    await rename(`${path}.away`, path)
    expect(headers['content-length']).toBe(String(body.length))
    const files = await unzip(body)
    expect(files.map(({ name }) => name)).not.toContain('gone.jpg')
    expect(files).toHaveLength(PATHS.length - 1)
    expect(files.at(-1)).toMatchObject({ name: 'missing.txt' })
    const notice = files.at(-1)?.content.toString() ?? ''
    expect(notice).toContain('Not in this archive: 2')
    expect(notice).toContain('gone.jpg: The file is gone from the disk')
    expect(notice).toContain('grown.jpg: The file has changed')
  })
})

describe('refusals', () => {
  const code = async (answer: Promise<{ status: number; body: Buffer }>) => {
    const { status, body } = await answer
    return [status, JSON.parse(body.toString()).error.code]
  }

  test('it is of the session that asked for it, and of no other', async () => {
    const { id } = await begin({ ids: await idsByPath() })
    expect(await code(web.send(`/zip/${id}`))).toEqual([401, 'unauthenticated'])
    expect(await code(web.get(`/zip/${id}`, { cookie: web.ben }))).toEqual([404, 'not_found'])
    expect(await code(web.get(`/zip/${id}`, { cookie: await web.logIn('ada') }))).toEqual([404, 'not_found'])
    expect(await code(web.get('/zip/none'))).toEqual([404, 'not_found'])
    expect((await web.get(`/zip/${id}`)).status).toBe(200)
  })

  test('after some uses it has to be asked for again', async () => {
    const { id } = await begin({ ids: await idsByPath() })
    for (let use = 0; use < 4; use++) expect((await web.get(`/zip/${id}`, {}, 'HEAD')).status).toBe(200)
    expect(await code(web.get(`/zip/${id}`))).toEqual([404, 'not_found'])
  })

  test('another site may not ask for it, other methods and addresses do not exist', async () => {
    const { id } = await begin({ ids: await idsByPath() })
    for (const site of ['cross-site', 'same-site'])
      expect(await code(web.get(`/zip/${id}`, { 'sec-fetch-site': site }))).toEqual([403, 'forbidden'])
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await web.get(`/zip/${id}`, {}, method)
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD'])
    }
    for (const path of ['/zip', '/zip/', `/zip/${id}/1`, `/zip/..%2f${id}`, `/zip/${id}%00`])
      expect([path, ...(await code(web.get(path)))]).toEqual([path, 404, 'not_found'])
  })

  test('neither nothing nor everything is named', async () => {
    const named = async (input: object) =>
      (await web.rpc('downloads.begin', input, { cookie: web.ada })).status
    for (const input of [{}, { ids: [] }, { ids: [1], list: {} }, { ids: [0] }, { ids: [1], more: true }])
      expect([input, await named(input)]).toEqual([input, 400])
    const { result } = await web.rpc(
      'downloads.begin',
      { ids: Array.from({ length: 50_001 }, (_, index) => index + 1) },
      { cookie: web.ada },
    )
    expect(result).toMatchObject({ error: { fields: { ids: 'download_too_many' } } })
  })

  test('as many as may be named fit into a request', async () => {
    const ids = Array.from({ length: 50_000 }, (_, index) => 10_000_000 + index)
    const { status } = await web.rpc('downloads.begin', { ids }, { cookie: web.ada })
    expect(status).toBe(404)
  })
})
