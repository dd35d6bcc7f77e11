import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type CommandLine, openCommandLine, PASSWORD, program } from '../support/command-line.ts'
import { askHouse, hostHeader, houseAddress } from '../support/lan.ts'

// The headless server, and commands that speak to it.

let line: CommandLine

beforeEach(async () => {
  line = await openCommandLine()
})

test('it prints its address, and in an empty household the code with which it is set up', async () => {
  const server = await line.serve()
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(server.setupCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  const first = { username: 'olga', password: PASSWORD }
  expect((await server.rpc('setup.create', first)).status).toBe(400)
  expect((await server.rpc('setup.create', { ...first, code: 'WRNG-CODE' })).body.error.fields).toEqual({
    code: 'setup_code_wrong',
  })
  expect((await server.rpc('setup.create', { ...first, code: server.setupCode })).status).toBe(200)
  await server.stop('SIGTERM')
  expect((await line.serve()).setupCode).toBeNull()
})

test('for people too', async () => {
  const child = line.start(['serve', '--port', '0'])
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  while (out.split('\n').length < 3) await once(child.stdout ?? child, 'data')
  expect(out).toMatch(/^Mantel is at http:\/\/127\.0\.0\.1:\d+\n.*\b[A-Z2-9]{4}-[A-Z2-9]{4}\n$/)
})

test('commands go through it, and what they change is felt at once', async () => {
  const server = await line.serve()
  await line.addOlga()
  const login = { username: 'olga', password: PASSWORD }
  expect((await server.rpc('session.login', login)).status).toBe(200)
  const renewed = await line.mantel(['passwd', 'olga', '--password-stdin'], {
    input: 'another mantelpiece\r\n',
  })
  expect([renewed.code, renewed.err]).toEqual([0, ''])
  expect((await server.rpc('session.login', login)).status).toBe(401)
  const now = { username: 'olga', password: 'another mantelpiece' }
  expect((await server.rpc('session.login', now)).status).toBe(200)
  // answered by the running server: nobody else can open the data directory
  expect((await line.answerOf(['users', 'ls'])).accounts[0].lastSeenAt).not.toBeNull()
})

test('a scan is started there, and waited for when asked', async () => {
  await line.serve()
  const folder = await line.pictures('one', 3)
  await line.addOlga()
  expect((await line.mantel(['folders', 'add', 'one'])).out).toBe(`Added ${folder}.\n`)
  const started = await line.mantel(['scan'])
  expect([started.code, started.err]).toEqual([0, ''])
  expect(started.out).toContain('Started to scan 1 folder')
  const waited = await line.answerOf(['scan', '--wait', 'one'])
  expect(waited.jobs).toMatchObject([{ state: 'done', folder }])
  expect((await line.mantel(['folders', 'rm', 'one'])).out).toBe(`Forgot ${folder}. No file was touched.\n`)
})

test('a second server on the same data refuses in one line', async () => {
  await line.serve()
  const second = await line.mantel(['serve', '--port', '0'])
  expect([second.code, second.out, second.err]).toEqual([
    1,
    '',
    `mantel: Mantel is already running on ${line.dataDir}.\n`,
  ])
})

test('a taken port and an address for others refuse in one line, and free the data', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo // a server that listens on a port has one of this form
  const taken = await line.mantel(['serve', '--port', String(port)])
  expect([taken.code, taken.err]).toEqual([
    1,
    `mantel: Port ${port} on 127.0.0.1 is taken by another program; choose one with --port\n`,
  ])
  const open = await line.mantel(['serve', '--host', '0.0.0.0', '--port', '0'])
  expect(open.code).toBe(1)
  expect(open.err).toMatch(/^mantel: Other machines are not served: the feature lan is off\..*\n$/)
  const elsewhere = await line.mantel(['serve', '--host', 'photos.example', '--port', '0'])
  expect(elsewhere.err).toMatch(/^mantel: Without encryption Mantel serves this machine alone.*\n$/)
  await line.serve()
})

test('the house is served where it is asked for, encrypted, once the feature is on', async () => {
  await line.addOlga()
  await line.mantel(['flags', 'set', 'lan', 'on'])
  const child = line.start(['serve', '--json', '--host', houseAddress, '--port', '0'])
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  await expect.poll(() => out.includes('\n') || child.exitCode !== null, { timeout: 10_000 }).toBe(true)
  const { url, lanUrls } = JSON.parse(out)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const port = Number(new URL(lanUrls[0]).port)
  expect(lanUrls).toContain(`https://${hostHeader(houseAddress, port)}`)
  // nobody trusts it before its authority is installed
  await expect(askHouse({ port })).rejects.toThrow('self-signed certificate in certificate chain')
  const off = await line.mantel(['flags', 'set', 'lan', 'off'])
  expect(off.code).toBe(0)
  await expect.poll(() => askHouse({ port }).catch((error) => error.code)).toBe('ECONNREFUSED')
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s closes in order', async (signal) => {
  const server = await line.serve()
  const { code, err } = await server.stop(signal)
  expect([code, err.includes('error')]).toEqual([0, false])
  expect(existsSync(join(line.dataDir, 'mantel.sock'))).toBe(false)
  // a closed database has no log beside it
  expect(existsSync(join(line.dataDir, 'mantel.sqlite-wal'))).toBe(false)
})

test.skipIf(process.platform === 'win32')('stopping npm run stops it too', async () => {
  const env = { ...process.env, MANTEL_DATA: line.dataDir, npm_lifecycle_event: 'mantel' }
  // npm's own shell: it dies of a signal and does not pass it on
  const shell = spawn('sh', ['-c', `"$0" "$1" serve --port 0; true`, process.execPath, program], { env })
  await once(shell.stdout, 'data')
  shell.kill('SIGTERM')
  await expect.poll(() => existsSync(join(line.dataDir, 'mantel.sock'))).toBe(false)
})

test('what a killed server leaves is no obstacle', async () => {
  const server = await line.serve()
  await line.addOlga()
  await server.stop('SIGKILL')
  expect(existsSync(join(line.dataDir, 'mantel.sock'))).toBe(true)
  expect((await line.answerOf(['users', 'ls'])).accounts).toHaveLength(1)
  await line.serve()
  expect((await line.answerOf(['users', 'ls'])).accounts).toHaveLength(1)
})

test('a server that does not answer on its socket is told as such', async () => {
  await line.serve()
  await rm(join(line.dataDir, 'mantel.sock'))
  const { code, err } = await line.mantel(['users', 'ls'])
  expect([code, err]).toEqual([
    1,
    `mantel: Mantel is running on ${line.dataDir}, but does not answer on its local socket\n`,
  ])
})

test('the environment makes a super admin at the start', async () => {
  const server = await line.serve({ MANTEL_ADMIN_USERNAME: 'rescue', MANTEL_ADMIN_PASSWORD: PASSWORD })
  expect(server.setupCode).toBeNull()
  expect((await server.rpc('session.login', { username: 'rescue', password: PASSWORD })).status).toBe(200)
})
