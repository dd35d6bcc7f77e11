import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../test/support/database.ts'
import { createCore } from './core.ts'
import { lockDataDirectory } from './db/lock.ts'
import { createLog } from './lib/log.ts'
import { forkSpawner } from './workers/spawn.ts'

const log = createLog(() => undefined)

test('a start that fails leaves the data directory free', async () => {
  const dataDir = join(await makeFolder(), 'data')
  const broken = {
    get MANTEL_ADMIN_USERNAME(): string {
      throw new Error('the environment cannot be read')
    },
  }
  const start = createCore({ dataDir, log, spawn: forkSpawner, environment: broken })
  await expect(start).rejects.toThrow('the environment cannot be read')
  const release = await lockDataDirectory(dataDir)
  await release()
})

test('closing frees the data directory', async () => {
  const dataDir = join(await makeFolder(), 'data')
  const core = await createCore({ dataDir, log, spawn: forkSpawner })
  await expect(lockDataDirectory(dataDir)).rejects.toThrow('already running')
  await core.close()
  const release = await lockDataDirectory(dataDir)
  await release()
})

test.skipIf(process.platform === 'win32')(
  'the database is its owner’s alone, in a wider directory too',
  async () => {
    const dataDir = join(await makeFolder(), 'data')
    await mkdir(dataDir, { mode: 0o755 })
    const core = await createCore({ dataDir, log, spawn: forkSpawner })
    expect((await stat(join(dataDir, 'mantel.sqlite'))).mode & 0o777).toBe(0o600)
    await core.close()
  },
)
