import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../../test/support/database.ts'
import { type Authority, authorityHolds, leafHolds, makeAuthority, makeLeaf } from './certificates.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const NOW = Date.UTC(2026, 10, 22)
const HOUSE = { names: ['mantel.local', 'nas'], addresses: ['192.168.1.4', 'fd00::2'] }

let authority: Authority

beforeAll(async () => {
  authority = await makeAuthority(['nas', 'nas.fritz.box'], Date.now())
})

/** What a client that trusts the authority says of a server with this certificate that it asked for by a name. */
async function handshake(made: { key: string; certificate: string }, servername: string): Promise<string> {
  const server = createServer({ key: made.key, cert: made.certificate }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as { port: number } // a server that listens on a port has an address of this form
  const socket = connect({ host: '127.0.0.1', port, servername, ca: authority.certificate })
  return new Promise((done) => {
    socket.once('secureConnect', () => done('trusted'))
    socket.once('error', (error) => done(error.message))
  }).then((said) => {
    socket.destroy()
    return String(said)
  })
}

describe('name constraints', () => {
  test('a client trusts the names of the house', async () => {
    const leaf = await makeLeaf(authority, HOUSE, Date.now())
    expect(await handshake(leaf, 'mantel.local')).toBe('trusted')
    expect(await handshake(leaf, 'nas')).toBe('trusted')
    expect(await handshake(leaf, 'example.com')).toContain('altnames')
  })

  test('whoever has the key of the authority can vouch for nothing outside it', async () => {
    const outside = [
      { names: ['example.com'], addresses: [] },
      { names: ['mantel.local', 'mantel.local.example.com'], addresses: [] },
      { names: ['fritz.box'], addresses: [] },
      { names: ['mantel.local'], addresses: ['8.8.8.8'] },
      { names: ['mantel.local'], addresses: ['2001:db8::1'] },
      { names: ['mantel.local'], addresses: ['172.32.0.1'] },
    ]
    for (const names of outside) {
      const leaf = await makeLeaf(authority, names, Date.now())
      expect([names, await handshake(leaf, names.names[0] ?? '')]).toEqual([
        names,
        'permitted subtree violation',
      ])
    }
  })

  test('it makes no further authorities', async () => {
    const { extKeyUsage, keyUsage } = new X509Certificate(authority.certificate) as X509Certificate & {
      extKeyUsage?: string[]
    }
    expect(keyUsage ?? extKeyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
    const text = await openssl(['x509', '-noout', '-text'], authority.certificate)
    if (text === null) return
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/)
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign\n/)
    expect(text).toMatch(
      /Name Constraints: critical\s+Permitted:\s+DNS:local\s+DNS:nas\s+DNS:nas\.fritz\.box/,
    )
    expect(text).toContain('IP:172.16.0.0/255.240.0.0')
    expect(text).toContain('IP:FC00:0:0:0:0:0:0:0/FE00:0:0:0:0:0:0:0')
  })

  test('openssl agrees, strictly', async () => {
    const folder = await makeFolder()
    const file = join(folder, 'authority.pem')
    await writeFile(file, authority.certificate)
    const leaf = await makeLeaf(authority, HOUSE, Date.now())
    const verify = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', file]
    const said = await openssl(verify, leaf.certificate)
    expect(said ?? ': OK').toContain(': OK')
  })
})

/** What openssl prints, or null where there is none. */
async function openssl(args: string[], input: string): Promise<string | null> {
  const file = join(await makeFolder(), 'input.pem')
  await writeFile(file, input)
  const last = args[0] === 'verify' ? [file] : ['-in', file]
  const run = promisify(execFile)('openssl', [...args, ...last])
  return run.then(
    ({ stdout }) => stdout,
    (error) => (error.code === 'ENOENT' ? null : `${error.stdout}${error.stderr}`),
  )
}

describe('how long they hold', () => {
  test('a leaf until a month before its end, for exactly its names, under its own authority', async () => {
    const mine = await makeAuthority([], NOW)
    const leaf = await makeLeaf(mine, HOUSE, NOW)
    const holds = (days: number, wanted = HOUSE, by = mine) =>
      leafHolds(leaf, by, wanted, NOW + days * DAY_MS)
    expect([holds(0), holds(59), holds(60), holds(61), holds(-2)]).toEqual([true, true, false, false, false])
    // the order of addresses is the system's
    expect(holds(1, { ...HOUSE, addresses: HOUSE.addresses.toReversed() })).toBe(true)
    expect(holds(1, { ...HOUSE, addresses: ['192.168.1.5', 'fd00::2'] })).toBe(false)
    expect(holds(1, { ...HOUSE, names: ['mantel.local'] })).toBe(false)
    expect(holds(1, HOUSE, await makeAuthority([], NOW))).toBe(false)
    // phones take 398 days at most
    const { validFrom, validTo } = new X509Certificate(leaf.certificate)
    expect((Date.parse(validTo) - Date.parse(validFrom)) / DAY_MS).toBeLessThan(398)
  })

  test('an authority for twenty years, and whatever the clock says meanwhile', async () => {
    const mine = await makeAuthority([], NOW)
    const year = 365 * DAY_MS
    const held = [0, 19, 20, -56].map((years) => authorityHolds(mine, NOW + years * year))
    expect(held).toEqual([true, true, false, true])
    // made while the clock was two years ahead, it holds when that is set right
    const early = await makeAuthority([], Date.now() + 2 * year)
    expect(Date.parse(new X509Certificate(early.certificate).validFrom)).toBeLessThan(Date.now())
  })
})
