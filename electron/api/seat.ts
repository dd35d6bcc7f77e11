import { heldBy } from '../access/capabilities.ts'
import { type AccountPrincipal, isSeated, sitterOf } from '../access/principal.ts'
import type { Tx } from '../db/connect.ts'
import type { accounts } from '../db/schema.ts'
import { endSession, lockSession, standingSession } from '../domain/accounts/sessions.ts'
import type { Caller } from './caller.ts'
import type { Services } from './services.ts'

/** What a login is made from. */
export const deviceOf = ({ address, device, deviceToken, hostWindow }: Caller) => ({
  address,
  device,
  deviceToken,
  hostWindow,
})

interface Entered {
  account: typeof accounts.$inferSelect
  session: { token: string; expiresAt: number }
  /** absent where the device was known already */
  deviceToken?: string
  remember: boolean
  /** the sessions that ended or were locked to make room for this one */
  ended: number[]
}

/** Hands the tokens to the door and the account to the page. */
export function enterAs({ effects }: Caller, { live }: Services, entered: Entered) {
  const { account, session, deviceToken, remember, ended } = entered
  if (deviceToken !== undefined) effects.rememberDevice(deviceToken)
  effects.startSession({ ...session, accountId: account.id, remember })
  live.end(ended)
  return { account }
}

/** Cuts what is open of sessions whose state changed, after the door was told, and lets the account's other windows look. */
export function tellOfChange({ live, announce }: Services, accountId: number, sessionIds: number[]): void {
  live.end(sessionIds)
  announce({ topic: 'session', accounts: [accountId] })
}

/**
 * Tells the door that nobody is to look any more, also where the disk refuses to write it down: what was meant to be closed must not stay
 * open. The refusal comes out afterwards.
 * @param tell told whether it was written
 */
export async function inAnyCase(write: Promise<unknown>, tell: (isWritten: boolean) => void): Promise<void> {
  let isWritten = false
  try {
    await write
    isWritten = true
  } finally {
    tell(isWritten)
  }
}

/** One click is no way back to an account that administers: its remembered session asks for the password once it was left. */
export const isLockedWhenLeft = (by: AccountPrincipal) => heldBy(by).has('administer')

interface Coming {
  /** the account that sits down now */
  next: number
  /** in a new session; else in the remembered one */
  isNew: boolean
}

/**
 * Leaves, for whoever comes, the session before at this door: it ends, unless it is remembered and open; and with a new session
 * the one that was remembered for the same account ends. Answers which changed, for {@link enterAs} to cut what is open of them.
 */
export async function makeRoom(tx: Tx, { principal: by, memory }: Caller, { next, isNew }: Coming) {
  const changed: number[] = []
  const stays = isSeated(by) && memory.keepsThis
  if (!stays && (isSeated(by) || by.kind === 'locked')) changed.push(...(await endSession(tx, by.sessionId)))
  if (
    stays &&
    by.accountId !== next &&
    isLockedWhenLeft(sitterOf(by)) &&
    (await lockSession(tx, by.sessionId, 'person'))
  )
    changed.push(by.sessionId)
  const token = isNew ? memory.unusedTokenOf(next) : null
  if (token !== null) changed.push(...(await endSession(tx, { token })))
  return changed
}

/** Forgets what {@link makeRoom} ended, once that is committed: a login that fails leaves everything as it was. */
export function forgetBefore({ principal: by, memory }: Caller, next?: number): void {
  const keptLocked = memory.keepsThis && by.kind === 'locked'
  if (next !== undefined) memory.forget(next)
  if (keptLocked) memory.forget(by.accountId)
}

/** The session that this door remembers for an account, if it is open; one that does not hold any more is forgotten. */
export async function rememberedSession({ memory }: Caller, { db, clock }: Services, accountId: number) {
  const token = memory.tokenOf(accountId)
  if (token === null) return null
  const found = await standingSession(db.read, token, clock())
  if (found?.account.id !== accountId) {
    memory.forget(accountId)
    return null
  }
  const { account, session } = found
  return session.lockedBy === null ? { account, session: { token, expiresAt: session.expiresAt } } : null
}
