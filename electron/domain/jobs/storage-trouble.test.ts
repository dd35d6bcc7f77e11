import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../../test/support/database.ts'
import { gate, makeRunner, stateOf, system } from '../../../test/support/job-runner.ts'
import { type Database, openDatabase } from '../../db/connect.ts'
import { Connection } from '../../db/connection.ts'
import { migrationsFolder } from '../../db/migrations-folder.ts'
import { areas } from '../../db/schema.ts'
import { growingPause } from './keep-trying.ts'

/** A database that another connection can hold as another process would: SQLite then refuses to write, as on a full disk. */
async function makeHeldDatabase() {
  const file = join(await makeFolder(), 'mantel.sqlite')
  const open = await openDatabase({ file, migrationsFolder: migrationsFolder() })
  const other = await Connection.open(file, { mode: 'write' })
  onTestFinished(async () => {
    await open.close()
    await other.close()
  })
  const rows = [1, 2].map((id) => ({ id, path: `/${id}`, device: '1', inode: `${id}`, createdAt: 0 }))
  await open.write(async (tx) => {
    await tx.insert(areas).values(rows)
    await tx.run('pragma busy_timeout = 0')
  })
  const hold = () => other.exec('begin immediate')
  let writesLeft = Number.POSITIVE_INFINITY
  const db: Database = {
    ...open,
    async write(...args) {
      writesLeft -= 1
      if (writesLeft === -1) await hold()
      return open.write(...args)
    },
  }
  return {
    db,
    hold,
    /** holds it when so many more writes went through */
    holdAfter: (writes: number) => {
      writesLeft = writes
    },
    release: () => other.exec('rollback'),
  }
}

const refusals = (lines: string[], text: string) =>
  lines.filter((line) => line.includes(text) && line.includes('SQLITE_BUSY')).length

test('a job that could not be begun is begun by itself when that can be written again', async () => {
  const { db, holdAfter, release } = await makeHeldDatabase()
  const { runner, lines } = await makeRunner(async () => ({}), { db, pauseMs: 5 })
  const id = await runner.scan(1, system)
  holdAfter(1) // the look for what was interrupted
  await runner.start()
  await expect.poll(() => refusals(lines, 'the queue of jobs could not be worked on')).toBeGreaterThan(2)
  expect(await stateOf(runner, id)).toBe('queued')
  await release()
  await expect.poll(() => stateOf(runner, id)).toBe('done')
})

test('the end of a job that could not be written is written later, and the queue goes on', async () => {
  const { db, hold, release } = await makeHeldDatabase()
  const work = gate()
  const { runner, lines } = await makeRunner(work.work, { db, pauseMs: 5 })
  const [id, next] = [await runner.enqueue('other', 1, system), await runner.enqueue('other', 2, system)]
  await runner.start()
  await work.started
  await hold()
  work.open()
  await expect.poll(() => refusals(lines, `the end of job ${id} could not be written`)).toBeGreaterThan(2)
  expect([await stateOf(runner, id), await stateOf(runner, next)]).toEqual(['running', 'queued'])
  await expect(runner.cancel(id)).rejects.toMatchObject({ name: 'StorageError', code: 'busy' })
  await release()
  await runner.idle()
  expect([await stateOf(runner, id), await stateOf(runner, next)]).toEqual(['done', 'done'])
})

test('a stop does not wait for a database that cannot be written; the work is done again at the next start', async () => {
  const { db, hold, release } = await makeHeldDatabase()
  const work = gate()
  const first = await makeRunner(work.work, { db })
  const id = await first.runner.scan(1, system)
  await first.runner.start()
  await work.started
  await hold()
  await first.runner.close()
  await release()
  expect(await stateOf(first.runner, id)).toBe('running')

  const second = await makeRunner(async () => ({}), { db })
  await second.runner.start()
  await second.runner.idle()
  expect((await second.runner.list({ limit: 10 })).map(({ state }) => state)).toEqual(['done', 'interrupted'])
})

test('a start does not fail where nothing can be written; what was interrupted is done once it can', async () => {
  const { db, hold, release } = await makeHeldDatabase()
  const work = gate()
  const first = await makeRunner(work.work, { db })
  await first.runner.scan(1, system)
  await first.runner.start()
  await work.started
  await hold()
  await first.runner.close()

  const second = await makeRunner(async () => ({}), { db, pauseMs: 5 })
  await second.runner.start()
  await expect
    .poll(() => refusals(second.lines, 'the queue of jobs could not be worked on'))
    .toBeGreaterThan(1)
  await release()
  await expect
    .poll(async () => (await second.runner.list({ limit: 10 })).map(({ state }) => state))
    .toEqual(['done', 'interrupted'])
})

test('pauses grow from seconds to minutes', () => {
  expect([1, 2, 3, 6, 7, 100].map(growingPause)).toEqual([5_000, 10_000, 20_000, 160_000, 300_000, 300_000])
})
