import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm'
import { mayEnter } from '../../access/capabilities.ts'
import {
  type AccountPrincipal,
  ANONYMOUS,
  type LockedPrincipal,
  type Principal,
} from '../../access/principal.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accounts, knownDevices, sessions } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { hashToken, newToken } from '../../lib/token.ts'
import { flagsWith, switchedFlags } from '../settings/flags.ts'
import { endViewing, viewedBy } from './viewing.ts'

const DAY_MS = 24 * 60 * 60_000
export const SESSION_MAX_MS = 14 * DAY_MS
export const SESSION_IDLE_MS = 7 * DAY_MS
/** Last use is written at most this often, so that looking at pictures does not write to the disk. */
const LAST_USE_STEP_MS = 60_000
/** An account has no more sessions and known devices than these: those unused for longest make room. */
export const SESSIONS_KEPT = 50
export const DEVICES_KEPT = 50
/** SQLite knows no offset without a limit. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER
/** A device that nobody logged in on for so long is a stranger again. */
export const DEVICE_IDLE_MS = 365 * DAY_MS

interface NewSession {
  accountId: number
  device: string
  address: string
  now: number
}

/** Makes a session and answers its token, which exists nowhere else, and which sessions `ended` to make room. `expiresAt`: epoch ms. */
export async function startSession(tx: Tx, { accountId, device, address, now }: NewSession) {
  const token = newToken()
  const expiresAt = now + SESSION_MAX_MS
  const row = { accountId, device, address, createdAt: now, lastUsedAt: now, expiresAt }
  await tx.insert(sessions).values({ ...row, tokenHash: hashToken(token) })
  await tx.update(accounts).set({ lastSeenAt: now }).where(eq(accounts.id, accountId))
  await bringForward(tx, now)
  await tx
    .delete(sessions)
    .where(or(lt(sessions.expiresAt, now), lt(sessions.lastUsedAt, now - SESSION_IDLE_MS)))
  const spare = tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.accountId, accountId))
    .orderBy(desc(sessions.lastUsedAt), desc(sessions.id))
    .limit(NO_LIMIT)
    .offset(SESSIONS_KEPT)
  const ended = await tx.delete(sessions).where(inArray(sessions.id, spare)).returning({ id: sessions.id })
  return { token, expiresAt, ended: ended.map(({ id }) => id) }
}

/** A session's end, brought forward where the clock was ahead when it began: set back by a year it would live for a year more. */
const soonEnough = (now: number) => sql`min(${sessions.expiresAt}, ${now + SESSION_MAX_MS})`

/** Sessions of a time that has not come yet, from before the clock was set back, count as used now. */
async function bringForward(tx: Tx, now: number): Promise<void> {
  await tx
    .update(sessions)
    .set({ lastUsedAt: sql`min(${sessions.lastUsedAt}, ${now})`, expiresAt: soonEnough(now) })
    .where(or(gt(sessions.lastUsedAt, now), gt(sessions.expiresAt, now + SESSION_MAX_MS)))
}

/** Lets a locked session go on, under a new token; undefined where there is none (any more). */
export async function renewSession(tx: Tx, id: number, now: number) {
  const token = newToken()
  const [renewed] = await tx
    .update(sessions)
    .set({ tokenHash: hashToken(token), lockedBy: null, lastUsedAt: now })
    .where(and(eq(sessions.id, id), isNotNull(sessions.lockedBy)))
    .returning({ expiresAt: sessions.expiresAt })
  return renewed && { token, expiresAt: renewed.expiresAt }
}

/** Locks a session, unless it is locked already; answers whether this did it. Whoever unlocks it sees their own library, not one they viewed. */
export async function lockSession(tx: Tx, id: number, by: 'person' | 'system'): Promise<boolean> {
  const open = and(eq(sessions.id, id), isNull(sessions.lockedBy))
  const locked = { lockedBy: by, viewingAs: null }
  return (await tx.update(sessions).set(locked).where(open).returning({ id: sessions.id })).length > 0
}

