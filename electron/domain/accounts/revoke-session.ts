import { and, eq, isNull } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accounts, sessions } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound } from '../../lib/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import { namedIn } from './audit-account.ts'
import { type Actor, isSelf, isSuper, requireSameStanding } from './rules.ts'
import { endSession } from './sessions.ts'

/** Own sessions; admins everybody's, but a super admin's only a super admin (and the operator). */
export async function mayTouchSessions(read: Read | Tx, by: Actor, accountId: number): Promise<boolean> {
  if (isSelf(by, accountId)) return true
  if (!capabilitiesOf(by).has('administer')) return false
  const [target] = await read
    .select({ superAdmin: accounts.superAdmin })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNull(accounts.deletedAt)))
  return target !== undefined && (!target.superAdmin || isSuper(by))
}

/** Ends one session by its id; answers whose it was. Throws `not_found`, also for one that is out of reach. */
export async function revokeSession(
  { db, clock }: { db: Database; clock: Clock },
  by: Actor,
  id: number,
): Promise<number> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const [found] = await tx
      .select({ device: sessions.device, account: { id: accounts.id, username: accounts.username } })
      .from(sessions)
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(eq(sessions.id, id))
    if (!found || !(await mayTouchSessions(tx, by, found.account.id))) throw notFound()
    await endSession(tx, id)
    const details = { device: found.device }
    const object = namedIn(found.account)
    await recordAudit(tx, by, { action: 'session.revoked', object, details, at: clock() })
    return found.account.id
  })
}
