import { once } from 'node:events'
import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openWebHousehold, PASSWORD, type WebHousehold } from '../../test/support/web-household.ts'
import { startHttpServer } from './http-server.ts'

let web: WebHousehold

beforeAll(async () => {
  web = await openWebHousehold()
  const role = { role: 'admin', superAdmin: true } as const
  await web.operate('accounts.create', { username: 'olga', ...role, password: PASSWORD })
})
afterAll(() => web.close())

describe('cookies', () => {
  const login = { username: 'olga', password: PASSWORD }
  /** Seconds that each cookie of a shape out of reach for scripts and other sites is kept; null: until the browser ends. */
  const agesOf = (lines: string[] = []) =>
    Object.fromEntries(
      lines.map((line) => {
        const form = /^(\w+)=[\w-]*; Path=\/(?:; Max-Age=(\d+))?; HttpOnly; SameSite=Strict$/.exec(line)
        return [form?.[1] ?? line, form?.[2] === undefined ? null : Number(form[2])]
      }),
    )
  const cookieOf = (lines: string[] = []) => lines.map((line) => line.split(';')[0]).join('; ')

  test('a login sets two, out of reach for scripts and other sites', async () => {
    const { headers, result } = await web.rpc('session.login', login)
    expect(result.ok).toBe(true)
    const lines = headers['set-cookie'] ?? []
    expect(agesOf(lines)).toEqual({ mantel_device: 365 * 24 * 60 * 60, mantel_session: null })
    expect(headers['clear-site-data']).toBeUndefined()
    // the token is nowhere else
    const token = /mantel_session=([^;]+)/.exec(lines.join())?.[1] ?? 'none'
    expect(JSON.stringify(result)).not.toContain(token)
  })

  test('a login that is to be remembered outlasts the browser, also under a new token; the next one does not', async () => {
    const isRemembered = (age: number | null | undefined) =>
      (age ?? 0) > 13.9 * 86_400 && (age ?? 0) <= 14 * 86_400
    const first = await web.rpc('session.login', { ...login, remember: true })
    const ages = agesOf(first.headers['set-cookie'])
    expect([ages.mantel_session, ages.mantel_remember].map(isRemembered)).toEqual([true, true])
    let cookie = cookieOf(first.headers['set-cookie'])

    const locked = await web.rpc('session.lock', {}, { cookie })
    expect([locked.headers['set-cookie'], locked.headers['clear-site-data']]).toEqual([undefined, '"cache"'])
    expect((await web.rpc('session.me', {}, { cookie })).result).toMatchObject({
      error: { code: 'unauthenticated', reason: 'session_locked' },
    })
    const open = await web.rpc('session.unlock', { password: PASSWORD }, { cookie })
    expect(isRemembered(agesOf(open.headers['set-cookie']).mantel_session)).toBe(true)
    expect((await web.rpc('session.me', {}, { cookie })).status).toBe(401)

    cookie = `${cookieOf(open.headers['set-cookie'])}; mantel_remember=1`
    const next = await web.rpc('session.login', login, { cookie })
    expect(agesOf(next.headers['set-cookie'])).toMatchObject({ mantel_session: null, mantel_remember: 0 })
    expect(next.headers['clear-site-data']).toBe('"cache"')
    // the session before it is over
    expect((await web.rpc('session.me', {}, { cookie })).status).toBe(401)
  })

  test('leaving clears cookies and cache like logging out', async () => {
    const { headers } = await web.rpc('session.login', { ...login, remember: true })
    const cookie = cookieOf(headers['set-cookie'])
    const left = await web.rpc('session.leave', {}, { cookie })
    expect(left.headers['clear-site-data']).toBe('"cache"')
    expect(agesOf(left.headers['set-cookie'])).toEqual({ mantel_session: 0, mantel_remember: 0 })
    expect((await web.rpc('session.me', {}, { cookie })).status).toBe(401)
  })

  test('the session holds until the logout, which clears cookie and cache', async () => {
    const cookie = await web.logIn('olga')
    expect((await web.rpc('session.me', {}, { cookie })).status).toBe(200)
    expect((await web.rpc('session.me', {}, { cookie: `theme=dark; ${cookie}; other="a b"` })).status).toBe(
      200,
    )
    const out = await web.rpc('session.logout', {}, { cookie })
    expect(out.status).toBe(200)
    expect(out.headers['clear-site-data']).toBe('"cache"')
    expect(out.headers['set-cookie']).toEqual([
      'mantel_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ])
    expect((await web.rpc('session.me', {}, { cookie })).status).toBe(401)
  })

  test('what is no token of ours stands for nobody', async () => {
    const token = /mantel_session=([^;]+)/.exec(await web.logIn('olga'))?.[1] ?? ''
    expect((await web.rpc('session.me', {}, { cookie: `mantel_session=${token}` })).status).toBe(200)
    for (const cookie of [
      '',
      'mantel_session',
      'mantel_session=',
      `mantel_session=${'a'.repeat(43)}`,
      `mantel_session=${token}x`,
      `mantel_session=${token.slice(0, -1)}`,
      `Mantel_Session=${token}`,
      `xmantel_session=${token}`,
      `mantel_session="${token}"`,
      `mantel_session=${'%00'.repeat(20)}`,
    ])
      expect([cookie, (await web.rpc('session.me', {}, { cookie })).status]).toEqual([cookie, 401])
  })

  test('a device cannot choose the token it is known by', async () => {
    for (const token of ['x', 'a b', '%00'.repeat(20), 'a'.repeat(200)]) {
      const cookie = `mantel_device=${token}`
      const { headers } = await web.rpc('session.login', { username: 'olga', password: PASSWORD }, { cookie })
      const given = /mantel_device=([^;]+)/.exec(String(headers['set-cookie']))?.[1] ?? ''
      expect(given).toMatch(/^[\w-]{43}$/)
    }
  })

  test('the list of sessions names device and address', async () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
    const login = { username: 'olga', password: PASSWORD }
    const { headers } = await web.rpc('session.login', login, { 'user-agent': agent })
    const cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
    const { result } = await web.rpc('sessions.list', {}, { cookie })
    const sessions = result.ok ? (result.value as { sessions: { current: boolean }[] }).sessions : []
    expect(sessions.find(({ current }) => current)).toMatchObject({
      device: 'Firefox · Linux',
      address: '127.0.0.1',
    })
    const known = await web.rpc('session.known', {}, { cookie })
    expect(known.result).toMatchObject({ value: { accounts: [{ username: 'olga' }] } })
  })
})

describe('host names', () => {
  const ask = async (host: string | undefined, target = '/rpc/setup.status') => {
    const socket = createConnection(web.port, '127.0.0.1')
    await once(socket, 'connect')
    const lines = [
      `POST ${target} HTTP/1.1`,
      ...(host === undefined ? [] : host.split('|').map((one) => `Host: ${one}`)),
      'x-mantel: 1',
      'Content-Length: 0',
      'Connection: close',
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    const answer = await text(socket)
    return { status: Number(answer.split(' ')[1]), answer }
  }

  test('its own names are served', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])
      expect([name, (await ask(`${name}:${web.port}`)).status]).toEqual([name, 200])
    const url = `http://localhost:${web.port}/rpc/setup.status`
    expect((await ask(`localhost:${web.port}`, url)).status).toBe(200)
  })

  test('all others are refused, and a missing one', async () => {
    for (const host of [
      undefined,
      '',
      'localhost',
      '127.0.0.1',
      `127.0.0.1:${web.port + 1}`,
      `evil.example:${web.port}`,
      `localhost.:${web.port}`,
      `127.0.0.1.nip.io:${web.port}`,
      `0.0.0.0:${web.port}`,
      `user@localhost:${web.port}`,
      `localhost:${web.port}, evil.example`,
      `localhost:${web.port}|evil.example`,
      `localhost:${web.port}|localhost:${web.port}`,
    ]) {
      const { status, answer } = await ask(host)
      expect([host, status]).toEqual([host, 403])
      expect(answer).toContain('"reason":"host_not_allowed"')
    }
    expect((await ask(`localhost:${web.port}`, 'http://evil.example/rpc/setup.status')).status).toBe(403)
  })
})