/** Opens a session that was locked with the computer's screen, and no other; answers whether it was. */
export async function unlockWithSystem(tx: Tx, id: number): Promise<boolean> {
  const locked = and(eq(sessions.id, id), eq(sessions.lockedBy, 'system'))
  return (
    (await tx.update(sessions).set({ lockedBy: null }).where(locked).returning({ id: sessions.id })).length >
    0
  )
}

/** Ends one session, by its id or its token; answers which, if there was one. */
export async function endSession(tx: Tx, which: number | { token: string }): Promise<number[]> {
  const one =
    typeof which === 'number' ? eq(sessions.id, which) : eq(sessions.tokenHash, hashToken(which.token))
  const ended = await tx.delete(sessions).where(one).returning({ id: sessions.id })
  return ended.map(({ id }) => id)
}

/**
 * Who a session token stands for, read afresh at every request: an ended session or a changed account is felt at
 * once. Anything that does not hold is anonymous; a session that views as an account it may not view any more is its own account's again.
 */
export async function principalOf(db: Database, clock: Clock, token: string | null): Promise<Principal> {
  if (!token) return ANONYMOUS
  const now = clock()
  const row = await standingSession(db.read, token, now)
  if (!row) return ANONYMOUS
  // also the other way round: after a clock was set back
  if (Math.abs(now - row.session.lastUsedAt) > LAST_USE_STEP_MS)
    touch(db, row.session.id, row.account.id, now)
  const principal = principalIn(row)
  const { viewingAs } = row.session
  if (principal.kind !== 'account' || viewingAs === null) return principal
  const as = await viewedBy(db.read, principal, viewingAs)
  if (as) return { ...whoIs(row), kind: 'viewing', viewer: principal, as }
  // for good: it must not begin anew by itself should the right come back; nor end another one that began meanwhile
  db.write((tx) => endViewing(tx, row.session.id, viewingAs)).catch(() => undefined)
  return principal
}

type Standing = NonNullable<Awaited<ReturnType<typeof standingSession>>>

/** A token's session with its account, where both hold; looking is no use of it. */
export async function standingSession(db: Read, token: string, now: number) {
  const [row] = await db
    .select({ session: sessions, account: accounts, flags: switchedFlags })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(
      and(
        eq(sessions.tokenHash, hashToken(token)),
        gt(sessions.expiresAt, now),
        gt(sessions.lastUsedAt, now - SESSION_IDLE_MS),
        eq(accounts.mayLogIn, true),
        isNull(accounts.deletedAt),
      ),
    )
  return row && mayEnter(row.account) ? row : undefined
}

const whoIs = ({ account: { id: accountId, username, name }, session: { id: sessionId } }: Standing) => ({
  accountId,
  sessionId,
  username,
  name,
})

function principalIn(row: Standing): AccountPrincipal | LockedPrincipal {
  const who = whoIs(row)
  if (row.session.lockedBy) return { kind: 'locked', ...who, lockedBy: row.session.lockedBy }
  const { role, superAdmin, mayShare, webdav, mustChangePassword } = row.account
  const rights = { role, superAdmin, mayShare, webdav, mustChangePassword }
  return { kind: 'account', ...who, ...rights, flags: flagsWith(row.flags) }
}

/** Sessions, per household, whose last use is being written at this moment: many requests of a page write it once. */
const touchedIn = new WeakMap<Database, Set<number>>()

/** Notes a use. Nobody waits for it: it must not make looking at pictures wait for a scan's writes. */
function touch(db: Database, sessionId: number, accountId: number, now: number): void {
  const touching = touchedIn.get(db) ?? new Set()
  if (touching.has(sessionId)) return
  touchedIn.set(db, touching.add(sessionId))
  db.write(
    async (tx) => {
      const used = { lastUsedAt: now, expiresAt: soonEnough(now) }
      await tx.update(sessions).set(used).where(eq(sessions.id, sessionId))
      await tx.update(accounts).set({ lastSeenAt: now }).where(eq(accounts.id, accountId))
    },
    { priority: 'background' },
  )
    // a use that was not noted is noted by the next one; a disk that refuses is told by writes that matter
    .catch(() => undefined)
    .finally(() => touching.delete(sessionId))
}

