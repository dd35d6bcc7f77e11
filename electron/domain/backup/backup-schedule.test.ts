import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { accounts, jobs } from '../../db/schema.ts'
import { isBackupDue } from './backup-schedule.ts'

const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).getTime()

async function household() {
  const db = await makeDatabase()
  const started = async (queuedAt: number, startedByKind: 'schedule' | 'operator' = 'schedule') =>
    db.write(async (tx) => {
      await tx.insert(jobs).values({ kind: 'backup', state: 'done', startedByKind, queuedAt })
    })
  const setUp = async (createdAt: number) =>
    db.write(async (tx) => {
      await tx.insert(accounts).values({ username: 'ada', role: 'admin', passwordHash: '', createdAt })
    })
  return { due: (now: number) => isBackupDue(db.read, now), started, setUp }
}

test('the first backup is made in the first night, not before anybody has an account', async () => {
  const { due, setUp } = await household()
  expect(await due(at(10, 4, 0))).toBe(false)
  await setUp(at(10, 12, 0))
  expect(await due(at(10, 23, 59))).toBe(false)
  expect(await due(at(11, 3, 29))).toBe(false)
  expect(await due(at(11, 3, 30))).toBe(true)
})

test('a night that was missed is made up for once; what somebody asked for by day does not count for it', async () => {
  const { due, started, setUp } = await household()
  await setUp(at(1, 12, 0))
  await started(at(10, 3, 30))
  expect(await due(at(10, 20, 0))).toBe(false)
  await started(at(12, 9, 0), 'operator')
  expect(await due(at(13, 9, 0))).toBe(true)
  await started(at(13, 9, 0))
  expect(await due(at(13, 9, 1))).toBe(false)
  expect(await due(at(14, 3, 30))).toBe(true)
})

test('a clock that was years ahead once does not keep backups away', async () => {
  const { due, started, setUp } = await household()
  await setUp(at(1, 12, 0))
  await started(at(10, 3, 30))
  await started(new Date(2030, 1, 1).getTime())
  expect(await due(at(11, 3, 31))).toBe(true)
})
