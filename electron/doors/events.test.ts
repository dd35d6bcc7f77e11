import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWebHousehold, PASSWORD, type WebHousehold } from '../../test/support/web-household.ts'
import type { ClientHint } from '../contract/events.ts'

let web: WebHousehold

beforeAll(async () => {
  web = await openWebHousehold()
  await web.operate('accounts.create', {
    username: 'olga',
    role: 'admin',
    superAdmin: true,
    password: PASSWORD,
  })
  await web.operate('accounts.create', { username: 'ada', role: 'user', password: PASSWORD })
})
afterAll(() => web.close())

const open = (cookie: string, headers: Record<string, string> = {}) =>
  web.open('/events', { headers: { cookie, ...headers } })

/** Collects a stream's text, and answers when something is in it. */
function read(stream: IncomingMessage) {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    text += chunk
  })
  return {
    text: () => text,
    until: async (mark: string) => {
      while (!text.includes(mark)) await once(stream, 'data')
    },
  }
}

const hintsIn = (text: string): ClientHint[] =>
  [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data))

test('hints arrive as events, and only those that concern their reader', async () => {
  const [olga, ada] = [await open(await web.logIn('olga')), await open(await web.logIn('ada'))]
  expect(olga.statusCode).toBe(200)
  expect(olga.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const [hers, others] = [read(olga), read(ada)]
  await hers.until('retry: 3000\n\n')
  const { accounts } = await web.operate('accounts.list', {})
  const id = accounts.find(({ username }) => username === 'ada')?.id ?? 0
  await web.operate('accounts.update', { id, name: 'Ada L.' })
  await hers.until('"accounts"')
  // a hint of a later moment, so that all of the first are there
  await others.until('"session"')
  await web.operate('accounts.update', { id, name: 'Ada' })
  while (hintsIn(others.text()).filter(({ topic }) => topic === 'session').length < 2) await once(ada, 'data')
  const forAdmins = hintsIn(others.text()).filter(({ topic }) => topic === 'accounts' || topic === 'folders')
  expect(forAdmins).toEqual([])
  for (const hint of hintsIn(hers.text())) {
    expect(Object.keys(hint).sort()).toEqual(['revision', 'topic'])
    expect(hers.text()).toContain(`id: ${hint.revision}\n`)
  }
  olga.destroy()
  ada.destroy()
})

test('nobody, another site, other methods', async () => {
  expect((await web.send('/events')).status).toBe(401)
  expect(
    (await web.send('/events', { headers: { cookie: `mantel_session=${'a'.repeat(43)}` } })).status,
  ).toBe(401)
  const cookie = await web.logIn('ada')
  const foreign = await web.send('/events', { headers: { cookie, 'sec-fetch-site': 'same-site' } })
  expect(foreign.status).toBe(403)
  for (const method of ['HEAD', 'POST', 'DELETE']) {
    const { status, headers } = await web.send('/events', { method, headers: { cookie } })
    expect([method, status, headers.allow]).toEqual([method, 405, 'GET'])
  }
})

test('a stream ends with its session, by logout, by an admin and by a changed password; others go on', async () => {
  const { accounts } = await web.operate('accounts.list', {})
  const id = accounts.find(({ username }) => username === 'ada')?.id ?? 0
  const olga = await open(await web.logIn('olga'))
  const endings: ((cookie: string) => Promise<unknown>)[] = [
    (cookie) => web.rpc('session.logout', {}, { cookie }),
    () => web.operate('accounts.changePassword', { id, password: PASSWORD }),
    async () => {
      await web.operate('accounts.update', { id, mayLogIn: false })
      await web.operate('accounts.update', { id, mayLogIn: true })
    },
  ]
  for (const end of endings) {
    const cookie = await web.logIn('ada')
    const stream = await open(cookie)
    expect(stream.statusCode).toBe(200)
    const ended = once(stream, 'end')
    stream.resume()
    await end(cookie)
    await ended
    expect((await web.send('/events', { headers: { cookie } })).status).toBe(401)
  }
  expect(olga.readableEnded).toBe(false)
  olga.destroy()
})

test('six streams a session; a seventh waits until one is closed', async () => {
  const cookie = await web.logIn('ada')
  const streams = await Promise.all(Array.from({ length: 6 }, () => open(cookie)))
  expect(streams.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200))
  const seventh = await web.send('/events', { headers: { cookie } })
  expect([seventh.status, seventh.headers['retry-after']]).toEqual([429, '20'])
  // another session has its own
  const other = await open(await web.logIn('ada'))
  expect(other.statusCode).toBe(200)
  streams[0]?.destroy()
  for (;;) {
    const again = await open(cookie)
    streams.push(again)
    if (again.statusCode === 200) break
    again.resume()
  }
  for (const stream of [...streams, other]) stream.destroy()
})

test('a session that ended while the stream was being opened gets none', async () => {
  // the logout's transaction and the stream's own question race; whichever wins, no stream outlives the session
  for (let round = 0; round < 20; round += 1) {
    const cookie = await web.logIn('ada')
    const [stream] = await Promise.all([open(cookie), web.rpc('session.logout', {}, { cookie })])
    stream.resume()
    if (!stream.readableEnded) await once(stream, 'end')
    expect([200, 401]).toContain(stream.statusCode)
  }
})
