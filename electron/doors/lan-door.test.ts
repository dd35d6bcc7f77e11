import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { askHouse, freePort, type HouseRequest, hostHeader, houseAddress } from '../../test/support/lan.ts'
import { openWebHousehold, PASSWORD, type WebHousehold } from '../../test/support/web-household.ts'
import type { Input, Output } from '../contract/contract.ts'
import { startHttpServer } from './http-server.ts'
import { type LanDoor, openLanDoor } from './lan-door.ts'

let web: WebHousehold
let door: LanDoor
let port: number

beforeAll(async () => {
  web = await openWebHousehold()
  await web.operate('accounts.create', {
    username: 'olga',
    role: 'admin',
    superAdmin: true,
    password: PASSWORD,
  })
  door = await openLanDoor({ core: web.core, rendererFolder: join(web.directory, 'renderer') })
})
afterAll(async () => {
  await door.close()
  await web.close()
})

const status = () => web.operate('lan.status', {})
const become = (state: Output<'lan.status'>['state']) =>
  expect.poll(async () => (await status()).state).toBe(state)
const switchTo = (lan: boolean) => web.operate('flags.set', { flags: { lan } })
const set = (settings: Input<'settings.setLan'>) => web.operate('settings.setLan', settings)

/** Open on an address of this machine and a port that was free. */
beforeEach(async () => {
  port = await freePort()
  await set({ address: houseAddress, port, publicAddress: '', proxies: [] })
  await switchTo(true)
  await become('open')
  await expect.poll(() => door.urls()).toContain(`https://${hostHeader(houseAddress, port)}`)
})

const authority = async () => (await status()).authority?.certificate ?? ''
const ask = async (asked: Partial<HouseRequest> = {}) =>
  askHouse({ port, authority: await authority(), ...asked })

