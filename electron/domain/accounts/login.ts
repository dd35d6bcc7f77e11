import { and, eq, isNull } from 'drizzle-orm'
import { mayEnter } from '../../access/capabilities.ts'
import type { LockedPrincipal } from '../../access/principal.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { networkOf } from '../../lib/network.ts'
import { Refusal } from '../../lib/refusal.ts'
import { hashToken } from '../../lib/token.ts'
import type { Asker } from './hash-queue.ts'
import type { Passwords } from './passwords.ts'
import type { AccountRow } from './rules.ts'
import { isKnownTo, rememberDevice, renewSession, startSession } from './sessions.ts'
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
  /** made in Mantel's own window on the host */
  hostWindow: boolean
}

/** Whose place an attempt takes among those that wait: right ones too, as they are never counted as failures. */
function askerOf({ address, hostWindow }: LoginAttempt, username: string, isKnown: boolean): Asker {
  if (isKnown) return { kind: 'known', who: `known ${username}` }
  if (hostWindow) return { kind: 'known', who: `window ${username}` }
  return { kind: 'stranger', who: `${networkOf(address)} ${username}` }
}

/**
 * The account whose name and password these are. Every attempt costs one bcrypt comparison, whether or not the name exists. Throws
 * {@link Refusal}: `throttled` with the wait, `unauthenticated` for a wrong name or password, `forbidden` (`login_disabled`)
 * when the password was right but the account may not log in.
 */
async function proven({ db, passwords, throttle }: LoginNeeds, attempt: LoginAttempt) {
  const username = attempt.username.toLowerCase()
  const { deviceToken } = attempt
  const knownAs =
    deviceToken && (await isKnownTo(db.read, deviceToken, username)) ? hashToken(deviceToken) : null
  const counted = throttle.begin({ address: attempt.address, username, knownAs })

  const [account] = await db.read
    .select()
    .from(accounts)
    .where(and(eq(accounts.username, username), isNull(accounts.deletedAt)))
  const asker = askerOf(attempt, username, knownAs !== null)
  const hash = account?.passwordHash ?? null
  const right = await passwords.matches(attempt.password, hash, asker).catch((error) => {
    counted.takeBack()
    throw error
  })
  if (!account || !right) throw new Refusal('unauthenticated', { reason: 'wrong_credentials' })
  counted.takeBack()
  if (!account.mayLogIn || !mayEnter(account)) throw new Refusal('forbidden', { reason: 'login_disabled' })
  return account
}

/** The account as it is now: it may have changed during the comparison. Throws {@link Refusal} `unauthenticated`. */
async function stillProven(tx: Tx, proof: AccountRow): Promise<AccountRow> {
  const [fresh] = await tx.select().from(accounts).where(eq(accounts.id, proof.id))
  if (!fresh?.mayLogIn || fresh.deletedAt !== null || fresh.passwordHash !== proof.passwordHash)
    throw new Refusal('unauthenticated', { reason: 'wrong_credentials' })
  return fresh
}

/**
 * Logs an account in: a new session, and a device that is known from now on. `makeRoom` ends in the same transaction what the session
 * takes the place of. Answers which sessions `ended`, for what is open of them. Refuses what {@link proven} refuses.
 */
export async function logIn(
  needs: LoginNeeds,
  attempt: LoginAttempt,
  makeRoom: (tx: Tx, accountId: number) => Promise<number[]>,
) {
  const account = await proven(needs, attempt)
  const now = needs.clock()
  const { device, address } = attempt
  return needs.db.write(async (tx) => {
    const fresh = await stillProven(tx, account)
    const replaced = await makeRoom(tx, account.id)
    const { ended, ...session } = await startSession(tx, { accountId: account.id, device, address, now })
    const deviceToken = await rememberDevice(tx, account.id, attempt.deviceToken, now)
    return { account: fresh, session, deviceToken, ended: [...replaced, ...ended] }
  })
}

/**
 * Unlocks a locked session by its account's password: an attempt like any other, with the same limits and refusals. The session goes on under
 * a new token; its end stays where it was. Throws {@link Refusal} also (`unauthenticated`) where it ended meanwhile.
 */
export async function unlock(
  needs: LoginNeeds,
  { sessionId, accountId, username }: LockedPrincipal,
  attempt: Omit<LoginAttempt, 'username'>,
) {
  const account = await proven(needs, { ...attempt, username })
  const now = needs.clock()
  return needs.db.write(async (tx) => {
    // the name may have passed to another account during the comparison
    if (account.id !== accountId) throw new Refusal('unauthenticated', { reason: 'session_over' })
    const fresh = await stillProven(tx, account)
    const session = await renewSession(tx, sessionId, now)
    if (!session) throw new Refusal('unauthenticated', { reason: 'session_over' })
    const deviceToken = await rememberDevice(tx, accountId, attempt.deviceToken, now)
    return { account: fresh, session, deviceToken }
  })
}
