import { asc, inArray, lte } from 'drizzle-orm'
import type { Database } from '../../db/connect.ts'
import { audit } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'

const DAY_MS = 24 * 60 * 60_000
/** How long an entry is kept. */
export const KEPT_MS = 400 * DAY_MS
/** What one pass takes at most, counted from the oldest entry on. */
export const STEP_MS = 2 * DAY_MS
/** Rows looked at, and deleted, at a time. */
const CHUNK = 500

/**
 * Drops entries older than {@link KEPT_MS}, from the oldest on; to be called once a day. No pass takes more than two days of the log, counted from
 * its oldest entry: a clock that stands years ahead for a while costs the oldest few days at most, never the log, and one that stands behind
 * costs nothing. Entries of a moment that has not come yet are passed over. Answers how many went.
 */
export async function pruneAudit({ db, clock }: { db: Database; clock: Clock }): Promise<number> {
  const now = clock()
  let until: number | undefined
  for (let dropped = 0; ; ) {
    // in the order they were written, so that a wrong time in the middle is no reason
    const rows = await db.read
      .select({ id: audit.id, at: audit.at })
      .from(audit)
      .where(lte(audit.at, now))
      .orderBy(asc(audit.id))
      .limit(CHUNK)
    const [first] = rows
    if (!first) return dropped
    until ??= Math.min(now - KEPT_MS, first.at + STEP_MS)
    const kept = rows.findIndex(({ at }) => at >= (until ?? 0))
    const old = rows.slice(0, kept === -1 ? rows.length : kept).map(({ id }) => id)
    if (old.length > 0)
      await db.write((tx) => tx.delete(audit).where(inArray(audit.id, old)), { priority: 'background' })
    dropped += old.length
    if (old.length < CHUNK) return dropped
  }
}
