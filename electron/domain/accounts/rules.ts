import { and, eq, isNull, sql } from 'drizzle-orm'
import { capabilitiesOf, heldBy, mayEnter } from '../../access/capabilities.ts'
import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { Account } from '../../contract/accounts.ts'
import type { Tx } from '../../db/connect.ts'
import { accounts, sessions } from '../../db/schema.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Asker } from './hash-queue.ts'

/** Whoever administers accounts. */
export type Actor = AccountPrincipal | OperatorPrincipal

export type AccountRow = typeof accounts.$inferSelect

export const isSuper = (by: Actor) => capabilitiesOf(by).has('superAdminister')

export const isSelf = (by: Actor, id: number) => by.kind === 'account' && by.accountId === id

/** The place of an actor's hashes among those that wait. Whoever guesses or changes passwords in many loops takes them from nobody. */
export const askerOf = (by: Actor): Asker => (by.kind === 'operator' ? AT_WORK : askerFor(by.accountId))

/** All that an account does, inside and on its known devices, is one asker's. */
export const askerFor = (accountId: number): Asker => ({ kind: 'known', who: `account ${accountId}` })

/** The operator's and admins' work on accounts. */
export const AT_WORK: Asker = { kind: 'host' }

/**
 * Whether this actor may see Mantel as that account does: a super admin as anyone but themself, another admin as whoever does not
 * administer. Also one that may not log in at the moment, whose library an admin looks after all the same; not one that has no access at all.
 */
export function mayViewAs(by: Actor, target: AccountRow): boolean {
  if (by.kind !== 'account' || isSelf(by, target.id) || !capabilitiesOf(by).has('administer')) return false
  if (target.deletedAt !== null || !mayEnter(target)) return false
  return isAbove(by, target)
}

/** A super admin is above everybody, another admin above whoever does not administer. */
const isAbove = (by: Actor, target: AccountRow): boolean =>
  isSuper(by) || (by.kind === 'account' && !heldBy({ ...target, flags: by.flags }).has('administer'))

/** What this actor may do with this account: the same rules as below, told in advance so that nothing is offered in vain. */
export function mayWithAccount(by: Actor, target: AccountRow): Account['may'] {
  const edit = isSuper(by) || !target.superAdmin || isSelf(by, target.id)
  const self = isSelf(by, target.id)
  return {
    edit,
    demote: edit && !self,
    setSuperAdmin: isSuper(by) && !self,
    setAllowances: edit && (isSuper(by) || !self),
    viewAs: mayViewAs(by, target),
    clearTotp: !self && isAbove(by, target) && target.totpSecret !== null,
    resetPassword: self ? 'with-current' : isSuper(by) ? 'freely' : edit ? 'with-current' : 'no',
  }
}

/**
 * Throws {@link Refusal} unless the actor may switch off this account's second factor: others' alone, and of whoever administers only a
 * super admin. No password is needed: without it nobody gets in, whoever clears.
 */
export function requireClearTotp(by: Actor, target: AccountRow): void {
  if (isSelf(by, target.id)) throw new Refusal('forbidden', { reason: 'own_factor' })
  if (!isAbove(by, target)) throw new Refusal('forbidden', { reason: 'super_admin_only' })
}

/** What an edit would change of an account's standing; undefined fields stay. */
export interface StandingChange {
  role?: string | undefined
  superAdmin?: boolean | undefined
  mayLogIn?: boolean | undefined
  mustChangePassword?: boolean | undefined
  webdav?: boolean | undefined
  mayShare?: boolean | undefined
  quotaBytes?: number | null | undefined
}

/** What others allow an account. */
const ALLOWANCES = ['webdav', 'mayShare', 'quotaBytes'] as const
/** What nobody changes of their own account. */
const OWN_STANDING = ['role', 'superAdmin', 'mayLogIn'] as const

/** Throws {@link Refusal} naming the field that only super admins change. */
export function requireSuper(by: Actor, field: string): void {
  if (!isSuper(by))
    throw new Refusal('forbidden', { reason: 'super_admin_only', fields: { [field]: 'super_admin_only' } })
}

/**
 * Throws {@link Refusal} unless the actor may make this edit. Only super admins edit super admins, touch the flag or tell an
 * account to choose a new password (or not to any more); nobody demotes or disables their own account here, and who is no super admin
 * leaves alone what others allow it.
 */
export function requireEdit(by: Actor, target: AccountRow, change: StandingChange): void {
  const may = mayWithAccount(by, target)
  if (!may.edit) throw new Refusal('forbidden', { reason: 'super_admin_only' })
  const differs = (key: keyof StandingChange) => change[key] !== undefined && change[key] !== target[key]
  const standing = isSelf(by, target.id) ? OWN_STANDING.filter(differs) : []
  const allowances = may.setAllowances ? [] : ALLOWANCES.filter(differs)
  const own = [...standing, ...allowances]
  if (own.length > 0) {
    const fields = Object.fromEntries(own.map((field) => [field, 'not_own_account' as const]))
    throw new Refusal('forbidden', { reason: 'not_own_account', fields })
  }
  if (differs('superAdmin')) requireSuper(by, 'superAdmin')
  if (differs('mustChangePassword')) requireSuper(by, 'mustChangePassword')
}

/**
 * To be called first inside the transaction of every change that an account's rights allow: hashing takes a second, other writes wait,
 * and whoever lost their session or rights meanwhile, or was locked out, must not finish what they began. Throws {@link Refusal}: `unauthenticated`, also for a
 * session that is locked now, `forbidden` (`password_must_change`; `viewing_only` for one that views as another account now).
 */
export async function requireSameStanding(tx: Tx, by: Actor): Promise<void> {
  if (by.kind === 'operator') return
  if (by.viewed) throw new Refusal('forbidden', { reason: 'viewing_only' })
  const same = and(
    eq(sessions.id, by.sessionId),
    eq(accounts.id, by.accountId),
    eq(accounts.role, by.role),
    eq(accounts.superAdmin, by.superAdmin),
    eq(accounts.mayLogIn, true),
    isNull(accounts.deletedAt),
  )
  const [actor] = await tx
    .select({
      lockedBy: sessions.lockedBy,
      viewingAs: sessions.viewingAs,
      mustChangePassword: accounts.mustChangePassword,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(same)
  if (!actor) throw new Refusal('unauthenticated', { reason: 'session_over' })
  if (actor.lockedBy) throw new Refusal('unauthenticated', { reason: 'session_locked' })
  // from another tab of the same browser
  if (actor.viewingAs !== null) throw new Refusal('forbidden', { reason: 'viewing_only' })
  if (actor.mustChangePassword && !by.mustChangePassword)
    throw new Refusal('forbidden', { reason: 'password_must_change' })
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
