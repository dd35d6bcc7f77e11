import { and, eq, isNull, sql } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { Account } from '../../contract/accounts.ts'
import type { Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import { Refusal } from '../../lib/refusal.ts'

/** Whoever administers accounts. */
export type Actor = AccountPrincipal | OperatorPrincipal

export type AccountRow = typeof accounts.$inferSelect

export const isSuper = (by: Actor) => capabilitiesOf(by).has('superAdminister')

export const isSelf = (by: Actor, id: number) => by.kind === 'account' && by.accountId === id

/** What this actor may do with this account: the same rules as below, told in advance so that nothing is offered in vain. */
export function mayWithAccount(by: Actor, target: Pick<AccountRow, 'id' | 'superAdmin'>): Account['may'] {
  const edit = isSuper(by) || !target.superAdmin || isSelf(by, target.id)
  const self = isSelf(by, target.id)
  return {
    edit,
    demote: edit && !self,
    setSuperAdmin: isSuper(by) && !self,
    resetPassword: self ? 'with-current' : isSuper(by) ? 'freely' : edit ? 'with-current' : 'no',
  }
}

/** What an edit would change of an account's standing; undefined fields stay. */
export interface StandingChange {
  role?: string | undefined
  superAdmin?: boolean | undefined
  mayLogIn?: boolean | undefined
}

/**
 * Throws {@link Refusal} unless the actor may make this edit. Only super admins edit super admins or touch the flag; nobody
 * demotes or disables their own account here.
 */
export function requireEdit(by: Actor, target: AccountRow, change: StandingChange): void {
  const may = mayWithAccount(by, target)
  if (!may.edit) throw new Refusal('forbidden', { reason: 'super_admin_only' })
  const role = change.role !== undefined && change.role !== target.role
  const flag = change.superAdmin !== undefined && change.superAdmin !== target.superAdmin
  const login = change.mayLogIn !== undefined && change.mayLogIn !== target.mayLogIn
  if (isSelf(by, target.id) && (role || flag || login))
    throw new Refusal('forbidden', { reason: 'not_own_account' })
  if (flag && !isSuper(by))
    throw new Refusal('forbidden', { reason: 'super_admin_only', fields: { superAdmin: 'super_admin_only' } })
}

/**
 * To be called first inside the transaction of every change to accounts: hashing takes a second, and whoever lost their rights
 * meanwhile must not finish what they began. Throws {@link Refusal} `unauthenticated`.
 */
export async function requireSameStanding(tx: Tx, by: Actor): Promise<void> {
  if (by.kind === 'operator') return
  const same = and(
    eq(accounts.id, by.accountId),
    eq(accounts.role, by.role),
    eq(accounts.superAdmin, by.superAdmin),
    eq(accounts.mayLogIn, true),
    isNull(accounts.deletedAt),
  )
  const [actor] = await tx.select({ id: accounts.id }).from(accounts).where(same)
  if (!actor) throw new Refusal('unauthenticated')
}

/**
 * To be called last inside the transaction of every change to accounts: throws {@link Refusal} `conflict` (and so rolls
 * back) when no super admin who may log in would be left.
 */
export async function requireSuperAdmin(tx: Tx): Promise<void> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)` })
    .from(accounts)
    .where(and(eq(accounts.superAdmin, true), eq(accounts.mayLogIn, true), isNull(accounts.deletedAt)))
  if (!row?.count) throw new Refusal('conflict', { reason: 'last_super_admin' })
}
