import { and, eq, isNull } from 'drizzle-orm'
import { mayEnter } from '../../access/capabilities.ts'
import type { Database } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import { hashToken } from '../../lib/token.ts'
import type { Passwords } from './passwords.ts'
import { isKnownTo, rememberDevice, startSession } from './sessions.ts'
import type { Throttle } from './throttle.ts'

export interface LoginNeeds {
  db: Database
  clock: Clock
  passwords: Passwords
  throttle: Throttle
}

export interface LoginAttempt {
  username: string
  password: string
  address: string
  device: string
  deviceToken: string | null
}

/**
 * Logs an account in. Every attempt costs one bcrypt comparison, whether or not the name exists. Throws
 * {@link Refusal}: `throttled` with the wait, `unauthenticated` for a wrong name or password, `forbidden` (`login_disabled`)
 * when the password was right but the account may not log in.
 */
export async function logIn({ db, clock, passwords, throttle }: LoginNeeds, attempt: LoginAttempt) {
  const username = attempt.username.toLowerCase()
  const { deviceToken } = attempt
  const knownAs =
    deviceToken && (await isKnownTo(db.read, deviceToken, username)) ? hashToken(deviceToken) : null
  const counted = throttle.begin({ address: attempt.address, username, knownAs })

  const [account] = await db.read
    .select()
    .from(accounts)
    .where(and(eq(accounts.username, username), isNull(accounts.deletedAt)))
  const right = await passwords.matches(attempt.password, account?.passwordHash ?? null).catch((error) => {
    counted.takeBack()
    throw error
  })
  if (!account || !right) throw new Refusal('unauthenticated', { reason: 'wrong_credentials' })
  counted.takeBack()
  if (!account.mayLogIn || !mayEnter(account)) throw new Refusal('forbidden', { reason: 'login_disabled' })

  const now = clock()
  const { device, address } = attempt
  return db.write(async (tx) => {
    // the account may have changed during the comparison
    const [fresh] = await tx.select().from(accounts).where(eq(accounts.id, account.id))
    if (!fresh?.mayLogIn || fresh.deletedAt !== null || fresh.passwordHash !== account.passwordHash)
      throw new Refusal('unauthenticated', { reason: 'wrong_credentials' })
    const session = await startSession(tx, { accountId: account.id, device, address, now })
    const deviceToken = await rememberDevice(tx, account.id, attempt.deviceToken, now)
    return { account: fresh, session, deviceToken }
  })
}
