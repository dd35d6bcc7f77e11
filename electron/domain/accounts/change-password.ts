import { eq } from 'drizzle-orm'
import { accounts } from '../../db/schema.ts'
import { invalidField, Refusal } from '../../lib/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import { revokeAllAppPasswords } from './app-passwords.ts'
import { namedIn } from './audit-account.ts'
import { requireCurrentPassword } from './current-password.ts'
import { findAccount, type ManageNeeds, requireGoodPassword } from './manage.ts'
import {
  type AccountRow,
  type Actor,
  askerOf,
  isSelf,
  isSuper,
  requireClearTotp,
  requireEdit,
  requireSameStanding,
  requireSuper,
} from './rules.ts'
import { clearFactorIn } from './second-factor.ts'
import { endSessions, forgetDevices } from './sessions.ts'

interface PasswordChange {
  id: number
  password: string
  currentPassword?: string | undefined
  /** the account has to choose a new one before anything else; left out: not, or for regular admins as it was */
  mustChange?: boolean | undefined
  /** ends the account's app passwords too, which stay otherwise */
  revokeAppPasswords?: boolean | undefined
  /** switches off the second factor too, of somebody who has lost it */
  clearTotp?: boolean | undefined
  /** the token of the device it is done from */
  deviceToken?: string | null
}

/**
 * Changes a password by the table of product rule "Who may change a password": own and (for regular admins) others' need the
 * account's current one, super admins none. Ends all other sessions of that account. Whoever has to choose a new one can't choose
 * the old one again (`password_same`). All other devices are strangers to the account from then on. Throws {@link Refusal} `throttled` after too many wrong ones.
 */
export async function changePassword(needs: ManageNeeds, by: Actor, change: PasswordChange): Promise<void> {
  const { id, password, currentPassword, mustChange, clearTotp = false, deviceToken } = change
  const self = isSelf(by, id)
  const target = await findAccount(needs.db, id)
  if (!self) requireReset(by, target, mustChange)
  if (clearTotp) requireFreeClearing(by, target)
  if (self || !isSuper(by)) await requireCurrentPassword(needs, by, target, currentPassword)
  // the current one was just found right, so this tells nobody anything
  if (self && target.mustChangePassword && password === currentPassword)
    throw invalidField('password', 'password_same')
  await requireGoodPassword(password)
  const passwordHash = await needs.passwords.hash(password, askerOf(by))
  const keep = self && by.kind === 'account' ? by.sessionId : undefined
  const ended = await needs.db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const fresh = await findAccount({ read: tx }, id)
    if (!self) requireReset(by, fresh, mustChange)
    if (clearTotp) requireFreeClearing(by, fresh)
    if (fresh.passwordHash !== target.passwordHash)
      throw new Refusal('conflict', { reason: 'password_changed' })
    const values = { passwordHash, mustChangePassword: mustChangeAfter(by, fresh, mustChange) }
    await tx.update(accounts).set(values).where(eq(accounts.id, id))
    const details = values.mustChangePassword ? { mustChange: true } : undefined
    const entry = { action: 'account.passwordChanged', object: namedIn(fresh), at: needs.clock() } as const
    await recordAudit(tx, by, { ...entry, ...(details && { details }) })
    if (change.revokeAppPasswords) await revokeAllAppPasswords(tx, by, fresh, needs.clock())
    if (clearTotp) await clearFactorIn(tx, by, fresh, needs.clock())
    await forgetDevices(tx, id, self ? deviceToken : null)
    return endSessions(tx, id, keep)
  })
  needs.live.end(ended)
  needs.announce({ topic: 'session', accounts: [id] })
  needs.announce({ topic: 'accounts' })
}

/** That a new one has to be chosen is a super admin's order: others neither give it nor take it back. */
function requireReset(by: Actor, target: AccountRow, mustChange: boolean | undefined): void {
  requireEdit(by, target, {})
  if (mustChange !== undefined && mustChange !== target.mustChangePassword) requireSuper(by, 'mustChange')
}

/** With another's password as well it is a way in: for super admins alone. */
function requireFreeClearing(by: Actor, target: AccountRow): void {
  requireClearTotp(by, target)
  requireSuper(by, 'clearTotp')
}

/** An account's own choice fulfils a super admin's order to choose; a regular admin's leaves the order as it stands. */
function mustChangeAfter(by: Actor, target: AccountRow, told: boolean | undefined): boolean {
  if (isSelf(by, target.id)) return false
  return isSuper(by) ? (told ?? false) : target.mustChangePassword
}
