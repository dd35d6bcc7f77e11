import { eq } from 'drizzle-orm'
import type { Database } from '../../db/connect.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { accounts } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { invalidField, Refusal } from '../../lib/refusal.ts'
import { deriveAccess, readGrants } from '../areas/access.ts'
import { recordAudit } from '../audit/record.ts'
import type { Announce } from '../events/hints.ts'
import type { Folders } from '../folders/folders.ts'
import type { Jobs, StartedBy } from '../jobs/jobs.ts'
import { readDays } from './days-deleted.ts'
import { findRemoved, isRestorable, isToGoAtOnce } from './removed.ts'
import { type Actor, requireSameStanding } from './rules.ts'

interface RestoreNeeds {
  db: Database
  clock: Clock
  announce: Announce
  folders: Pick<Folders, 'grantsChanged'>
  jobs: Pick<Jobs, 'purge'>
}

/**
 * Gives a deleted account back as it was: password, second factor, role, folders as far as they are still known, everything it added,
 * albums and links that were not handed to somebody else. Sessions, known devices and app passwords ended with the deletion and stay so.
 * `username` takes the place of one that somebody else has by now. Answers
 * the username. Throws {@link Refusal}: `not_found`; `conflict` (`restore_over`);
 * `invalid` naming `username` (`username_taken`).
 */
export async function restoreAccount(
  needs: RestoreNeeds,
  by: Actor,
  { id, username }: { id: number; username?: string | undefined },
): Promise<string> {
  const { db, clock, announce, folders } = needs
  const { name, areas } = await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const now = clock()
    const row = await findRemoved(tx, by, id)
    if (!isRestorable(row, await readDays(tx), now)) throw new Refusal('conflict', { reason: 'restore_over' })
    const name = username ?? row.username
    await tx
      .update(accounts)
      .set({ deletedAt: null, purgeAfter: null, username: name })
      .where(eq(accounts.id, id))
      .catch((error: unknown) => {
        throw isUniqueViolation(error, 'accounts.username')
          ? invalidField('username', 'username_taken')
          : error
      })
    await deriveAccess(tx)
    const object = { kind: 'account', id, name } as const
    const details = name === row.username ? {} : { username: { from: row.username, to: name } }
    await recordAudit(tx, by, { action: 'account.restored', object, details, at: now })
    return { name, areas: (await readGrants(tx, id)).map(({ areaId }) => areaId) }
  })
  announce({ topic: 'accounts' })
  await folders.grantsChanged(areas, id)
  return name
}

/**
 * Decides that nothing is kept of a deleted account any more, and queues the job that removes it. Asked a second time it is queued again.
 * Throws {@link Refusal} `not_found`.
 */
export async function purgeNow(
  { clock, jobs, announce }: Pick<RestoreNeeds, 'clock' | 'jobs' | 'announce'>,
  by: Actor,
  id: number,
  starter: StartedBy,
): Promise<void> {
  await jobs.purge(starter, async (tx) => {
    await requireSameStanding(tx, by)
    const row = await findRemoved(tx, by, id)
    if (isToGoAtOnce(row)) return
    await tx.update(accounts).set({ purgeAfter: row.deletedAt }).where(eq(accounts.id, id))
    const object = { kind: 'account', id, name: row.username } as const
    await recordAudit(tx, by, { action: 'account.removed', object, details: { mode: 'now' }, at: clock() })
  })
  announce({ topic: 'accounts' })
}
