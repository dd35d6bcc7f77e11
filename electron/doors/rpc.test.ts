import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openWebHousehold, PASSWORD, type WebHousehold } from '../../test/support/web-household.ts'
import { StorageError } from '../db/errors.ts'
import { createWebApp } from './web-app.ts'

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

test('a result travels in the envelope', async () => {
  const { status, headers, result } = await web.rpc('setup.status')
  expect(status).toBe(200)
  const value = { open: false, codeNeeded: true, hostWindow: false, registration: false }
  expect(result).toEqual({ ok: true, value })
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
  expect((await web.send('/rpc/setup.status', { method: 'POST', headers: { 'x-mantel': '1' } })).status).toBe(
    200,
  )
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
  expect((await web.send('/rpc/setup.status', { method: 'POST', headers: charset, body: '{}' })).status).toBe(
    200,
  )
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

test('where it cannot be looked up who asks, the answer says why and that it may pass', async () => {
  const broken = (error: Error) => ({
    rendererFolder: '/none',
    core: web.core,
    callerOf: async () => {
      throw error
    },
  })
  const ask = async (error: Error) => {
    const app = createWebApp(broken(error))
    const request = new Request('http://localhost/rpc/session.me', { ...POST, body: '{}' })
    const response = await app.fetch(request)
    return [response.status, (await response.json()).error]
  }
  for (const [code, reason] of [
    ['full', 'storage_full'],
    ['busy', 'storage_busy'],
    ['closed', 'stopping'],
  ] as const)
    expect(await ask(new StorageError(code, 'of SQLite'))).toMatchObject([
      503,
      { code: 'unavailable', reason },
    ])
  expect(await ask(new StorageError('io', 'of SQLite'))).toMatchObject([500, { code: 'internal' }])
  expect(await ask(new Error('a fault'))).toMatchObject([500, { code: 'internal' }])
})
