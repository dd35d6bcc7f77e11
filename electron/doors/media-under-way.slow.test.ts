import { once } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { callerOf } from '../../test/support/household.ts'
import {
  openPictureHousehold,
  type PictureHousehold,
  timesOpen,
} from '../../test/support/picture-household.ts'
import { makePicture } from '../../test/support/pictures.ts'
import { startReading } from '../../test/support/under-way.ts'
import { createWebApp } from './web-app.ts'

/** Large enough that neither end's buffers hold the whole. */
const BIG_BYTES = 64 * 1024 * 1024

let web: PictureHousehold
/** Hono's server tells of broken answers here */
const complaints = vi.spyOn(console, 'error')

beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    // decoders ignore what follows the picture
    await appendFile(await makePicture(join(folder, 'big.jpg')), Buffer.alloc(BIG_BYTES))
  })
}, 60_000)
afterAll(() => web.close())

/** Starts to read the big one. */
const begin = (cookie: string) => startReading(web, web.address('original', 'big.jpg'), cookie)

const big = () => join(web.folder, 'big.jpg')

test.skipIf(process.platform !== 'linux')('an original is never open in this process', async () => {
  const { response } = await begin(web.ada)
  expect(await timesOpen(big())).toBe(0)
  response.destroy()
})

test('an original breaks off when its session ends, also while the reader is slow', async () => {
  const cookie = await web.logIn('ada')
  const { response, broken, received } = await begin(cookie)
  await web.rpc('session.logout', {}, { cookie })
  response.removeAllListeners('data')
  let rest = 0
  response.on('data', (chunk: Buffer) => {
    rest += chunk.length
  })
  response.resume()
  expect(String(await broken)).toMatch(/aborted|ECONNRESET/)
  expect(received() + rest).toBeLessThan(BIG_BYTES)
})

test('an original goes on when another session of the same account ends', async () => {
  const other = await web.logIn('ada')
  const { response, received } = await begin(web.ada)
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

test('nothing begins when the session ended while it was being opened', async () => {
  for (const path of [web.address('original', 'big.jpg'), '/events']) {
    const { app, cookie } = await endingWhileAsked()
    const response = await app.fetch(new Request(`${web.url}${path}`, { headers: { cookie } }))
    expect([path, response.status]).toEqual([path, 401])
  }
})

/** Reads on, so slowly that the whole would take minutes; answers how it broke off, and how much there was in all. */
async function trickle({ response, broken, received }: Awaited<ReturnType<typeof begin>>) {
  const reading = setInterval(() => response.resume(), 50)
  const [error] = await broken.finally(() => clearInterval(reading))
  return { how: String(error), bytes: received() }
}

/** What takes the right to the big one from ada, a viewer, while her session stands. */
const TAKEN: Record<string, () => Promise<unknown>> = {
  'the photo is marked as private': () => mark(true),
  'downloads are switched off': () => web.operate('flags.set', { flags: { download: false } }),
  'another password is asked for': async () =>
    web.operate('accounts.update', { id: await idOf('ada'), mustChangePassword: true }),
  // not given back, so it comes last
  'the folder is taken away': async () =>
    web.operate('accounts.update', { id: await idOf('ada'), folders: [] }),
}

async function giveBackAll() {
  await mark(false)
  await web.operate('flags.set', { flags: { download: true } })
  await web.operate('accounts.update', { id: await idOf('ada'), role: 'viewer', mustChangePassword: false })
}

const mark = async (isPrivate: boolean) => {
  const ids = [web.ids.get('big.jpg') ?? 0]
  await web.ask('photos.update', { ids, private: isPrivate }, await web.logIn('olga'))
}

const idOf = async (name: string) =>
  (await web.operate('accounts.list', {})).accounts.find(({ username }) => username === name)?.id ?? 0

test('nothing begins when the right was lost while it was being opened', async () => {
  await giveBackAll()
  const cookie = await web.logIn('ada')
  const token = /mantel_session=([^;]+)/.exec(cookie)?.[1] ?? ''
  const core = {
    ...web.core,
    openFile: async (file: Parameters<typeof web.core.openFile>[0]) => {
      await TAKEN['downloads are switched off']?.()
      return web.core.openFile(file)
    },
  }
  const app = createWebApp({
    core,
    rendererFolder: '/',
    callerOf: async () => callerOf(await web.core.authenticate(token)),
  })
  const response = await app.fetch(new Request(`${web.url}${web.address('original', 'big.jpg')}`))
  expect(response.status).toBe(403)
  await giveBackAll()
})

test.each(Object.entries(TAKEN))('an original breaks off when %s', { timeout: 20_000 }, async (_, take) => {
  await giveBackAll()
  const cookie = await web.logIn('ada')
  const started = await begin(cookie)
  await take()
  const { how, bytes } = await trickle(started)
  expect(how).toMatch(/aborted|ECONNRESET/)
  expect(bytes).toBeLessThan(BIG_BYTES)
  // her session was not what ended
  expect((await web.rpc('session.me', {}, { cookie })).status).toBe(200)
})

test('nothing is complained about', () => {
  expect(complaints.mock.calls).toEqual([])
  expect(web.lines.filter((line) => line.includes(' error '))).toEqual([])
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
