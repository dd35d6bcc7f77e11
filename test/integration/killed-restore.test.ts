import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { listBackups } from '../../electron/db/backup-files.ts'
import { openDatabase } from '../../electron/db/connect.ts'
import { checkCopy } from '../../electron/db/copy.ts'
import { migrationsFolder } from '../../electron/db/migrations-folder.ts'
import { Random } from '../../electron/demo/random.ts'
import { makeFolder } from '../support/database.ts'
import { launchServer, type RealServer, settled, startRealServer } from '../support/real-server.ts'
import { expectWhole, queryHousehold } from './killed/index-of.ts'

/** To repeat a failure: the same kills, though never at the very same moments. */
const SEED = Number(process.env.MANTEL_SEED ?? randomInt(2 ** 31))
/** Random moments of each, others in each run; the acceptance was MANTEL_KILLS=30, for which every run has no time. */
const KILLS = Number(process.env.MANTEL_KILLS ?? 15)

const PEOPLE = 3000

let server: RealServer | undefined
afterEach(async () => {
  await server?.kill()
  server = undefined
})

describe.skipIf(process.platform === 'win32')(`killed (MANTEL_SEED=${SEED})`, () => {
  test('while backups are made: each that has its name is whole, and none of the older is gone', {
    timeout: 900_000,
  }, async () => {
    const { random, options, backups } = await household()
    for (let kill = 0; kill < KILLS; kill += 1) {
      server = await startRealServer(options)
      const before = (await listBackups(backups)).map(({ name }) => name)
      await server.call('backup.create', {})
      await wait(random.between(0, 150))
      await server.kill()
      const after = await listBackups(backups)
      expect(after.map(({ name }) => name)).toEqual(expect.arrayContaining(before.slice(0, 13)))
      for (const { path, name } of after)
        if (!before.includes(name)) await checkCopy(path, { thorough: true, untrusted: true })
    }
    server = await startRealServer(options)
    await settled(server)
    await server.stop()
    await expectWhole(options.dataDir)
    expect(readdirSync(backups).filter((name) => !/\.sqlite$/.test(name))).toEqual([])
  })

  test('while a backup is restored: what is there afterwards is all of then or all of now', {
    timeout: 900_000,
  }, async () => {
    const { random, options } = await household()
    server = await startRealServer(options)
    await server.operate('backup.create', {})
    await settled(server)
    const then = (await server.operate('backup.list', {})).backups[0]?.name ?? ''
    await server.operate('accounts.create', {
      username: 'later',
      password: 'a long enough password',
      role: 'admin',
      superAdmin: true,
    })
    await server.operate('backup.create', {})
    await settled(server)
    const now = (await server.operate('backup.list', {})).backups[0]?.name ?? ''
    expect(now).not.toBe(then)
    const begun = Date.now()
    await server.operate('backup.restore', { name: then })
    const took = Date.now() - begun
    const states = new Set<number>()
    let target = now
    for (let kill = 0; kill < KILLS; kill += 1) {
      const restoring = server.call('backup.restore', { name: target }).catch(() => undefined)
      await wait(random.between(0, took * 1.3))
      await server.kill()
      await restoring
      server = await startRealServer(options)
      await expectSound(options.dataDir)
      const [row] = await queryHousehold(options.dataDir, 'select count(*) as count from accounts')
      states.add(Number(row?.count))
      expect([PEOPLE, PEOPLE + 1]).toContain(Number(row?.count))
      // towards the other state, whichever it was
      target = Number(row?.count) === PEOPLE ? now : then
    }
    // the moments were spread: it was undone in some and finished in others
    expect(states.size).toBe(2)
    expect(existsSync(join(options.dataDir, 'restoring'))).toBe(false)
    await server.stop()
    await expectWhole(options.dataDir)
  })

  test('while an older database is brought up to date: nothing is lost, and backups are whole', {
    timeout: 900_000,
  }, async () => {
    const random = new Random(SEED)
    const home = await makeFolder()
    const options = { dataDir: join(home, 'data'), compiled: join(home, 'compiled') }
    const older = await migrationsUpTo(home, 1)
    const kept = join(home, 'kept')
    await makeOldHousehold(kept, older)
    for (let kill = 0; kill < KILLS; kill += 1) {
      await rm(options.dataDir, { recursive: true, force: true })
      await cp(kept, options.dataDir, { recursive: true })
      const child = launchServer(options)
      const ended = once(child, 'exit')
      while (!existsSync(join(options.dataDir, 'backups')) && child.exitCode === null) await wait(1)
      await wait(random.between(0, 250))
      child.kill('SIGKILL')
      await ended
      server = await startRealServer(options)
      await server.stop()
      await expectWhole(options.dataDir)
      const rows = await queryHousehold(options.dataDir, 'select count(*) as count from accounts')
      expect(rows).toEqual([{ count: PEOPLE }])
      const backups = join(options.dataDir, 'backups')
      expect(readdirSync(backups).filter((name) => !name.endsWith('.sqlite'))).toEqual([])
      for (const { path } of await listBackups(backups)) await checkCopy(path, { thorough: true })
    }
  })
})

async function expectSound(dataDir: string): Promise<void> {
  expect(await queryHousehold(dataDir, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
}

/** A household with enough people in it that its copies take a moment. */
async function household() {
  const home = await makeFolder()
  const options = { dataDir: join(home, 'data'), compiled: join(home, 'compiled') }
  await makeOldHousehold(options.dataDir, migrationsFolder())
  return { random: new Random(SEED), options, backups: join(options.dataDir, 'backups') }
}

/** A copy of the migrations up to so many. */
async function migrationsUpTo(home: string, count: number): Promise<string> {
  const folder = join(home, 'drizzle')
  await cp(migrationsFolder(), folder, { recursive: true })
  const file = join(folder, 'meta', '_journal.json')
  const journal: { entries: unknown[] } = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }))
  return folder
}

/** A household as the version with these migrations left it. */
async function makeOldHousehold(dataDir: string, migrations: string): Promise<void> {
  await mkdir(dataDir)
  const database = await openDatabase({ file: join(dataDir, 'mantel.sqlite'), migrationsFolder: migrations })
  // only what the oldest version knew: today's table has columns that such a database has not
  const named = sql`insert into accounts (username, name, role, password_hash, created_at)`
  const name = 'x'.repeat(2000)
  const now = Date.now()
  for (let start = 0; start < PEOPLE; start += 100)
    await database.write(async (tx) => {
      const people = Array.from({ length: 100 }, (_, index) => `person ${start + index}`)
      const rows = people.map((username) => sql`(${username}, ${name}, 'user', '', ${now})`)
      await tx.run(sql`${named} values ${sql.join(rows, sql`, `)}`)
    })
  await database.close()
}
