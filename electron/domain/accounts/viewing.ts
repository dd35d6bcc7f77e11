import { and, eq, isNull } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accounts, sessions } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import { namedIn } from './audit-account.ts'
import { isSelf, mayViewAs, requireSameStanding } from './rules.ts'

/**
 * From now on the session of `by` shows what that account sees, read-only. Written down in the audit log, also when it is done again. Throws
 * {@link Refusal}: `not_found`, `forbidden` where {@link mayViewAs} says no (`super_admin_only`, `not_viewable`).
 */
export async function beginViewing(
  { db, clock }: { db: Database; clock: Clock },
  by: AccountPrincipal,
  accountId: number,
): Promise<void> {
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const target = await findViewed(tx, accountId)
    if (!target) throw notFound()
    if (!mayViewAs(by, target)) {
      const isOpen = isSelf(by, accountId) || by.superAdmin
      throw new Refusal('forbidden', { reason: isOpen ? 'not_viewable' : 'super_admin_only' })
    }
    await tx.update(sessions).set({ viewingAs: accountId }).where(eq(sessions.id, by.sessionId))
    await recordAudit(tx, by, { action: 'account.viewed', object: namedIn(target), at: clock() })
  })
}

/** The session shows its own account again; with `of`, only where it still shows that one. */
export async function endViewing(tx: Tx, sessionId: number, of?: number): Promise<void> {
  const still = of === undefined ? undefined : eq(sessions.viewingAs, of)
  await tx
    .update(sessions)
    .set({ viewingAs: null })
    .where(and(eq(sessions.id, sessionId), still))
}

/**
 * The account that a session of `viewer` shows, with its rights as they are now; undefined where `viewer` may not (any more). A password that
 * has to be changed first keeps the account itself out, not whoever looks after it.
 */
export async function viewedBy(
  read: Read,
  viewer: AccountPrincipal,
  accountId: number,
): Promise<AccountPrincipal | undefined> {
  const target = await findViewed(read, accountId)
  if (!target || !mayViewAs(viewer, target)) return undefined
  const { username, name, role, superAdmin, mayShare, webdav } = target
  const rights = { role, superAdmin, mayShare, webdav, mustChangePassword: false }
  const { sessionId, flags } = viewer
  return { kind: 'account', accountId, sessionId, username, name, ...rights, flags, viewed: true }
}

async function findViewed(read: Read | Tx, accountId: number) {
  const [row] = await read
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNull(accounts.deletedAt)))
  return row
}
