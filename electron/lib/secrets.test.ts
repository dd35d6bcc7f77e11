import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSecrets, KEY_FILE } from './secrets.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mantel-secrets-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('a secret opens again for its purpose, also after a new start', () => {
  const sealed = createSecrets(directory).seal('JBSWY3DPEHPK3PXP', 'totp 7')
  expect(sealed).not.toContain('JBSWY3DP')
  expect(createSecrets(directory).open(sealed, 'totp 7')).toBe('JBSWY3DPEHPK3PXP')
})

test('it opens for no other purpose, changed, or under another key', () => {
  const secrets = createSecrets(directory)
  const sealed = secrets.seal('seed', 'totp 7')
  expect(secrets.open(sealed, 'totp 8')).toBeNull()
  const changed = (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1)
  expect(secrets.open(changed, 'totp 7')).toBeNull()
  expect(secrets.open('', 'totp 7')).toBeNull()
  rmSync(join(directory, KEY_FILE))
  expect(secrets.open(sealed, 'totp 7')).toBeNull()
  secrets.seal('another', 'totp 8')
  expect(secrets.open(sealed, 'totp 7')).toBeNull()
})

test('the same secret is sealed differently each time', () => {
  const secrets = createSecrets(directory)
  expect(secrets.seal('seed', 'totp 7')).not.toBe(secrets.seal('seed', 'totp 7'))
})

test.skipIf(process.platform === 'win32')('the key is for its owner alone', () => {
  createSecrets(directory).seal('seed', 'totp 7')
  expect(statSync(join(directory, KEY_FILE)).mode & 0o777).toBe(0o600)
})

test('a damaged key is told, never replaced by a new one', () => {
  const secrets = createSecrets(directory)
  const sealed = secrets.seal('seed', 'totp 7')
  writeFileSync(join(directory, KEY_FILE), 'half')
  expect(() => secrets.seal('seed', 'totp 7')).toThrow('holds no key')
  expect(() => secrets.open(sealed, 'totp 7')).toThrow('holds no key')
})
