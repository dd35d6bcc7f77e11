import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import { settings } from '../electron/db/schema.ts'
import { callerOf, openTestHousehold } from './support/household.ts'

const operator = callerOf(OPERATOR)
const DAY_MS = 24 * 60 * 60 * 1000

async function open() {
  let now = Date.now()
  const household = await openTestHousehold({ clock: () => now })
  onTestFinished(() => household.close())
  await household.get(operator, 'flags.set', { flags: { lan: true } })
  const tls = async () => {
    const plan = await household.services.lan.plan({})
    if (!plan) throw new Error('the feature is on, so there is a plan')
    return plan.tls
  }
  const pass = (days: number) => {
    now += days * DAY_MS
  }
  return { ...household, tls, pass }
}

test('where the house is served is kept, each part by itself and in one form', async () => {
  const { get } = await open()
  const first = { address: '', port: 4043, publicAddress: '', proxies: [] }
  expect(await get(operator, 'settings.lan', {})).toEqual(first)
  await get(operator, 'settings.setLan', {
    address: '0.0.0.0',
    publicAddress: ' HTTPS://Photos.Example:443/ ',
  })
  await get(operator, 'settings.setLan', { port: 8443, proxies: ['10.0.0.1', 'FD00::/16'] })
  expect(await get(operator, 'settings.lan', {})).toEqual({
    address: '',
    port: 8443,
    publicAddress: 'https://photos.example',
    proxies: ['10.0.0.1', 'fd00::/16'],
  })
})

test('a refusal names the field and the rule, and changes nothing', async () => {
  const { call, get } = await open()
  const fields = async (input: unknown) => {
    const result = await call(operator, 'settings.setLan', input)
    return result.ok ? 'accepted' : result.error.fields
  }
  for (const address of ['localhost', 'nas', '1.2.3', '1.2.3.4/8', 'fe80::1%eth0'])
    expect([address, await fields({ address })]).toEqual([address, { address: 'lan_address' }])
  for (const port of [0, 65_536, 1.5, null, '443'])
    expect([port, await fields({ port })]).toEqual([port, { port: 'lan_port' }])
  for (const publicAddress of [
    'http://a.example',
    'a.example',
    'https://a.example/x',
    'https://u:p@a.example',
    'https://a.example?q',
    'https://',
  ])
    expect([publicAddress, await fields({ publicAddress })]).toEqual([
      publicAddress,
      { publicAddress: 'public_address' },
    ])
  for (const proxy of ['0.0.0.0/0', '10.0.0.0/7', '::/0', 'nas', '10.0.0.0/33', ''])
    expect([proxy, await fields({ proxies: [proxy] })]).toEqual([proxy, { 'proxies.0': 'proxy_address' }])
  expect(await fields({ proxies: Array(21).fill('10.0.0.1') })).toEqual({ proxies: 'proxies_too_many' })
  expect(await fields({ host: 'x' })).toEqual({ host: 'unknown_key' })
  expect((await get(operator, 'settings.lan', {})).port).toBe(4043)
})

test('the certificate stays until a month before its end; the authority longer', async () => {
  const { tls, pass } = await open()
  const first = await tls()
  expect(await tls()).toEqual(first)
  pass(59)
  expect(await tls()).toEqual(first)
  pass(2)
  const renewed = await tls()
  expect(renewed.cert).not.toBe(first.cert)
  expect(renewed.authority).toBe(first.authority)
  // a clock that is set back to before it began
  pass(-61)
  const again = await tls()
  expect(again.cert).not.toBe(renewed.cert)
  expect(again.authority).toBe(first.authority)
})

test('a copy of the database holds no key; without the key file both are made anew', async () => {
  const { tls, services, directory } = await open()
  const first = await tls()
  const kept = JSON.stringify(await services.db.read.select().from(settings))
  expect(kept).not.toContain('PRIVATE KEY')
  expect(kept).not.toContain(first.key.split('\n')[1])
  await rm(join(directory, 'data', 'secret.key'))
  const next = await tls()
  expect(next.authority).not.toBe(first.authority)
  expect(await tls()).toEqual(next)
})
