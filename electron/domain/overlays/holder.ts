import { and, eq, isNull } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import { invalidField, notFound } from '../../lib/refusal.ts'
import { type Actor, requireSameStanding } from '../accounts/rules.ts'
import { readFlags } from '../settings/flags.ts'

/**
 * Whose overlay is meant: an account's own, as nobody else sees it; the operator, who has the database before them anyway, names the
 * account, which is then looked at with its own rights. Throws `Refusal`: `not_found` for another's, `invalid` where none is named.
 */
export async function holderOf(
  db: Read,
  by: Actor,
  accountId: number | undefined,
): Promise<AccountPrincipal> {
  if (by.kind === 'account') {
    if (accountId !== undefined && accountId !== by.accountId) throw notFound()
    return by
  }
  if (accountId === undefined) throw invalidField('accountId', 'required')
  const exists = and(eq(accounts.id, accountId), isNull(accounts.deletedAt))
  const [row] = await db.select().from(accounts).where(exists)
  if (!row) throw notFound()
  const { username, name, role, superAdmin, mayShare, webdav } = row
  return {
    kind: 'account',
    accountId,
    // nobody sits here: the operator's standing is asked for instead
    sessionId: 0,
    username,
    name,
    ...{ role, superAdmin, mayShare, webdav },
    mustChangePassword: false,
    flags: await readFlags(db),
  }
}

/** To be called first in a transaction: whoever asks, and the account they ask for, are still what they were. Throws `Refusal`. */
export async function requireSameHolder(tx: Tx, by: Actor, holder: AccountPrincipal): Promise<void> {
  await requireSameStanding(tx, by)
  if (by.kind === 'operator') await holderOf(tx, by, holder.accountId)
}
