import { desc, eq } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Access } from '../../contract/fields.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accounts, appPasswords } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { hashReadableCode, newReadableCode } from '../../lib/token.ts'
import { recordAudit } from '../audit/record.ts'
import { namedIn } from './audit-account.ts'
import { requireCurrentPassword } from './current-password.ts'
import { findAccount } from './manage.ts'
import type { Passwords } from './passwords.ts'
import { mayTouchSessions } from './revoke-session.ts'
import { type AccountRow, type Actor, requireSameStanding } from './rules.ts'
import type { Throttle } from './throttle.ts'

/** As many as one person's devices may need; more would not be looked through any more. */
const MOST = 30
/** Seven groups of four: 137 random bits, so that a fast hash suffices. */
const GROUPS = 7

interface Needs {
  db: Database
  clock: Clock
  passwords: Passwords
  throttle: Throttle
}

interface NewAppPassword {
  label: string
  access: Access
  currentPassword: string
}

/**
 * Makes an app password for the own account; its token exists nowhere else in clear. Throws {@link Refusal}: what
 * {@link requireCurrentPassword} throws, `conflict` (`app_passwords_too_many`, `password_changed`).
 */
export async function createAppPassword(needs: Needs, by: AccountPrincipal, wanted: NewAppPassword) {
  const { label, access, currentPassword } = wanted
  const account = await findAccount(needs.db, by.accountId)
  await requireCurrentPassword(needs, by, account, currentPassword)
  const token = newReadableCode(GROUPS)
  const at = needs.clock()
  const row = { accountId: account.id, label, access, tokenHash: hashReadableCode(token), createdAt: at }
  const id = await needs.db.write(async (tx) => {
    await requireSameStanding(tx, by)
    // a change of the password may have ended all app passwords meanwhile
    const fresh = await findAccount({ read: tx }, account.id)
    if (fresh.passwordHash !== account.passwordHash)
      throw new Refusal('conflict', { reason: 'password_changed' })
    if ((await tx.$count(appPasswords, eq(appPasswords.accountId, account.id))) >= MOST)
      throw new Refusal('conflict', { reason: 'app_passwords_too_many' })
    const [made] = await tx.insert(appPasswords).values(row).returning({ id: appPasswords.id })
    if (!made) throw new Error('an insert answered no row')
    const object = namedIn(account)
    await recordAudit(tx, by, { action: 'appPassword.created', object, details: { label, access }, at })
    return made.id
  })
  return { id, token }
}

/** An account's app passwords, the newest first. */
export const listAppPasswords = (db: Read, accountId: number) =>
  db
    .select()
    .from(appPasswords)
    .where(eq(appPasswords.accountId, accountId))
    .orderBy(desc(appPasswords.createdAt), desc(appPasswords.id))

/** Ends one app password by its id; answers whose it was. Throws `not_found`, also for one that is out of reach. */
export async function revokeAppPassword({ db, clock }: Pick<Needs, 'db' | 'clock'>, by: Actor, id: number) {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const [found] = await tx
      .select({ label: appPasswords.label, account: { id: accounts.id, username: accounts.username } })
      .from(appPasswords)
      .innerJoin(accounts, eq(accounts.id, appPasswords.accountId))
      .where(eq(appPasswords.id, id))
    if (!found || !(await mayTouchSessions(tx, by, found.account.id))) throw notFound()
    await tx.delete(appPasswords).where(eq(appPasswords.id, id))
    await noteRevoked(tx, by, found.account, [found.label], clock())
    return found.account.id
  })
}

/** Ends all app passwords of an account, in the transaction of a change of its password. */
export async function revokeAllAppPasswords(
  tx: Tx,
  by: Actor,
  account: Pick<AccountRow, 'id' | 'username'>,
  at: number,
): Promise<void> {
  const ended = await tx
    .delete(appPasswords)
    .where(eq(appPasswords.accountId, account.id))
    .returning({ label: appPasswords.label })
  if (ended.length > 0)
    await noteRevoked(
      tx,
      by,
      account,
      ended.map(({ label }) => label),
      at,
    )
}

const noteRevoked = (
  tx: Tx,
  by: Actor,
  account: Pick<AccountRow, 'id' | 'username'>,
  labels: string[],
  at: number,
) =>
  recordAudit(tx, by, {
    action: 'appPassword.revoked',
    object: namedIn(account),
    details: { labels },
    at,
  })
