import { and, eq } from 'drizzle-orm'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accounts, settings } from '../../db/schema.ts'
import { countDay } from '../scan/online-days.ts'
import { DAYS_STORED_AS, type Days, readDays } from './days-deleted.ts'
import { isRestorable, type RemovedRow, readRemoved } from './removed.ts'

/** A time so little ahead is taken as now: clocks are corrected by seconds. */
const aheadMs = 10 * 60_000

/**
 * To be called now and then while Mantel runs, more often than daily: counts for each deleted account the days it was seen deleted. One
 * that was deleted later than now, by a clock that was set back since, counts as deleted now, and is kept for as long as it was to be.
 */
export async function countDeletedDays(db: Database, now: number): Promise<void> {
  const changes = async (read: Read) => {
    const removed = await readRemoved(read)
    const before = await readDays(read)
    const after: Days = {}
    for (const { id } of removed)
      after[id] = countDay(before[id] ?? { onlineDays: 0, onlineDayAt: null }, now)
    const early = removed.filter(({ deletedAt }) => deletedAt > now + aheadMs)
    return { after, early, isSame: JSON.stringify(after) === JSON.stringify(before) && early.length === 0 }
  }
  if ((await changes(db.read)).isSame) return
  await db.write(
    async (tx) => {
      const { after, early } = await changes(tx)
      for (const row of early) await bringForward(tx, row, now)
      await tx.delete(settings).where(eq(settings.key, DAYS_STORED_AS))
      if (Object.keys(after).length > 0)
        await tx.insert(settings).values({ key: DAYS_STORED_AS, value: after })
    },
    { priority: 'background' },
  )
}

/** Deleted accounts of which nothing is to be kept any more: those that {@link isRestorable} no longer. */
export async function readDue(read: Read, now: number): Promise<RemovedRow[]> {
  const days = await readDays(read)
  return (await readRemoved(read)).filter((row) => !isRestorable(row, days, now))
}

async function bringForward(tx: Tx, { id, deletedAt, purgeAfter }: RemovedRow, now: number): Promise<void> {
  await tx
    .update(accounts)
    .set({ deletedAt: now, purgeAfter: now + (purgeAfter - deletedAt) })
    .where(and(eq(accounts.id, id), eq(accounts.deletedAt, deletedAt)))
}
