import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kindOf } from '../../electron/domain/media/kinds.ts'
import { watchMemory } from '../bench/memory.ts'
import { layBombs, writeInterlaced } from '../support/bombs.ts'
import { makeFolder } from '../support/database.ts'
import { settled, startRealServer } from '../support/real-server.ts'
import { queryHousehold } from './killed/index-of.ts'

/** Damaged and oversized files of public test suites; absent outside the team's machines. */
const BROKEN = '../shared/photos/broken'
const MOST_BYTES = 1.5e9

test.skipIf(process.platform !== 'linux')(
  'all processes together stay below 1.5 GB whatever lies in a folder, and every file is shown or says why not (memory as Linux tells it)',
  async () => {
    const home = await makeFolder()
    const folder = join(home, 'pictures')
    await layBombs(folder)
    // two at a time would need more than there is; one alone does not
    for (const name of ['a', 'b', 'c']) await writeInterlaced(join(folder, `${name}.png`), 10_000)
    // more than one process may have
    await writeInterlaced(join(folder, 'too-large.png'), 15_500)
    if (existsSync(BROKEN)) cpSync(BROKEN, join(folder, 'broken'), { recursive: true })

    const dataDir = join(home, 'data')
    const server = await startRealServer({ dataDir, compiled: join(home, 'compiled') })
    const watch = watchMemory(server.pid)
    try {
      await server.operate('accounts.create', {
        username: 'olga',
        role: 'admin',
        superAdmin: true,
        password: 'a quiet mantelpiece',
        folders: [{ path: folder, access: 'read-only' }],
      })
      await settled(server)
      const peak = watch.stop()
      expect(peak.all).toBeGreaterThan(500e6)
      expect(peak.all).toBeLessThan(MOST_BYTES)

      const { jobs } = await server.operate('jobs.list', {})
      expect(jobs.map(({ state }) => state)).toEqual(jobs.map(() => 'done'))
      const listed = new Set<string>()
      for (const { id } of jobs)
        for (const { path } of (await server.operate('jobs.failures', { id })).failures) listed.add(path)
      const states = await statesOf(dataDir)
      const paths = picturesIn(folder)
      expect([...states.keys()].sort()).toEqual(paths)
      for (const path of paths) {
        const { state, reason } = states.get(path) ?? {}
        expect([path, state]).toEqual([path, expect.stringMatching(/^(ready|unsupported|broken)$/)])
        expect([path, reason === null]).toEqual([path, state === 'ready'])
        expect([path, listed.has(path)]).toEqual([path, state === 'broken'])
      }
      const stateOf = (name: string) => states.get(join(folder, name))
      for (const name of ['a.png', 'b.png', 'c.png', '200-megapixels.webp', '200-megapixels-progressive.jpg'])
        expect([name, stateOf(name)?.state]).toEqual([name, 'ready'])
      for (const name of ['too-large.png', '100-megapixels.avif'])
        expect([name, stateOf(name)?.reason]).toEqual([name, 'worker_memory'])
    } finally {
      watch.stop()
      await server.stop()
    }
  },
  600_000,
)

const picturesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kindOf(entry.name) !== null)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

async function statesOf(dataDir: string) {
  const rows = await queryHousehold(
    dataDir,
    `select directories.path || '/' || files.name as path, photos.state, photos.state_reason as reason
     from files join directories on directories.id = files.directory_id join photos on photos.id = files.photo_id`,
  )
  return new Map(rows.map(({ path, state, reason }) => [String(path), { state, reason }]))
}
