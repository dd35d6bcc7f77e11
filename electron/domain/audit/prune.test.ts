import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { audit } from '../../db/schema.ts'
import { KEPT_MS, pruneAudit, STEP_MS } from './prune.ts'

const DAY = 24 * 60 * 60_000
const START = Date.UTC(2026, 0, 1)

/** A log with one entry at each of these moments, written in this order, and how to prune it. */
async function openLog(moments: readonly number[]) {
  const db = await makeDatabase()
  const entry = { actorName: 'ada', action: 'x', objectKind: 'household', objectName: '', address: '' }
  for (let at = 0; at < moments.length; at += 400) {
    const rows = moments.slice(at, at + 400).map((moment) => ({ ...entry, at: moment }))
    await db.write((tx) => tx.insert(audit).values(rows))
  }
  return {
    prune: (now: number) => pruneAudit({ db, clock: () => now }),
    left: async () =>
      (await db.read.select({ at: audit.at }).from(audit).orderBy(asc(audit.id))).map(({ at }) => at),
  }
}

const days = (count: number) => Array.from({ length: count }, (_, day) => START + day * DAY)

test('a day of the log goes each day once it is 400 days old', async () => {
  const { prune, left } = await openLog(days(5))
  expect(await prune(START + KEPT_MS)).toBe(0)
  expect(await prune(START + KEPT_MS + DAY)).toBe(1)
  expect(await prune(START + KEPT_MS + 2 * DAY)).toBe(1)
  expect(await left()).toEqual(days(5).slice(2))
})

test('more entries than one write takes go in one pass', async () => {
  const { prune, left } = await openLog([...Array(1203).keys()].map((minute) => START + minute * 60_000))
  expect(await prune(START + KEPT_MS + 2 * DAY)).toBe(1203)
  expect(await left()).toEqual([])
})

test('a clock that stands years ahead costs two days a pass, never the log', async () => {
  const { prune, left } = await openLog(days(300))
  const farAhead = START + 100 * 365 * DAY
  expect(await prune(farAhead)).toBe(STEP_MS / DAY)
  expect(await prune(farAhead)).toBe(STEP_MS / DAY)
  expect((await left()).length).toBe(300 - (2 * STEP_MS) / DAY)
})

test('a clock that stands behind costs nothing, and an empty log neither', async () => {
  const { prune, left } = await openLog(days(10))
  expect(await prune(0)).toBe(0)
  expect(await left()).toEqual(days(10))
  expect(await (await openLog([])).prune(START)).toBe(0)
})

test('entries with a wrong time keep none of the others for ever, and take none with them', async () => {
  const ahead = START + 50 * 365 * DAY
  const behind = 1000
  const { prune, left } = await openLog([ahead, START, behind, START + DAY, START + 300 * DAY])
  const now = START + KEPT_MS + 10 * DAY
  expect(await prune(now)).toBe(3)
  expect(await left()).toEqual([ahead, START + 300 * DAY])
})
