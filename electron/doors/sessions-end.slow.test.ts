import { once } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openPictureHousehold, type PictureHousehold } from '../../test/support/picture-household.ts'
import { makePicture } from '../../test/support/pictures.ts'
import { PASSWORD } from '../../test/support/web-household.ts'
import { Seats } from './seats.ts'
import { Visitor } from './visitor.ts'

/**
 * What ends a session, over real HTTP and in the desktop window: streams that are under way break off within a second, nothing
 * more comes, and the next request is answered 401.
 */

/** Large enough that neither end's buffers hold the whole. */
const BIG_BYTES = 64 * 1024 * 1024
const SECOND_MS = 1000
const OTHER = 'another mantelpiece'

let web: PictureHousehold
let made = 0
beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    // decoders ignore what follows the picture
    await appendFile(await makePicture(join(folder, 'big.jpg')), Buffer.alloc(BIG_BYTES))
  })
}, 60_000)
afterAll(() => web.close())

interface Person {
  id: number
  username: string
  /** the session that is to end */
  cookie: string
}

/** An account with the pictures, logged in. */
async function person(): Promise<Person> {
  made += 1
  const username = `person${made}`
  const folders = [{ path: web.folder, access: 'read-write' as const }]
  const { id } = await web.operate('accounts.create', { username, role: 'user', password: PASSWORD, folders })
  return { id, username, cookie: await web.logIn(username) }
}

const sessionOf = async (cookie: string) => {
  const { sessions } = await web.ask('sessions.list', {}, cookie)
  return { id: sessions.find(({ current }) => current)?.id ?? 0 }
}
const olga = () => web.logIn('olga')

/** Each way to end somebody's session: by the operator, by a super admin over HTTP, or by themself. */
const endings: Record<string, (who: Person) => Promise<unknown>> = {
  'another role': async ({ id }) => web.ask('accounts.update', { id, role: 'viewer' }, await olga()),
  'the flag': async ({ id }) => web.ask('accounts.update', { id, superAdmin: true }, await olga()),
  'the login switch': async ({ id }) => web.ask('accounts.update', { id, mayLogIn: false }, await olga()),
  'a new password by an edit': async ({ id }) =>
    web.ask('accounts.update', { id, password: OTHER }, await olga()),
  'a new password by a super admin': async ({ id }) =>
    web.ask('accounts.changePassword', { id, password: OTHER }, await olga()),
  'a new password on the host': ({ id }) => web.operate('accounts.changePassword', { id, password: OTHER }),
  'a new password in another session of its own': async ({ id, username }) => {
    const change = { id, password: OTHER, currentPassword: PASSWORD }
    return web.ask('accounts.changePassword', change, await web.logIn(username))
  },
  deletion: async ({ id }) => web.ask('accounts.remove', { id }, await olga()),
  'deletion on the host': ({ id }) => web.operate('accounts.remove', { id }),
  'an admin who revokes it': async ({ cookie }) =>
    web.ask('sessions.revoke', await sessionOf(cookie), await olga()),
  'the account itself, from another session': async ({ cookie, username }) =>
    web.ask('sessions.revoke', await sessionOf(cookie), await web.logIn(username)),
  'the account itself': async ({ cookie }) => web.ask('sessions.revoke', await sessionOf(cookie), cookie),
  'logging out': ({ cookie }) => web.ask('session.logout', {}, cookie),
}

/** Begins to read, without hurry; tells what came, and when it was over. */
async function reading(path: string, cookie: string) {
  const response = await web.open(path, { headers: { cookie } })
  expect(response.statusCode).toBe(200)
  let received = 0
  let hurries = false
  response.on('data', (chunk: Buffer) => {
    received += chunk.length
    // a slow reader, so that the large one is not through before it is cut
    if (!hurries && received > 1024 * 1024) response.pause()
  })
  await once(response, 'data')
  const over = new Promise<number>((resolve) => {
    response.once('error', () => {})
    for (const end of ['end', 'close']) response.once(end, () => resolve(performance.now()))
  })
  const readOn = () => {
    hurries = true
    response.resume()
  }
  return { over, received: () => received, readOn }
}

