import { once } from 'node:events'
import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openWebHousehold, PASSWORD, type WebHousehold } from '../../test/support/web-household.ts'
import { startHttpServer } from './http-server.ts'

let web: WebHousehold

beforeAll(async () => {
  web = await openWebHousehold()
  const role = { role: 'admin', superAdmin: true } as const
  await web.operate('accounts.create', { username: 'olga', ...role, password: PASSWORD })
})
afterAll(() => web.close())

const JSON_TYPE = { 'content-type': 'application/json' }
const POST = { method: 'POST', headers: { 'x-mantel': '1', ...JSON_TYPE } }
const json = (body: Buffer) => JSON.parse(body.toString())

describe('procedures', () => {
  test('a result travels in the envelope', async () => {
    const { status, headers, result } = await web.rpc('setup.status')
    expect(status).toBe(200)
    expect(result).toEqual({ ok: true, value: { open: false, codeNeeded: true, hostWindow: false } })
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('refusals have their status', async () => {
    const statuses = []
    for (const [name, input] of [
      ['session.me', {}],
      ['session.login', { username: 'olga' }],
      ['session.login', { username: 'olga', password: 'wrong' }],
      ['no.such', {}],
      ['__proto__', {}],
      ['toString', {}],
      ['media.open', { kind: 'thumb', id: 1, version: '1' }],
      ['setup.create', { username: 'ada', password: PASSWORD }],
    ] as const) {
      const { status, result } = await web.rpc(name, input)
      statuses.push([name, status, result.ok ? 'ok' : result.error.code])
    }
    expect(statuses).toEqual([
      ['session.me', 401, 'unauthenticated'],
      ['session.login', 400, 'invalid'],
      ['session.login', 401, 'unauthenticated'],
      ['no.such', 404, 'not_found'],
      ['__proto__', 404, 'not_found'],
      ['toString', 404, 'not_found'],
      ['media.open', 404, 'not_found'],
      ['setup.create', 409, 'conflict'],
    ])
  })

  test('without the header nothing runs', async () => {
    for (const value of [undefined, '', '0', 'true', '1, 1']) {
      const headers = { ...JSON_TYPE, ...(value !== undefined && { 'x-mantel': value }) }
      const { status, body } = await web.send('/rpc/setup.status', { method: 'POST', headers, body: '{}' })
      expect([value, status]).toEqual([value, 403])
      expect(json(body).error).toMatchObject({ code: 'forbidden', reason: 'header_missing' })
    }
  })

  test('requests of other sites are refused, own ones and those of programs served', async () => {
    const other = { port: web.port + 1 }
    const sent: [Record<string, string>, number][] = [
      [{ origin: web.url }, 200],
      [{ origin: web.url, 'sec-fetch-site': 'same-origin' }, 200],
      [{ 'sec-fetch-site': 'none' }, 200],
      [{ origin: 'null' }, 403],
      [{ origin: '' }, 403],
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: `http://127.0.0.1:${other.port}` }, 403],
      [{ origin: `http://localhost:${web.port}` }, 403],
      [{ origin: web.url.replace('http:', 'https:') }, 403],
      [{ origin: `${web.url}.evil.example` }, 403],
      [{ origin: web.url, 'sec-fetch-site': 'same-site' }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
    ]
    for (const [headers, expected] of sent) {
      const { status, result } = await web.rpc('setup.status', {}, headers)
      expect([headers, status]).toEqual([headers, expected])
      if (!result.ok) expect(result.error.reason).toBe('cross_site')
    }
  })

  test('a preflight is not granted', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-headers': 'x-mantel' }
    const answer = await web.send('/rpc/setup.status', { method: 'OPTIONS', headers })
    expect(answer.status).toBe(405)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('an empty body is an empty object; anything but JSON is refused', async () => {
    expect(
      (await web.send('/rpc/setup.status', { method: 'POST', headers: { 'x-mantel': '1' } })).status,
    ).toBe(200)
    const bodies: [string | Buffer, string][] = [
      ['{', 'application/json'],
      ['code=1', 'application/json'],
      [Buffer.from([0x22, 0xff, 0x22]), 'application/json'],
      ['{}', 'text/plain'],
      ['{}', 'application/jsonp'],
      ['{}', ''],
    ]
    for (const [body, type] of bodies) {
      const headers = { 'x-mantel': '1', 'content-type': type }
      const answer = await web.send('/rpc/setup.status', { method: 'POST', headers, body })
      expect([String(body), type, answer.status]).toEqual([String(body), type, 400])
      expect(json(answer.body).error).toMatchObject({ code: 'invalid', reason: 'body_not_json' })
    }
    const charset = { 'x-mantel': '1', 'content-type': 'application/json; charset=utf-8' }
    expect(
      (await web.send('/rpc/setup.status', { method: 'POST', headers: charset, body: '{}' })).status,
    ).toBe(200)
  })

  test('a JSON value that is no object is told apart by its fields', async () => {
    for (const body of ['[]', '"x"', '3', '{"__proto__":{"x":1}}']) {
      const { status } = await web.send('/rpc/setup.status', { ...POST, body })
      expect([body, status]).toEqual([body, 400])
    }
  })

  test('bodies up to 1 MiB', async () => {
    const size = 1024 * 1024
    const full = `"${'a'.repeat(size - 2)}"`
    expect((await web.send('/rpc/setup.status', { ...POST, body: full })).status).toBe(400)
    const over = await web.send('/rpc/setup.status', { ...POST, body: `${full} ` })
    expect([over.status, json(over.body).error]).toEqual([
      413,
      expect.objectContaining({ code: 'too_large', reason: 'body_too_large' }),
    ])
    // also without telling its length
    const chunked = { ...POST.headers, 'transfer-encoding': 'chunked' }
    const unsaid = await web.send('/rpc/setup.status', { method: 'POST', headers: chunked, body: `${full} ` })
    expect(unsaid.status).toBe(413)
  })

  test('other methods: 405', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await web.send('/rpc/setup.status', { method, headers: { 'x-mantel': '1' } })
      expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'POST'])
    }
  })
})

