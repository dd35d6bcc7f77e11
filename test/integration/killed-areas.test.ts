import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { Random } from '../../electron/demo/random.ts'
import { makeFolder } from '../support/database.ts'
import { launchServer, type RealServer, settled, startRealServer } from '../support/real-server.ts'
import { expectWhole, presentFiles, queryHousehold } from './killed/index-of.ts'
import { LivingFolder } from './killed/living-folder.ts'

/** To repeat a failure: the same kills, though never at the very same moments. */
const SEED = Number(process.env.MANTEL_SEED ?? randomInt(2 ** 31))

/** Directories that become areas in this order. */
const NESTED = [
  'movers/group 0/leaf 0',
  'movers',
  'movers/group 1',
  'movers/group 0',
  'others',
  'edited/group 1/leaf 5',
  'edited/group 1',
]

let server: RealServer | undefined
afterEach(async () => {
  await server?.kill()
  server = undefined
})

describe.skipIf(process.platform === 'win32')(`killed (MANTEL_SEED=${SEED})`, () => {
  test('while folders are split into areas: every row ends in the area of its deepest folder', {
    timeout: 600_000,
  }, async () => {
    const random = new Random(SEED)
    const home = await makeFolder()
    const options = { dataDir: join(home, 'data'), compiled: join(home, 'compiled') }
    const folder = await LivingFolder.make(join(home, 'pictures'), random, 2000)
    await (await startRealServer(options)).stop()
    server = await startRealServer(options)
    await server.operate('folders.add', { path: folder.root })
    await settled(server)
    const before = await presentFiles(options.dataDir)
    expect(before).toHaveLength(2000)

    // roots of new areas above, below and beside each other
    for (const below of NESTED) {
      const path = join(folder.root, below)
      const adding = server.call('folders.add', { path }).catch(() => undefined)
      await wait(random.between(0, 120))
      await server.kill()
      await adding
      server = await startRealServer(options)
      await expectDisjoint(options.dataDir)
      await server.operate('folders.add', { path })
      await expectDisjoint(options.dataDir)
    }
    await settled(server)
    await server.stop()
    server = undefined
    await expectWhole(options.dataDir)
    expect(byName(await presentFiles(options.dataDir))).toEqual(byName(before))
  })

  test('while the first start makes the database', { timeout: 300_000 }, async () => {
    const random = new Random(SEED)
    const home = await makeFolder()
    const compiled = join(home, 'compiled')
    for (let kill = 0; kill < 6; kill += 1) {
      const options = { dataDir: join(home, `data ${kill}`), compiled }
      await killWhen(options, 'mantel.sqlite', random.between(0, 80))
      server = await startRealServer(options)
      await server.stop()
      await expectWhole(options.dataDir)
    }
  })
})

const byName = (files: { photoId: number; name: string }[]) =>
  Object.fromEntries(files.map(({ photoId, name }) => [name, photoId]))

/** Expects each directory, its files and their photos to be in the area of the deepest folder above them. */
async function expectDisjoint(dataDir: string): Promise<void> {
  const misplaced = `select directories.path from directories
    join files on files.directory_id = directories.id join photos on photos.id = files.photo_id
    where not (directories.area_id = files.area_id and files.area_id = photos.area_id and directories.area_id = (
      select id from areas where directories.path || '/' like areas.path || '/%' order by length(path) desc limit 1))`
  expect(await queryHousehold(dataDir, misplaced)).toEqual([])
}

interface Options {
  dataDir: string
  compiled: string
}

/** Starts a server and kills it so long after a file or folder of this name has appeared in its data directory. */
async function killWhen(options: Options, name: string, afterMs: number): Promise<void> {
  const child = launchServer(options)
  const ended = once(child, 'exit')
  while (!existsSync(join(options.dataDir, name))) {
    if (child.exitCode !== null) throw new Error(`the server ended by itself: ${child.exitCode}`)
    await wait(1)
  }
  await wait(afterMs)
  child.kill('SIGKILL')
  await ended
}