const statusesOf = async (cookie: string) => [
  (await web.rpc('session.me', {}, { cookie })).status,
  (await web.send('/events', { headers: { cookie } })).status,
  (await web.send(web.address('original', 'big.jpg'), { headers: { cookie } })).status,
  (await web.send(web.address('thumb', 'big.jpg'), { headers: { cookie } })).status,
]

describe('over HTTP', () => {
  test.each(Object.keys(endings))('%s', async (what) => {
    const who = await person()
    const streams = [
      await reading('/events', who.cookie),
      await reading(web.address('original', 'big.jpg'), who.cookie),
    ]
    await endings[what]?.(who)
    const answered = performance.now()
    for (const { readOn } of streams) readOn()
    for (const { over } of streams) expect((await over) - answered).toBeLessThan(SECOND_MS)
    expect(await statusesOf(who.cookie)).toEqual([401, 401, 401, 401])
    const [events, original] = streams.map(({ received }) => received())
    expect(original).toBeLessThan(BIG_BYTES)
    // a hint for everybody comes to nobody whose stream is over
    await web.operate('flags.set', { flags: { tags: what.length % 2 === 0 } })
    await wait(200)
    expect(streams.map(({ received }) => received())).toEqual([events, original])
  })

  test.each([
    ['a name', { name: 'New' }],
    ['a username', { username: 'renamed' }],
    ['the same role', { role: 'user', mayLogIn: true, superAdmin: false }],
    ['WebDAV', { webdav: true }],
  ] as const)('%s ends nothing', async (_, edit) => {
    const { id, cookie } = await person()
    const stream = await reading('/events', cookie)
    let isOver = false
    void stream.over.then(() => {
      isOver = true
    })
    await web.operate('accounts.update', { id, ...edit })
    expect((await web.rpc('session.me', {}, { cookie })).status).toBe(200)
    expect(isOver).toBe(false)
    await web.rpc('session.logout', {}, { cookie })
    await stream.over
  })

  test('a changed password leaves the session it was changed in, and its streams', async () => {
    const { id, cookie } = await person()
    const stream = await reading(web.address('original', 'big.jpg'), cookie)
    await web.ask('accounts.changePassword', { id, password: OTHER, currentPassword: PASSWORD }, cookie)
    expect((await web.rpc('session.me', {}, { cookie })).status).toBe(200)
    stream.readOn()
    await stream.over
    expect(stream.received()).toBeGreaterThan(BIG_BYTES)
  })
})

describe('in the desktop window', () => {
  /** A window at which this account is logged in and that follows what happens. */
  async function windowOf(username: string) {
    let deviceToken: string | null = null
    const onChange = vi.fn()
    const visitor = new Visitor({
      core: web.core,
      device: { read: () => deviceToken, write: (token) => (deviceToken = token) },
      seats: new Seats({ mayRemember: false, kept: { tokens: [], last: null }, keep: () => {} }),
      pickFolder: async () => null,
      onChange,
    })
    expect(await visitor.call('session.login', { username, password: PASSWORD })).toMatchObject({ ok: true })
    const stop = await visitor.follow(() => {})
    onChange.mockClear()
    return { visitor, onChange, stop }
  }

  test.each(Object.keys(endings).filter((what) => !/itself|revokes|logging out/.test(what)))(
    '%s empties it at once',
    async (what) => {
      const who = await person()
      const { visitor, onChange, stop } = await windowOf(who.username)
      await endings[what]?.(who)
      await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: SECOND_MS })
      expect(await visitor.call('session.me', {})).toMatchObject({ error: { code: 'unauthenticated' } })
      expect((await visitor.caller()).principal.kind).toBe('anonymous')
      stop()
    },
  )
})
