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

/** Starts to read the big one and stops after the first bytes. */
async function begin(cookie: string) {
  const response = await web.open(web.address('original', 'big.jpg'), { headers: { cookie } })
  expect(response.statusCode).toBe(200)
  let received = 0
  response.on('data', (chunk: Buffer) => {
    received += chunk.length
    response.pause()
  })
  await once(response, 'data')
  return { response, received: () => received }
}

const big = () => join(web.folder, 'big.jpg')

test.skipIf(process.platform !== 'linux')('an original is never open in this process', async () => {
  const { response } = await begin(web.ada)
  expect(await timesOpen(big())).toBe(0)
  response.destroy()
})

test('an original breaks off when its session ends, also while the reader is slow', async () => {
  const cookie = await web.logIn('ada')
  const { response, received } = await begin(cookie)
  const broken = once(response, 'error')
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