/** Ends sessions of an account, all or all but one; answers which, so that their open responses can be cut. */
export async function endSessions(tx: Tx, accountId: number, except?: number): Promise<number[]> {
  const which = and(
    eq(sessions.accountId, accountId),
    except === undefined ? undefined : ne(sessions.id, except),
  )
  const ended = await tx.delete(sessions).where(which).returning({ id: sessions.id })
  return ended.map(({ id }) => id)
}

/** Live sessions with whose they are, the latest used first: an account's, or everybody's. */
export async function listSessions(db: Read, now: number, accountId?: number) {
  const rows = await db
    .select({ session: sessions, username: accounts.username })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(
      and(
        accountId === undefined ? undefined : eq(sessions.accountId, accountId),
        gt(sessions.expiresAt, now),
        gt(sessions.lastUsedAt, now - SESSION_IDLE_MS),
      ),
    )
    .orderBy(desc(sessions.lastUsedAt))
  return rows.map(({ session, username }) => ({ ...session, username }))
}

/**
 * Notes that an account logged in from this device; answers the device's token, a new one if it had none of ours. A token that
 * somebody else made up and left in a browser must not become an account's.
 */
export async function rememberDevice(tx: Tx, accountId: number, token: string | null, now: number) {
  const known = token !== null && (await isKnownDevice(tx, token)) ? token : newToken()
  await tx
    .insert(knownDevices)
    .values({ accountId, tokenHash: hashToken(known), createdAt: now, lastUsedAt: now })
    .onConflictDoUpdate({
      target: [knownDevices.accountId, knownDevices.tokenHash],
      set: { lastUsedAt: now },
    })
  await dropOldDevices(tx, accountId, now)
  return known
}

async function dropOldDevices(tx: Tx, accountId: number, now: number): Promise<void> {
  const own = eq(knownDevices.accountId, accountId)
  // a clock that was set back must not keep a device for ever
  await tx
    .update(knownDevices)
    .set({ lastUsedAt: now })
    .where(and(own, gt(knownDevices.lastUsedAt, now)))
  await tx.delete(knownDevices).where(and(own, lt(knownDevices.lastUsedAt, now - DEVICE_IDLE_MS)))
  const spare = tx
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .where(own)
    .orderBy(desc(knownDevices.lastUsedAt), desc(knownDevices.id))
    .limit(NO_LIMIT)
    .offset(DEVICES_KEPT)
  await tx.delete(knownDevices).where(inArray(knownDevices.id, spare))
}

/** Makes an account's devices strangers again, all or all but the one with this token: whoever knew the old password may have one. */
export async function forgetDevices(tx: Tx, accountId: number, except: string | null = null): Promise<void> {
  const others = except === null ? undefined : ne(knownDevices.tokenHash, hashToken(except))
  await tx.delete(knownDevices).where(and(eq(knownDevices.accountId, accountId), others))
}

async function isKnownDevice(db: Read, token: string): Promise<boolean> {
  const found = db
    .select()
    .from(knownDevices)
    .where(eq(knownDevices.tokenHash, hashToken(token)))
  return (await found.limit(1)).length > 0
}

/** Whether the account of this name logged in on this device. A device may know more accounts than are shown on it. */
export async function isKnownTo(db: Read, deviceToken: string, username: string): Promise<boolean> {
  const found = db
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .innerJoin(accounts, eq(accounts.id, knownDevices.accountId))
    .where(
      and(
        eq(knownDevices.tokenHash, hashToken(deviceToken)),
        eq(accounts.username, username),
        isNull(accounts.deletedAt),
      ),
    )
  return (await found.limit(1)).length > 0
}

/** Accounts that logged in on this device and still may. */
export async function accountsKnownTo(db: Read, deviceToken: string | null) {
  if (!deviceToken) return []
  return db
    .select({ id: accounts.id, username: accounts.username, name: accounts.name })
    .from(knownDevices)
    .innerJoin(accounts, eq(accounts.id, knownDevices.accountId))
    .where(
      and(
        eq(knownDevices.tokenHash, hashToken(deviceToken)),
        eq(accounts.mayLogIn, true),
        isNull(accounts.deletedAt),
      ),
    )
    .orderBy(desc(knownDevices.lastUsedAt))
    .limit(12)
}