/** Calls a procedure; answers status, cookies and what came back. */
async function rpc(name: string, input: unknown = {}, { headers = {}, ...more }: Partial<HouseRequest> = {}) {
  const answer = await ask({
    path: `/rpc/${name}`,
    method: 'POST',
    headers: { 'x-mantel': '1', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
    ...more,
  })
  return { ...answer, result: JSON.parse(answer.body.toString()) }
}

describe('open', () => {
  test('the same app, over TLS under a certificate of the household', async () => {
    expect((await ask()).body.toString()).toContain('<title>Mantel</title>')
    expect((await status()).urls).toContain(`https://${hostHeader(houseAddress, port)}`)
    await expect(askHouse({ port })).rejects.toThrow()
    await expect(fetch(`http://${hostHeader(houseAddress, port)}/`)).rejects.toThrow()
  })

  test('its cookies are sent over TLS alone; names of the house are not bound to it for ever', async () => {
    const { headers, status } = await rpc('session.login', { username: 'olga', password: PASSWORD })
    expect(status).toBe(200)
    for (const line of headers['set-cookie'] ?? ['none']) expect(line).toMatch(/; Secure$/)
    expect(headers['strict-transport-security']).toBeUndefined()
    const cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
    expect((await rpc('session.me', {}, { headers: { cookie } })).status).toBe(200)
  })

  test('strict headers, and no requests from other sites', async () => {
    const { headers } = await ask()
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    const origin = (site: string) => rpc('session.known', {}, { headers: { origin: site } })
    expect((await origin(`https://${hostHeader(houseAddress, port)}`)).status).toBe(200)
    expect((await origin(`http://${hostHeader(houseAddress, port)}`)).status).toBe(403)
    expect((await origin('https://evil.example')).status).toBe(403)
  })

  test('the certificate to install is had without an account, and is no page', async () => {
    const { body, headers } = await ask({ path: '/mantel-authority.crt' })
    expect(body.toString()).toBe(await authority())
    expect(headers).toMatchObject({
      'content-type': 'application/x-x509-ca-cert',
      'x-content-type-options': 'nosniff',
    })
    expect(body.toString()).not.toContain('KEY')
  })

  test('its own names are served, all others refused', async () => {
    const named = async (host: string) => (await ask({ host })).status
    for (const name of ['mantel.local', 'MANTEL.local', houseAddress])
      expect([name, await named(hostHeader(name, port))]).toEqual([name, 200])
    for (const host of [
      'mantel.local',
      `mantel.local:${port + 1}`,
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `evil.example:${port}`,
      `mantel.local.:${port}`,
      `mantel.local.evil.example:${port}`,
      `8.8.8.8:${port}`,
    ])
      expect([host, await named(host)]).toEqual([host, 403])
  })
})

describe('live', () => {
  test('the flag closes and opens it, and cuts what is open', async () => {
    const { headers } = await rpc('session.login', { username: 'olga', password: PASSWORD })
    const cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
    const stream = ask({ path: '/events', headers: { cookie } })
    const ended = expect(stream).rejects.toThrow()
    await expect.poll(() => connections()).toBeGreaterThan(0)
    await switchTo(false)
    await ended
    await become('off')
    await expect(ask()).rejects.toThrow('ECONNREFUSED')
    expect(await status()).toMatchObject({ urls: [], authority: null })
    await switchTo(true)
    await become('open')
    expect((await ask()).status).toBe(200)
  })

  test('another port is served at once, the old one no more, under the same certificate', async () => {
    const before = await status()
    const next = await freePort()
    await set({ port: next })
    await expect.poll(() => door.urls()).toContain(`https://${hostHeader(houseAddress, next)}`)
    expect((await ask({ port: next })).status).toBe(200)
    await expect(ask()).rejects.toThrow('ECONNREFUSED')
    expect((await status()).authority).toEqual(before.authority)
  })

  test('a taken port and an address that is not there are told, and tried again', async () => {
    const other = createServer().listen(0, houseAddress)
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const taken = (other.address() as { port: number }).port // a server that listens on a port has one of this form
    await set({ port: taken })
    await become('failed')
    expect(await status()).toMatchObject({ reason: 'lan_port_taken', urls: [] })
    await set({ port: await freePort(), address: '192.0.2.77' })
    await expect.poll(async () => (await status()).reason).toBe('lan_address_gone')
    await set({ address: houseAddress })
    await become('open')
  })
})

async function connections(): Promise<number> {
  const { sessions } = await web.operate('sessions.list', { accountId: 1 })
  return sessions.length
}

describe('from outside', () => {
  const PUBLIC = 'https://photos.example'
  const hear = async (headers: Record<string, string>, host = 'photos.example') =>
    rpc('session.login', { username: 'olga', password: PASSWORD }, { host, headers })
  const addresses = async () => {
    const { sessions } = await web.operate('sessions.list', { accountId: 1 })
    return sessions.map(({ address }) => address)
  }

  test('the public address is served, and asked for over TLS alone from then on', async () => {
    expect((await ask({ host: 'photos.example' })).status).toBe(403)
    await set({ publicAddress: PUBLIC })
    await expect.poll(async () => (await ask({ host: 'photos.example' })).status).toBe(200)
    expect((await ask({ host: 'photos.example:443' })).headers['strict-transport-security']).toMatch(
      /max-age/,
    )
    expect((await ask({ host: 'photos.example:80' })).status).toBe(403)
    expect((await ask()).headers['strict-transport-security']).toBeUndefined()
  })

  test('what strangers forward is not believed', async () => {
    await set({ publicAddress: PUBLIC, proxies: ['203.0.113.9'] })
    await expect.poll(async () => (await ask({ host: 'photos.example' })).status).toBe(200)
    expect((await hear({ 'x-forwarded-for': '203.0.113.66', 'x-forwarded-proto': 'http' })).status).toBe(200)
    expect(await addresses()).not.toContain('203.0.113.66')
  })

  test('a proxy of the household is: its last word on who asks', async () => {
    await set({ publicAddress: PUBLIC, proxies: [houseAddress, '203.0.113.0/24'] })
    await expect.poll(async () => (await ask({ host: 'photos.example' })).status).toBe(200)
    // the first was written by whoever asks
    await hear({ 'x-forwarded-for': '198.51.100.1, 198.51.100.66, 203.0.113.5' })
    await expect.poll(addresses).toContain('198.51.100.66')
    expect(await addresses()).not.toContain('198.51.100.1')
    await hear({ 'x-forwarded-for': 'nonsense, 203.0.113.8' })
    expect(await addresses()).toContain('203.0.113.8')
    // taken at its word also where it says that the way to it is open
    expect((await hear({ 'x-forwarded-proto': 'http' })).status).toBe(403)
  })

  test('a proxy on this machine brings it to the door of loopback', async () => {
    await set({ publicAddress: PUBLIC, proxies: ['127.0.0.1'] })
    await expect.poll(() => door.outside().publicHost).toBe('photos.example:443')
    const rendererFolder = join(web.directory, 'renderer')
    const options = { core: web.core, rendererFolder, host: '127.0.0.1', port: 0, outside: door.outside }
    const server = await startHttpServer(options)
    onTestFinished(() => server.close())
    const through = async (headers: Record<string, string>) => {
      const all = { 'x-mantel': '1', 'content-type': 'application/json', ...headers }
      const body = JSON.stringify({ username: 'olga', password: PASSWORD })
      const asked = request({
        host: '127.0.0.1',
        port: server.port,
        path: '/rpc/session.login',
        method: 'POST',
        headers: all,
        agent: false,
      })
      asked.end(body)
      const [response] = (await once(asked, 'response')) as [IncomingMessage] // what the event is documented to carry
      response.resume()
      return response
    }
    const proxied = { host: 'photos.example', 'x-forwarded-proto': 'https', origin: PUBLIC }
    const answer = await through({ ...proxied, 'x-forwarded-for': '198.51.100.7' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['set-cookie']?.join()).toContain('; Secure')
    expect(await addresses()).toContain('198.51.100.7')
    expect((await through({ host: 'photos.example', 'x-forwarded-proto': 'http' })).statusCode).toBe(403)
    expect((await through({ host: 'photos.example' })).statusCode).toBe(403)
    await switchTo(false)
    await become('off')
    expect((await through(proxied)).statusCode).toBe(403)
  })
})
