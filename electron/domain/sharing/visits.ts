import { eq, inArray } from 'drizzle-orm'
import { ANONYMOUS, type Principal, type VisitorPrincipal } from '../../access/principal.ts'
import type { Database } from '../../db/connect.ts'
import { remembered } from '../../db/remember.ts'
import { visitorSessions } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { hashToken } from '../../lib/token.ts'
import { VISIT_MS } from './open.ts'

/** Who a visitor's token stands for at this moment: the links that its browser has open, or nobody. */
export async function visitorOf(db: Database, clock: Clock, token: string | null): Promise<Principal> {
  if (!token) return ANONYMOUS
  const now = clock()
  const { id, shareId, tokenHash, expiresAt } = visitorSessions
  const hash = hashToken(token)
  const all = await remembered(db.read, 'the visits of a token', hash, () =>
    db.read.select({ id, shareId, expiresAt }).from(visitorSessions).where(eq(tokenHash, hash)),
  )
  // one that would run for longer began before the clock was set back
  const rows = all.filter((visit) => visit.expiresAt > now && visit.expiresAt <= now + VISIT_MS)
  return rows.length === 0
    ? ANONYMOUS
    : { kind: 'visitor', visits: new Map(rows.map((row) => [row.shareId, row.id])) }
}

/** The links that a visitor has open by now, ended ones too: those known from before, and what the same browser opened since. Share ids. */
export async function visitsNow(db: Database, { visits }: VisitorPrincipal): Promise<number[]> {
  const { id, shareId, tokenHash } = visitorSessions
  const same = db.read
    .select({ tokenHash })
    .from(visitorSessions)
    .where(inArray(id, [...visits.values()]))
  const rows = await db.read.select({ shareId }).from(visitorSessions).where(inArray(tokenHash, same))
  return [...visits.keys(), ...rows.map((row) => row.shareId)]
}
