import { eq } from 'drizzle-orm'
import type { Holdings } from '../../contract/removal.ts'
import type { RemovalMode } from '../../contract/values.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accounts, appPasswords } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { invalidField, Refusal } from '../../lib/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import type { Announce } from '../events/hints.ts'
import type { Live } from '../events/live.ts'
import type { Jobs, StartedBy } from '../jobs/jobs.ts'
import { handOver } from './hand-over.ts'
import { countOnlyTheirs, mayReceive, readCandidates, readHoldings } from './holdings.ts'
import { findAccount } from './manage.ts'
import {
  type AccountRow,
  type Actor,
  isSelf,
  requireEdit,
  requireSameStanding,
  requireSuperAdmin,
} from './rules.ts'
import { endSessions, forgetDevices } from './sessions.ts'

export interface RemoveNeeds {
  db: Database
  clock: Clock
  live: Live
  announce: Announce
  jobs: Pick<Jobs, 'purge'>
}

/** What a deleted account added is kept so long (product §2), milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60_000

interface Removal {
  id: number
  mode: RemovalMode
  /** who gets albums and links; with `transfer` alone */
  transferTo?: number | undefined
}

/**
 * Deletes an account, all or nothing: it is gone for everyone at once, its sessions, known devices and app passwords end, and its links
 * stop while it is deleted. Files on disk are not touched. What it added is kept for {@link KEPT_MS} and can be restored; `transfer` first
 * gives its albums and links to another account, where they stay; `now` keeps nothing, and queues the job that removes it. Answers until
 * when it can be restored (epoch ms), null with `now`. Throws {@link Refusal}: `not_found`, `forbidden` (`not_own_account`,
 * `super_admin_only`), `conflict` (`last_super_admin`), `invalid` naming `transferTo`.
 */
export async function removeAccount(
  needs: RemoveNeeds,
  by: Actor,
  removal: Removal,
  starter: StartedBy,
): Promise<number | null> {
  const now = needs.clock()
  let ended: number[] = []
  const remove = async (tx: Tx) => {
    await requireSameStanding(tx, by)
    ended = await removeIn(tx, by, removal, now)
  }
  if (removal.mode === 'now') await needs.jobs.purge(starter, remove)
  else await needs.db.write(remove)
  needs.live.end(ended)
  needs.announce({ topic: 'session', accounts: [removal.id] })
  needs.announce({ topic: 'accounts' })
  needs.announce({ topic: 'folders' })
  return removal.mode === 'now' ? null : now + KEPT_MS
}

async function removeIn(tx: Tx, by: Actor, removal: Removal, now: number): Promise<number[]> {
  const { id, mode } = removal
  const target = await findToRemove(tx, by, id)
  const receiver = await findReceiver(tx, by, removal)
  const held = await readHoldings(tx, id)
  if (receiver) await handOver(tx, target, receiver, now)
  const purgeAfter = mode === 'now' ? now : now + KEPT_MS
  await tx.update(accounts).set({ deletedAt: now, purgeAfter }).where(eq(accounts.id, id))
  await requireSuperAdmin(tx)
  await forgetDevices(tx, id)
  await tx.delete(appPasswords).where(eq(appPasswords.accountId, id))
  const ended = await endSessions(tx, id)
  const object = { kind: 'account', id, name: target.username } as const
  const details = { mode, ...(receiver && { transferTo: receiver.username }), ...held }
  await recordAudit(tx, by, { action: 'account.removed', object, details, at: now })
  return ended
}

/** An account that this actor may delete. Throws {@link Refusal}. */
async function findToRemove(read: Read, by: Actor, id: number): Promise<AccountRow> {
  const target = await findAccount({ read }, id)
  requireEdit(by, target, {})
  if (isSelf(by, id)) throw new Refusal('forbidden', { reason: 'not_own_account' })
  return target
}

/** Who gets albums and links; undefined where nobody is to. Throws {@link Refusal} naming the field `transferTo`. */
async function findReceiver(tx: Tx, by: Actor, { id, mode, transferTo }: Removal) {
  if (mode !== 'transfer') {
    if (transferTo !== undefined) throw invalidField('transferTo', 'malformed')
    return undefined
  }
  if (transferTo === undefined) throw invalidField('transferTo', 'required')
  const receiver = await findAccount({ read: tx }, transferTo).catch((error: unknown) => {
    throw error instanceof Refusal ? invalidField('transferTo', 'account_gone') : error
  })
  // the account itself is about to be gone
  if (transferTo === id) throw invalidField('transferTo', 'account_gone')
  if (mayReceive(by, receiver)) return receiver
  throw invalidField('transferTo', receiver.superAdmin ? 'super_admin_only' : 'cannot_hold_albums')
}

/**
 * A dry run of deleting an account: what it holds and to whom its albums may be handed. Refuses what {@link removeAccount} would refuse;
 * changes nothing.
 */
export async function previewRemoval({ db }: Pick<RemoveNeeds, 'db'>, by: Actor, id: number) {
  await findToRemove(db.read, by, id)
  const holdings: Holdings = await readHoldings(db.read, id)
  const photosOnlyTheirs = await countOnlyTheirs(db.read, by, id)
  return { holdings, photosOnlyTheirs, candidates: await readCandidates(db.read, by, id) }
}
