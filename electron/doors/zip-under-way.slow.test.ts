import { once } from 'node:events'
import { appendFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openPictureHousehold, type PictureHousehold } from '../../test/support/picture-household.ts'
import { makePicture } from '../../test/support/pictures.ts'
import { startReading } from '../../test/support/under-way.ts'
import { unzipped, unzipsHere } from '../../test/support/unzip.ts'
import { zipUrl } from '../contract/values.ts'

/** Large enough that neither end's buffers hold the whole. */
const BIG_BYTES = 48 * 1024 * 1024
const NAMES = ['1.jpg', '2.jpg', '3.jpg']

let web: PictureHousehold
/** Hono's server tells of broken answers here */
const complaints = vi.spyOn(console, 'error')

beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    // decoders ignore what follows the picture
    for (const [index, name] of NAMES.entries())
      await appendFile(
        await makePicture(join(folder, name), { width: 50 + index }),
        Buffer.alloc(BIG_BYTES, name),
      )
  })
}, 120_000)
afterAll(() => web.close())

const idOf = async (name: string) =>
  (await web.operate('accounts.list', {})).accounts.find(({ username }) => username === name)?.id ?? 0

const mark = async (name: string, isPrivate: boolean) =>
  web.ask('photos.update', { ids: [web.ids.get(name) ?? 0], private: isPrivate }, await web.logIn('olga'))

beforeEach(async () => {
  for (const name of NAMES) await mark(name, false)
  await web.operate('flags.set', { flags: { download: true } })
  await web.operate('accounts.update', {
    id: await idOf('ada'),
    role: 'viewer',
    mustChangePassword: false,
    folders: [{ path: web.folder, access: 'read-only' }],
  })
})

/** Starts to read an archive of all three, in that order, and stops after the first bytes. */
async function begin(cookie: string, share?: number) {
  const ids = NAMES.map((name) => web.ids.get(name) ?? 0)
  const { id } = share
    ? await web.ask('shares.download', { share, ids }, cookie)
    : await web.ask('downloads.begin', { ids }, cookie)
  const started = await startReading(web, zipUrl(id, share), cookie)
  const { response, chunks } = started
  return {
    ...started,
    async rest() {
      response.removeAllListeners('data')
      response.on('data', (chunk: Buffer) => void chunks.push(chunk))
      response.resume()
      await once(response, 'end')
      return Buffer.concat(chunks)
    },
  }
}

/** Reads on, so slowly that the whole would take minutes; answers how it broke off. */
async function trickle({ response, broken }: Awaited<ReturnType<typeof begin>>) {
  const reading = setInterval(() => response.resume(), 50)
  const [error] = await broken.finally(() => clearInterval(reading))
  return String(error)
}

/** What ends everything for ada. */
const OVER: Record<string, (cookie: string) => Promise<unknown>> = {
  'its session ends': (cookie) => web.rpc('session.logout', {}, { cookie }),
  'downloads are switched off': () => web.operate('flags.set', { flags: { download: false } }),
  'another password is asked for': async () =>
    web.operate('accounts.update', { id: await idOf('ada'), mustChangePassword: true }),
  'the account becomes a guest': async () =>
    web.operate('accounts.update', { id: await idOf('ada'), role: 'guest' }),
}

test.each(Object.entries(OVER))('an archive breaks off when %s', async (_, end) => {
  const cookie = await web.logIn('ada')
  const started = await begin(cookie)
  await end(cookie)
  expect(await trickle(started)).toMatch(/aborted|ECONNRESET/)
  expect(started.received()).toBeLessThan(BIG_BYTES)
})

test('an archive goes on when another session of the same account ends', async () => {
  const other = await web.logIn('ada')
  const cookie = await web.logIn('ada')
  const started = await begin(cookie)
  await web.rpc('session.logout', {}, { cookie: other })
  const { length } = await started.rest()
  expect(length).toBe(Number(started.response.headers['content-length']))
})

/** What ends everything for a visitor; `id` is the link's. */
const LINK_OVER: Record<string, (id: number, olga: string) => Promise<unknown>> = {
  'the link is taken back': (id, olga) => web.ask('shares.revoke', { id }, olga),
  'the link is changed': (id, olga) => web.ask('shares.update', { id, options: { download: 'none' } }, olga),
  'downloads are switched off': () => web.operate('flags.set', { flags: { download: false } }),
}

test.each(Object.entries(LINK_OVER))("a visitor's archive breaks off when %s", async (_, end) => {
  const olga = await web.logIn('olga')
  const made = { photoIds: [...web.ids.values()], options: { download: 'original' as const } }
  const { id, url } = await web.ask('shares.createLink', made, olga)
  const { headers } = await web.rpc('shares.open', { token: url.split('/s/')[1] })
  const cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
  const started = await begin(cookie, id)
  await end(id, olga)
  expect(await trickle(started)).toMatch(/aborted|ECONNRESET/)
  expect(started.received()).toBeLessThan(BIG_BYTES)
})

const ofOthers = async (bytes: Buffer) => {
  const path = join(web.directory, 'test.zip')
  await writeFile(path, bytes)
  const files = unzipped(path)
  return { names: files.map(({ name }) => name), notice: files.at(-1)?.content.toString() ?? '' }
}

test.skipIf(!unzipsHere)(
  'a photo that may not be had any more stops within its bytes; the others come',
  async () => {
    const started = await begin(await web.logIn('ada'))
    await mark('1.jpg', true)
    await mark('3.jpg', true)
    // it is asked again about once a second
    await wait(2000)
    const bytes = await started.rest()
    expect(bytes.length).toBe(Number(started.response.headers['content-length']))
    // what was on its way; the rest of the gap are zeros
    expect(bytes.subarray(0, bytes.indexOf('PK\u0003\u0004', 4)).length).toBeLessThan(BIG_BYTES / 2)
    const { names, notice } = await ofOthers(bytes)
    expect(names).toEqual(['2.jpg', 'missing.txt'])
    expect(notice.split('\n').slice(1)).toEqual([
      '1.jpg: it is not there any more, or not for you',
      '3.jpg: it is not there any more, or not for you',
      '',
    ])
  },
)

test.skipIf(!unzipsHere)('a file that vanishes in the middle is left out and named', async () => {
  const started = await begin(await web.logIn('ada'))
  await rename(join(web.folder, '1.jpg'), join(web.folder, 'away'))
  const bytes = await started.rest()
  await rename(join(web.folder, 'away'), join(web.folder, '1.jpg'))
  expect(bytes.length).toBe(Number(started.response.headers['content-length']))
  const { names, notice } = await ofOthers(bytes)
  expect(names).toEqual(['2.jpg', '3.jpg', 'missing.txt'])
  expect(notice).toContain('1.jpg: The file')
})

test('memory stays as it is, however slowly it is read', async () => {
  const cookie = await web.logIn('ada')
  // what is held, not what nobody has cleared away yet
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = () => {
    collect()
    return process.memoryUsage().external
  }
  const before = used()
  const started = await Promise.all(Array.from({ length: 4 }, () => begin(cookie)))
  await wait(1500)
  expect(used() - before).toBeLessThan(BIG_BYTES / 2)
  for (const { response } of started) response.destroy()
})

test('nothing is complained about but the file that was gone', () => {
  expect(complaints.mock.calls).toEqual([])
  const errors = web.lines.filter((line) => line.includes(' error '))
  expect(errors.every((line) => line.includes('a file could not be read to its end'))).toBe(true)
})
