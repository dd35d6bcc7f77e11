import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { OPERATOR } from '../../../electron/access/principal.ts'
import { makeFolder } from '../../support/database.ts'
import { callerOf, openTestHousehold } from '../../support/household.ts'
import { makePicture } from '../../support/pictures.ts'
import { mountSmallDisk, noMounts } from '../../support/small-disk.ts'
import { queryHousehold } from '../killed/index-of.ts'

const operator = callerOf(OPERATOR)
const CLI = fileURLToPath(new URL('../../../electron/cli.ts', import.meta.url))

const statesIn = async (dataDir: string) =>
  (await queryHousehold(dataDir, 'select state from photos order by id')).map(({ state }) => state)

/** Runs a command to its end. */
async function mantel(...args: string[]) {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}

describe.skipIf(noMounts !== null)(`a read-only disk (${noMounts ?? 'on mounts of its own'})`, () => {
  test('with the pictures is as good as any', async () => {
    const home = await makeFolder()
    const disk = mountSmallDisk(join(home, 'pictures'), 1024)
    for (const name of ['a', 'b']) await makePicture(join(disk.path, `${name}.jpg`))
    disk.setReadOnly(true)
    const dataDir = join(home, 'data')
    const household = await openTestHousehold({ directory: home })
    onTestFinished(() => household.stop())
    await household.get(operator, 'accounts.create', {
      username: 'olga',
      role: 'admin',
      superAdmin: true,
      password: 'a quiet mantelpiece',
      folders: [{ path: disk.path, access: 'read-write' }],
    })
    await household.idle()
    expect(await statesIn(dataDir)).toEqual(['ready', 'ready'])
    const { folders } = await household.get(operator, 'folders.list', {})
    expect(folders).toMatchObject([{ path: disk.path, online: true }])
  })

  test('under the cache: the job says so, and pictures are made when it can be written again', async () => {
    const home = await makeFolder()
    const dataDir = join(home, 'data')
    const cache = mountSmallDisk(join(dataDir, 'cache'), 1024)
    cache.setReadOnly(true)
    const household = await openTestHousehold({ directory: home })
    onTestFinished(() => household.stop())
    await makePicture(join(home, 'pictures', 'a.jpg'))
    await household.get(operator, 'folders.add', { path: join(home, 'pictures') })
    await household.idle()
    const { jobs } = await household.get(operator, 'jobs.list', {})
    expect(jobs[0]).toMatchObject({ state: 'failed', error: 'storage_read_only' })
    expect(await statesIn(dataDir)).toEqual(['pending'])
    cache.setReadOnly(false)
    await household.scanAll(operator)
    expect(await statesIn(dataDir)).toEqual(['ready'])
  })

  test('under the database: no command starts, each says why in one line', { timeout: 120_000 }, async () => {
    const home = await makeFolder()
    const dataDir = join(home, 'data')
    const disk = mountSmallDisk(dataDir, 8192)
    const filled = await openTestHousehold({ directory: home })
    await filled.stop()
    disk.setReadOnly(true)
    const told = `mantel: The data directory ${dataDir} can't be written: its disk is read-only, or the rights are missing.\n`
    expect(await mantel('serve', '--port', '0', '--data', dataDir)).toEqual({ code: 1, out: '', err: told })
    expect(await mantel('users', 'ls', '--data', dataDir)).toEqual({ code: 1, out: '', err: told })
    const nowhere = join(dataDir, 'new')
    expect(await mantel('serve', '--port', '0', '--data', nowhere)).toEqual({
      code: 1,
      out: '',
      err: told.replace(dataDir, nowhere),
    })
  })

  test('a full disk under the database does not let it start either, and says so', {
    timeout: 120_000,
  }, async () => {
    const home = await makeFolder()
    const dataDir = join(home, 'data')
    const disk = mountSmallDisk(dataDir, 8192)
    disk.fill()
    const told = `mantel: The disk with the data directory ${dataDir} is full. Free some room and start again.\n`
    expect(await mantel('serve', '--port', '0', '--data', dataDir)).toEqual({ code: 1, out: '', err: told })
    disk.free()
    const household = await openTestHousehold({ directory: home })
    await household.stop()
  })
})
