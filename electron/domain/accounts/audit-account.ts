import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import { type Grant, readGrants } from '../areas/access.ts'
import { type AuditActor, recordAudit } from '../audit/record.ts'
import type { AccountRow } from './rules.ts'

/** What an edit of an account changes and its entry tells, as it was and as it is. The password has an entry of its own. */
const TOLD = [
  'username',
  'name',
  'email',
  'role',
  'superAdmin',
  'mayLogIn',
  'webdav',
  'mayShare',
  'quotaBytes',
  'mustChangePassword',
] as const satisfies readonly (keyof AccountRow)[]

type Named = Pick<AccountRow, 'id' | 'username'>

/** An account as the object of an entry. */
export const namedIn = ({ id, username }: Named) => ({ kind: 'account', id, name: username }) as const

/**
 * Writes down what is different of an account from `before`, in the transaction that changed it; nothing where nothing is. Of the
 * admins' note only that it changed: the account reads this entry too.
 */
export async function recordAccountChange(
  tx: Tx,
  by: AuditActor,
  { before, at }: { before: AccountRow; at: number },
): Promise<void> {
  const [after] = await tx.select().from(accounts).where(eq(accounts.id, before.id))
  if (!after) return
  const changes: Record<string, { from?: unknown; to?: unknown }> = {}
  for (const key of TOLD) if (before[key] !== after[key]) changes[key] = { from: before[key], to: after[key] }
  if (before.note !== after.note) changes.note = {}
  if (before.pendingSince !== null && after.pendingSince === null) changes.pending = { from: true, to: false }
  if (Object.keys(changes).length === 0) return
  // by the name it had, which is the one people know
  await recordAudit(tx, by, { action: 'account.changed', object: namedIn(before), details: { changes }, at })
}

/**
 * Runs what sets an account's grants and answers what that answers; writes down each folder that was given, taken or is held in
 * another way now, nothing where none is.
 */
export async function recordGrants<T>(
  tx: Tx,
  by: AuditActor,
  { account, at }: { account: Named; at: number },
  set: () => Promise<T>,
): Promise<T> {
  const before = new Map((await readGrants(tx, account.id)).map((grant) => [grant.path, grant]))
  const answer = await set()
  const after = new Map((await readGrants(tx, account.id)).map((grant) => [grant.path, grant]))
  const folders = [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, before: held(before.get(path)), after: held(after.get(path)) }))
    .filter((folder) => JSON.stringify(folder.before) !== JSON.stringify(folder.after))
  if (folders.length > 0)
    await recordAudit(tx, by, {
      action: 'grants.changed',
      object: namedIn(account),
      details: { folders },
      at,
    })
  return answer
}

const held = (grant: Grant | undefined) => (grant ? { access: grant.access, mayShare: grant.mayShare } : null)