describe('cookies', () => {
  test('a login sets two, out of reach for scripts and other sites', async () => {
    const { headers, result } = await web.rpc('session.login', { username: 'olga', password: PASSWORD })
    expect(result.ok).toBe(true)
    const lines = headers['set-cookie'] ?? []
    expect(lines).toHaveLength(2)
    const form = (name: string) =>
      new RegExp(`^${name}=[\\w-]{43}; Path=/; Max-Age=(\\d+); HttpOnly; SameSite=Strict$`)
    const age = (name: string) => Number(lines.map((line) => form(name).exec(line)?.[1]).find(Boolean))
    expect(age('mantel_device')).toBe(365 * 24 * 60 * 60)
    expect(age('mantel_session')).toBeGreaterThan(13.9 * 24 * 60 * 60)
    expect(age('mantel_session')).toBeLessThanOrEqual(14 * 24 * 60 * 60)
    // the token is nowhere else
    const token = /mantel_session=([^;]+)/.exec(lines.join())?.[1] ?? 'none'
    expect(JSON.stringify(result)).not.toContain(token)
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
      device: 'Firefox on Linux',
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

test('too many failed logins: 429 with the wait', async () => {
  const web = await openWebHousehold()
  onTestFinished(() => web.close())
  let last = await web.rpc('session.login', { username: 'nobody', password: 'wrong' })
  for (let n = 0; n < 10 && last.status === 401; n += 1)
    last = await web.rpc('session.login', { username: 'nobody', password: 'wrong' })
  expect(last.status).toBe(429)
  const error = last.result.ok ? undefined : last.result.error
  expect(error).toMatchObject({ code: 'throttled', reason: 'too_many_attempts' })
  expect(last.headers['retry-after']).toBe(String(error?.retryAfterSeconds))
})
