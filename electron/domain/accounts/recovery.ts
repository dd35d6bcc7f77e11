import { and, eq, isNull } from 'drizzle-orm'
import { usernameSchema } from '../../contract/fields.ts'
import { REASONS } from '../../contract/reasons.ts'
import type { Database } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { recordAudit, SYSTEM } from '../audit/record.ts'
import { insertAccount } from './manage.ts'
import { type Passwords, passwordProblem } from './passwords.ts'
import { AT_WORK } from './rules.ts'
import { endSessions, forgetDevices } from './sessions.ts'

interface Needs {
  db: Database
  clock: Clock
  log: Log
  passwords: Passwords
}

/**
 * Recovery of a household that nobody can administer any more: `MANTEL_ADMIN_USERNAME` and `MANTEL_ADMIN_PASSWORD` make that
 * account exist, able to log in, a super admin with that password, at each start. Where all that holds already,
 * nothing is touched and no session ends. A name or password that breaks the rules is logged and ignored.
 */
export async function recoverFromEnvironment(needs: Needs, environment: Record<string, string | undefined>) {
  const { db, clock, log, passwords } = needs
  const name = environment.MANTEL_ADMIN_USERNAME
  const password = environment.MANTEL_ADMIN_PASSWORD
  if (!name || !password) return
  const username = usernameSchema.safeParse(name)
  if (!username.success) return log.warn('MANTEL_ADMIN_USERNAME is ignored', { why: REASONS.username_form })
  const problem = await passwordProblem(password)
  if (problem) return log.warn('MANTEL_ADMIN_PASSWORD is ignored', { why: REASONS[problem] })

  const [account] = await db.read
    .select()
    .from(accounts)
    .where(and(eq(accounts.username, username.data), isNull(accounts.deletedAt)))
  // also where nothing else is to be done: the code may be all that is lost
  if (account && account.totpSecret !== null)
    log.warn('the login of MANTEL_ADMIN_USERNAME still asks for a code of its second factor', {
      toClear: `mantel passwd ${username.data} --clear-totp`,
    })
  const samePassword = account ? await passwords.matches(password, account.passwordHash, AT_WORK) : false
  if (account?.superAdmin && account.mayLogIn && samePassword && !account.mustChangePassword) return

  const passwordHash =
    account && samePassword ? account.passwordHash : await passwords.hash(password, AT_WORK)
  const standing = { superAdmin: true, mayLogIn: true, mustChangePassword: false, passwordHash }
  const at = clock()
  await db.write(async (tx) => {
    let id = account?.id ?? null
    if (account) {
      await tx.update(accounts).set(standing).where(eq(accounts.id, account.id))
      await endSessions(tx, account.id)
      if (!samePassword) await forgetDevices(tx, account.id)
    } else {
      const row = { username: username.data, role: 'admin', createdAt: at, ...standing }
      id = (await insertAccount(tx, row))[0]?.id ?? null
    }
    const object = { kind: 'account', id, name: username.data } as const
    await recordAudit(tx, SYSTEM, { action: 'account.recovered', object, at })
  })
  log.warn('a super admin was restored from the environment', { username: username.data })
}
