import { expect, onTestFinished, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { accounts } from '../../db/schema.ts'
import { createLog } from '../../lib/log.ts'
import { createJobs } from '../jobs/job-runner.ts'
import { purgeDue } from './purge.ts'
import { createPurgeSchedule, lookForPurge } from './purge-schedule.ts'

const announce = () => {}

test('a purge is queued where something is due, once, and nobody else goes', async () => {
  const db = await makeDatabase()
  const clock = () => 1_000_000
  const log = createLog(announce)
  const kinds = {
    purge: (_task: unknown, context: Parameters<typeof purgeDue>[1]) =>
      purgeDue({ db, clock, announce }, context),
  }
  const jobs = createJobs({ db, clock, log, announce, kinds })
  onTestFinished(() => jobs.close())
  await lookForPurge({ db, jobs, clock })
  expect(await jobs.list({ limit: 10 })).toEqual([])

  const row = { role: 'user', passwordHash: '', createdAt: 0 }
  await db.write(async (tx) => {
    await tx.insert(accounts).values({ ...row, id: 1, username: 'ada' })
    await tx.insert(accounts).values({ ...row, id: 2, username: 'rose', deletedAt: 10, purgeAfter: 10 })
    // its time is over, but it was not seen deleted on enough days
    await tx.insert(accounts).values({ ...row, id: 3, username: 'ben', deletedAt: 10, purgeAfter: 20 })
  })
  await lookForPurge({ db, jobs, clock })
  await lookForPurge({ db, jobs, clock })
  expect(await jobs.list({ limit: 10 })).toMatchObject([{ kind: 'purge', startedByKind: 'schedule' }])
  await jobs.start()
  await jobs.idle()
  expect(await jobs.list({ limit: 10 })).toMatchObject([{ state: 'done', result: { accounts: 1 } }])
  expect((await db.read.select().from(accounts)).map(({ username }) => username)).toEqual(['ada', 'ben'])
  await lookForPurge({ db, jobs, clock })
  expect(await jobs.list({ limit: 10 })).toHaveLength(1)
})

test('closed while it looks, it waits, and leaves nothing to a database that is closed next', async () => {
  const db = await makeDatabase()
  const complaints: unknown[] = []
  const log = { ...createLog(announce), error: (...what: unknown[]) => String(complaints.push(what)) }
  const purge = async () => 1
  const schedule = createPurgeSchedule({ db, jobs: { purge }, clock: () => 0, log })
  schedule.start()
  await schedule.close()
  await db.close()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(complaints).toEqual([])
})
