import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { Random } from '../../electron/demo/random.ts'
import { makeFolder } from '../support/database.ts'
import { type RealServer, settled, startRealServer } from '../support/real-server.ts'
import {
  expectIndexOf,
  expectWhole,
  presentFiles,
  queryHousehold,
  strayFiles,
  withDatabase,
} from './killed/index-of.ts'
import { keyOf, LivingFolder } from './killed/living-folder.ts'

const FILES = 5000
/** At other moments in each run; the acceptance was MANTEL_KILLS=50, for which every run has no time. */
const KILLS = Number(process.env.MANTEL_KILLS ?? 20)
/** Longest pause before a kill, milliseconds. */
const LONGEST_PAUSE = 3000
/** To repeat a failure: the same kills and changes, though never at the very same moments. */
const SEED = Number(process.env.MANTEL_SEED ?? randomInt(2 ** 31))

let server: RealServer | undefined
afterEach(async () => {
  await server?.kill()
  server = undefined
})

describe.skipIf(process.platform !== 'linux')(
  'killed at any moment (finds processes as Linux tells them)',
  () => {
    test(`the index is exact after ${KILLS} kills (MANTEL_SEED=${SEED})`, {
      timeout: 1_200_000,
    }, async () => {
      const random = new Random(SEED)
      const home = await makeFolder()
      const options = { dataDir: join(home, 'data'), compiled: join(home, 'compiled') }
      const folder = await LivingFolder.make(join(home, 'pictures'), random, FILES)
      // ended in order once, so that what was compiled is kept
      await (await startRealServer(options)).stop()
      server = await startRealServer(options)
      const account = await server.operate('accounts.create', {
        username: 'olga',
        role: 'admin',
        superAdmin: true,
        password: 'a quiet mantelpiece',
        folders: [{ path: folder.root, access: 'read-only' }],
      })

      const known = new Map<string, number>()
      const tidying = tidyUp(folder, new Random(SEED + 1))
      const killed = { server: 0, worker: 0 }
      for (let kill = 0; kill < KILLS; kill += 1) {
        // Now and then a scan comes to its end.
        if (kill % 4 === 3) await settled(server)
        await server.operate('jobs.scan', {})
        await wait(LONGEST_PAUSE * random.next() ** 2)
        if (kill % 3 === 2) await addOverlays(options.dataDir, account.id, folder, known)
        const workers = server.workers()
        const victim = random.chance(0.5) && workers.length > 0 ? random.pick(workers) : undefined
        killed[victim === undefined ? 'server' : 'worker'] += 1
        if (victim === undefined) server = await killServer(server, options)
        else killWorker(victim)
      }
      await tidying.end()
      console.log(JSON.stringify({ seed: SEED, killed, overlays: known.size, ...folder.counts }))

      await settled(server)
      const { jobIds } = await server.operate('jobs.scan', {})
      await settled(server)
      const { jobs } = await server.operate('jobs.list', {})
      expect(jobs.filter(({ id }) => jobIds.includes(id)).map(({ state, error }) => [state, error])).toEqual([
        ['done', null],
      ])
      await server.stop()
      server = await startRealServer(options)
      await server.stop()
      server = undefined
      console.log(JSON.stringify(await doneBy(options.dataDir)))
      await expectWhole(options.dataDir)
      await expectIndexOf(folder.root, options.dataDir)
      await expectKept(options.dataDir, known)
      expect(strayFiles(options.dataDir)).toEqual([])
    })
  },
)

/** What the scans came to, for whoever wonders what the kills met. */
const doneBy = (dataDir: string) =>
  queryHousehold(
    dataDir,
    `select kind, state, error, count(*) as jobs, sum(result->>'moved') as moved, sum(result->>'added') as added,
       sum(result->>'edited') as edited, sum(result->>'missing') as missing, sum(result->>'returned') as returned
     from jobs group by kind, state, error`,
  )

/** Changes the folder all the time, until told to end. */
function tidyUp(folder: LivingFolder, random: Random) {
  let isEnded = false
  const work = async () => {
    while (!isEnded) {
      folder.change()
      await wait(random.between(5, 25))
    }
  }
  const working = work()
  return {
    end() {
      isEnded = true
      return working
    },
  }
}

/** Kills the server and starts it again at once: what it was at goes on by itself. */
async function killServer(server: RealServer, options: Parameters<typeof startRealServer>[0]) {
  await server.kill()
  const unfinished = "select id from jobs where state in ('queued', 'running')"
  const interrupted = await queryHousehold(options.dataDir, unfinished)
  const again = await startRealServer(options)
  const goesOn = await queryHousehold(
    options.dataDir,
    "select id from jobs where state in ('queued', 'running', 'done') and id >= ?",
    [Math.max(0, ...interrupted.map(({ id }) => Number(id)))],
  )
  if (interrupted.length > 0) expect(goesOn.length).toBeGreaterThan(0)
  return again
}

function killWorker(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has just ended by itself
  }
}

/** Notes which photo each lasting file has, and gives some of them captions that tell the file. */
async function addOverlays(
  dataDir: string,
  accountId: number,
  folder: LivingFolder,
  known: Map<string, number>,
): Promise<void> {
  const { lasting } = folder
  const fresh = (await presentFiles(dataDir))
    .map(({ photoId, name }) => ({ photoId, key: keyOf(name) }))
    .filter(({ key }) => lasting.has(key) && !known.has(key))
    .slice(0, 400)
  await withDatabase(dataDir, async (connection) => {
    for (const { photoId, key } of fresh) {
      const values = [accountId, photoId, key, 0]
      await connection.run(
        'insert into overlays (account_id, photo_id, caption, updated_at) values (?, ?, ?, ?)',
        values,
      )
      known.set(key, photoId)
    }
  })
}

/** Expects every file that was seen to have the photo it had, with what was added to it. */
async function expectKept(dataDir: string, known: ReadonlyMap<string, number>): Promise<void> {
  const now = new Map((await presentFiles(dataDir)).map(({ photoId, name }) => [keyOf(name), photoId]))
  const lost = [...known].filter(([key, photoId]) => now.get(key) !== photoId)
  expect(lost.map(([key, photoId]) => `${key}: was ${photoId}, is ${now.get(key)}`)).toEqual([])
  const captions = await queryHousehold(dataDir, 'select photo_id as photoId, caption from overlays')
  expect(captions.map(({ photoId, caption }) => [caption, photoId]).sort()).toEqual([...known].sort())
}