describe('limits', () => {
  test('headers: 16 KiB, a hundred of them', async () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`x-${n}`, '1']))
    expect((await web.send('/', { headers: many })).status).toBe(431)
    expect((await web.send('/', { headers: { 'x-long': 'a'.repeat(20_000) } })).status).toBe(431)
    expect((await web.send('/', { headers: { 'x-long': 'a'.repeat(10_000) } })).status).toBe(200)
  })

  test('a request that does not come to its end has a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const connection = createConnection({ host: '127.0.0.1', port: web.port })
    onTestFinished(() => void connection.destroy())
    let isClosed = false
    connection.on('close', () => {
      isClosed = true
    })
    connection.resume()
    const lines = ['POST /rpc/session.login HTTP/1.1', `Host: 127.0.0.1:${web.port}`, 'X-Mantel: 1']
    connection.write(`${[...lines, 'Content-Length: 1000000'].join('\r\n')}\r\n\r\n{`)
    await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(59_000)
    connection.write('still coming')
    expect(isClosed).toBe(false)
    await vi.advanceTimersByTimeAsync(1000)
    await expect.poll(() => isClosed).toBe(true)
  })

  test('an address that others reach is refused until there is TLS', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.2', 'photos.local', '127.0.0.1.nip.io', '']) {
      const started = startHttpServer({ core: web.core, rendererFolder: '/', host, port: 0 })
      await expect(started).rejects.toThrow('Mantel serves this machine alone')
    }
  })

  test('a taken port is told as such', async () => {
    const again = startHttpServer({ core: web.core, rendererFolder: '/', host: '127.0.0.1', port: web.port })
    await expect(again).rejects.toThrow(`Port ${web.port} on 127.0.0.1 is taken`)
  })
})
