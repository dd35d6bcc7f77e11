import { expect, test } from 'vitest'
import { defaultDataDirectory } from './data-directory.ts'

test.each([
  ['linux', {}, '/home/ada/.local/share/mantel'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/mantel'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/mantel'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/ada/Library/Application Support/Mantel'],
] as const)('on %s with %o: %s', (platform, environment, expected) => {
  expect(defaultDataDirectory({ platform, home: '/home/ada', environment })).toBe(expected)
})

test('on Windows: the local, not the roaming, profile', () => {
  const machine = { platform: 'win32', home: 'C:\\Users\\ada' } as const
  expect(defaultDataDirectory({ ...machine, environment: { LOCALAPPDATA: 'D:\\Local' } })).toBe(
    'D:\\Local\\Mantel',
  )
  expect(defaultDataDirectory({ ...machine, environment: {} })).toBe('C:\\Users\\ada\\AppData\\Local\\Mantel')
})

test('the environment goes before the system', () => {
  const environment = { MANTEL_DATA: '/srv/mantel', XDG_DATA_HOME: '/x' }
  expect(defaultDataDirectory({ platform: 'linux', home: '/home/a', environment })).toBe('/srv/mantel')
})
