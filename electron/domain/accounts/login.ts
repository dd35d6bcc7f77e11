import { and, eq, isNull } from 'drizzle-orm'
import { mayEnter } from '../../access/capabilities.ts'
import type { LockedPrincipal } from '../../access/principal.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import { networkOf } from '../../lib/network.ts'
import { Refusal } from '../../lib/refusal.ts'
import { hashToken } from '../../lib/token.ts'
import type { Asker } from './hash-queue.ts'
import type { Passwords } from './passwords.ts'
import { type AccountRow, askerFor } from './rules.ts'
import { isKnownTo, rememberDevice, renewSession, startSession } from './sessions.ts'
import { type CodeNeeds, countingCode, takeCode } from './take-code.ts'
import type { Counted, Throttle } from './throttle.ts'

export interface LoginNeeds extends CodeNeeds {
  db: Database
  passwords: Passwords
  throttle: Throttle
}

export interface LoginAttempt {
  username: string
  /** the account that is meant, whatever it is called by now; else the name says which */
  accountId?: number
  password: string
  /** of the second factor, from the app or a recovery code, where the account has one */
  code?: string | undefined
  address: string
  device: string
  deviceToken: string | null
  /** made in Mantel's own window on the host */
  hostWindow: boolean
}

/** Whose place an attempt takes among those that wait: right ones too, as they are never counted as failures. */
function askerOf({ address, hostWindow }: LoginAttempt, username: string, knownId: number | null): Asker {
  if (hostWindow) return { kind: 'host', who: `window ${username}` }
  if (knownId !== null) return askerFor(knownId)
  return { kind: 'stranger', who: `${networkOf(address)} ${username}` }
}

interface Proof {
  account: AccountRow
  /** how the attempt is taken back, which is still counted as failed */
  counted: Counted
  isKnown: boolean
}

/**
 * The account whose name and password these are; its second factor is still to come. Every attempt costs one bcrypt comparison, whether or not the name exists. Throws
 * {@link Refusal}: `throttled` with the wait, `unauthenticated` for a wrong name or password, `forbidden` (`login_disabled`)
 * when the password was right but the account may not log in.
 */
async function proven({ db, passwords, throttle }: LoginNeeds, attempt: LoginAttempt): Promise<Proof> {
  const username = attempt.username.toLowerCase()
  const { deviceToken } = attempt
  const knownAs =
    deviceToken && (await isKnownTo(db.read, deviceToken, username)) ? hashToken(deviceToken) : null
  const counted = throttle.begin({ address: attempt.address, username, knownAs })

  const [account] = await db.read
    .select()
    .from(accounts)
    .where(and(meant(attempt), isNull(accounts.deletedAt)))
  const asker = askerOf(attempt, username, knownAs === null ? null : (account?.id ?? null))
  const hash = account?.passwordHash ?? null
  const right = await passwords.matches(attempt.password, hash, asker).catch((error) => {
    counted.takeBack()
    throw error
  })
  if (!account || !right) throw new Refusal('unauthenticated', { reason: 'wrong_credentials' })
  if (!account.mayLogIn || !mayEnter(account)) {
    counted.takeBack()
    throw new Refusal('forbidden', { reason: 'login_disabled' })
  }
  return { account, counted, isKnown: knownAs !== null }
}

const meant = ({ accountId, username }: LoginAttempt) =>
  accountId === undefined ? eq(accounts.username, username.toLowerCase()) : eq(accounts.id, accountId)

/** The account as it is now: it may have changed during the comparison. Throws {@link Refusal} `unauthenticated`. */
async function stillProven(tx: Tx, proof: AccountRow): Promise<AccountRow> {
  const [fresh] = await tx.select().from(accounts).where(eq(accounts.id, proof.id))
  if (!fresh?.mayLogIn || fresh.deletedAt !== null || fresh.passwordHash !== proof.passwordHash)
    throw new Refusal('unauthenticated', { reason: 'wrong_credentials' })
  return fresh
}

/**
 * Does `enter` for whoever gives the right name, password and code, in one transaction with the code's use. Throws {@link Refusal}: what
 * {@link proven} refuses, and `unauthenticated` with `code_needed`, `code_wrong` or `factor_unreadable`.
 */
async function entering<T>(
  needs: LoginNeeds,
  attempt: LoginAttempt,
  enter: (tx: Tx, account: AccountRow) => Promise<T>,
): Promise<T> {
  const { account, counted, isKnown } = await proven(needs, attempt)
  return countingCode(counted, async () => {
    const write = () =>
      needs.db.write(async (tx) => {
        const fresh = await stillProven(tx, account)
        const problem = await takeCode(tx, needs, fresh, attempt.code)
        if (problem) throw new Refusal('unauthenticated', { reason: problem })
        return enter(tx, fresh)
      })
    const isGuess = account.totpSecret !== null && Boolean(attempt.code)
    if (!isGuess) return write()
    return countingCode(needs.throttle.begin({ codeOf: account.id, isKnown }), write)
  })
}

/**
 * Logs an account in: a new session, and a device that is known from now on. `makeRoom` ends in the same transaction what the session
 * takes the place of. Answers which sessions `ended`, for what is open of them. Refuses what {@link entering} refuses.
 */
export async function logIn(
  needs: LoginNeeds,
  attempt: LoginAttempt,
  makeRoom: (tx: Tx, accountId: number) => Promise<number[]>,
) {
  const { device, address } = attempt
  return entering(needs, attempt, async (tx, account) => {
    const now = needs.clock()
    const replaced = await makeRoom(tx, account.id)
    const { ended, ...session } = await startSession(tx, { accountId: account.id, device, address, now })
    const deviceToken = await rememberDevice(tx, account.id, attempt.deviceToken, now)
    return { account, session, deviceToken, ended: [...replaced, ...ended] }
  })
}

/**
 * Unlocks a locked session by its account's password and code: an attempt like any other, with the same limits and refusals. The session goes
 * on under a new token; its end stays where it was. Throws {@link Refusal} also (`unauthenticated`) where it ended meanwhile.
 */
export async function unlock(
  needs: LoginNeeds,
  { sessionId, accountId, username }: LockedPrincipal,
  attempt: Omit<LoginAttempt, 'username' | 'accountId'>,
) {
  // its account may be renamed meanwhile, and the name pass to another one
  return entering(needs, { ...attempt, username, accountId }, async (tx, account) => {
    const now = needs.clock()
    const session = await renewSession(tx, sessionId, now)
    if (!session) throw new Refusal('unauthenticated', { reason: 'session_over' })
    const deviceToken = await rememberDevice(tx, accountId, attempt.deviceToken, now)
    return { account, session, deviceToken }
  })
}
