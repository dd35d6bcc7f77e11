import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import type { Database } from '../../db/connect.ts'
import { accounts, settings } from '../../db/schema.ts'
import { DAYS_SEEN } from './days-deleted.ts'
import { countDeletedDays, readDue } from './purge-due.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const YEAR = 365 * DAY
const START = Date.UTC(2026, 0, 1)

/** A household that deleted somebody at START, to be kept for so long. */
async function household(keptMs = 30 * DAY) {
  const db = await makeDatabase()
  const row = { id: 1, username: 'rose', role: 'user', passwordHash: '', createdAt: 0 }
  await db.write((tx) => tx.insert(accounts).values({ ...row, deletedAt: START, purgeAfter: START + keptMs }))
  return db
}

/** Runs from one day on for so many, a look each hour; answers on which of these days it was due first. */
async function runFor(db: Database, from: number, days: number): Promise<number | undefined> {
  for (let now = from; now < from + days * DAY; now += HOUR) {
    await countDeletedDays(db, now)
    if ((await readDue(db.read, now)).length > 0) return Math.floor((now - from) / DAY)
  }
  return undefined
}

const rowOf = async (db: Database) => (await db.read.select().from(accounts))[0]

test('a household that runs every day removes on the thirtieth', { timeout: 60_000 }, async () => {
  expect(await runFor(await household(), START, 40)).toBe(30)
})

test('a clock that leaps a year ahead removes nothing that was deleted yesterday', async () => {
  const db = await household()
  expect(await runFor(db, START, 1)).toBeUndefined()
  expect(await runFor(db, START + YEAR, 3)).toBeUndefined()
  // the clock is right again: days in doubt are taken back, and the account can be restored
  expect(await runFor(db, START + 4 * DAY, 20)).toBeUndefined()
  expect(await rowOf(db)).toMatchObject({ deletedAt: START, purgeAfter: START + 30 * DAY })
})

test('a program that was off for a year looks for some days before it removes', async () => {
  // the seventh day counts some hours before it begins
  expect(await runFor(await household(), START + YEAR, 10)).toBe(DAYS_SEEN - 2)
})

test('deleted by a clock that was ahead: kept for as long from now on', async () => {
  const db = await household()
  const now = START - YEAR
  await countDeletedDays(db, now)
  expect(await rowOf(db)).toMatchObject({ deletedAt: now, purgeAfter: now + 30 * DAY })
  expect(await runFor(db, now, 29)).toBeUndefined()
})

test('what is to go at once goes, whatever the clock says', async () => {
  const db = await household(0)
  expect(await readDue(db.read, START - YEAR)).toHaveLength(1)
  await countDeletedDays(db, START - YEAR)
  expect(await readDue(db.read, START - 2 * YEAR)).toHaveLength(1)
})

test('days are forgotten with a restored account, and counted anew where they cannot be read', async () => {
  const db = await household()
  await runFor(db, START, 3)
  await db.write((tx) => tx.update(settings).set({ value: { 1: 'many' } }))
  expect(await runFor(db, START + YEAR, DAYS_SEEN - 2)).toBeUndefined()
  await db.write((tx) =>
    tx.update(accounts).set({ deletedAt: null, purgeAfter: null }).where(eq(accounts.id, 1)),
  )
  await countDeletedDays(db, START + YEAR)
  expect(await db.read.$count(settings)).toBe(0)
})

test('a look that finds nothing new writes nothing', async () => {
  const db = await household()
  await countDeletedDays(db, START)
  const write = db.write
  const written: unknown[] = []
  const watched: Database = {
    ...db,
    write(work, options) {
      written.push(options)
      return write(work, options)
    },
  }
  await countDeletedDays(watched, START + HOUR)
  expect(written).toEqual([])
  await countDeletedDays(watched, START + DAY)
  expect(written).toHaveLength(1)
})
