import { expect, test } from 'vitest'
import { hostOf } from './host.ts'
import { isPrivate } from './networks.ts'

const at = (address: string, internal = false) => ({
  address,
  internal,
  netmask: '',
  mac: '',
  cidr: null,
  ...(address.includes(':') ? { family: 'IPv6' as const, scopeid: 0 } : { family: 'IPv4' as const }),
})

test('names that DNS knows, in small letters, and what the system announces itself', () => {
  expect(hostOf('NAS', {}).names).toEqual(['nas', 'nas.local'])
  expect(hostOf('nas.fritz.box', {}).names).toEqual(['nas.fritz.box', 'nas.local'])
  expect(hostOf('Bens-Mac.local', {}).names).toEqual(['bens-mac.local'])
  expect(hostOf('localhost', {}).names).toEqual([])
  expect(hostOf('localhost.localdomain', {}).names).toEqual([])
  expect(hostOf('ada_s computer', {}).names).toEqual([])
  expect(hostOf('', {}).names).toEqual([])
})

test('addresses that others reach without being told an interface, IPv4 first', () => {
  const interfaces = {
    lo: [at('127.0.0.1', true), at('::1', true)],
    wlan0: [at('fe80::1'), at('fd00::2'), at('192.168.1.4')],
    eth0: [at('10.0.0.4'), at('fd00::2')],
  }
  expect(hostOf('nas', interfaces).addresses).toEqual(['192.168.1.4', '10.0.0.4', 'fd00::2'])
})

test('what is private', () => {
  for (const address of [
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.1.1',
    '127.0.0.2',
    '::1',
    'fd12::1',
  ])
    expect([address, isPrivate(address)]).toEqual([address, true])
  for (const address of ['8.8.8.8', '172.32.0.1', '192.0.2.2', '2001:db8::1', 'nas', ''])
    expect([address, isPrivate(address)]).toEqual([address, false])
})
