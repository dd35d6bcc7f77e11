import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSecrets, KEY_FILE } from '../../lib/secrets.ts'
import { openSeed, sealSeed } from './seeds.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mantel-seeds-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const SEED = { seed: 'GEZDGNBVGY3TQOJQ', since: 5 }

test('a seed opens for its account and its use alone', () => {
  const secrets = createSecrets(directory)
  const sealed = sealSeed(secrets, 'totp', 7, SEED)
  expect(sealed).not.toContain(SEED.seed)
  expect(openSeed(secrets, 'totp', 7, sealed)).toEqual(SEED)
  expect(openSeed(secrets, 'totp', 8, sealed)).toBeNull()
  // one that only waits for its first code can't be put in the place of one that is on
  expect(openSeed(secrets, 'pending totp', 7, sealed)).toBeNull()
})

test('without its key, with another or with a damaged one there is no seed, and nothing throws', async () => {
  const secrets = createSecrets(directory)
  const sealed = sealSeed(secrets, 'totp', 7, SEED)
  const key = join(directory, KEY_FILE)
  await writeFile(key, `${'A'.repeat(43)}\n`)
  expect(openSeed(secrets, 'totp', 7, sealed)).toBeNull()
  await writeFile(key, 'damaged')
  expect(openSeed(secrets, 'totp', 7, sealed)).toBeNull()
  await rm(key)
  expect(openSeed(secrets, 'totp', 7, sealed)).toBeNull()
})
