import { eq } from 'drizzle-orm'
import { capabilitiesOf, capabilityTable, heldBy } from '../access/capabilities.ts'
import { account, accountAtAll, anyone, anySession, lockedSession } from '../access/policies.ts'
import type { AccountPrincipal } from '../access/principal.ts'
import { contract } from '../contract/contract.ts'
import type { Tx } from '../db/connect.ts'
import { accounts, grants } from '../db/schema.ts'
import { logIn, unlock } from '../domain/accounts/login.ts'
import { countPending, registrationIsOpen } from '../domain/accounts/registration.ts'
import { mayTouchSessions, revokeSession } from '../domain/accounts/revoke-session.ts'
import {
  accountsKnownTo,
  endSession,
  listSessions,
  lockSession,
  standingSession,
} from '../domain/accounts/sessions.ts'
import { finishOnboarding, isOnboarding, setUp, setupIsOpen } from '../domain/accounts/setup.ts'
import { readPreferences } from '../domain/settings/preferences.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { pickOnHost } from './folders.ts'
import { type Context, procedure } from './procedure.ts'
import type { Services } from './services.ts'

export const sessionProcedures = {
  'session.login': procedure({
    ...contract['session.login'],
    allow: anyone,
    async run({ input: { remember = false, ...input }, caller, services }) {
      const attempt = { ...input, ...deviceOf(caller) }
      const done = await logIn(services, attempt, (tx, next) => makeRoom(tx, caller, { next, isNew: true }))
      forgetBefore(caller, done.account.id)
      return enterAs(caller, services, { ...done, remember })
    },
  }),
  'session.logout': procedure({
    ...contract['session.logout'],
    allow: anySession,
    async run({ by, caller, services }) {
      await inAnyCase(
        services.db.write((tx) => endSession(tx, by.sessionId)),
        () => {
          caller.effects.endSession()
          tellOfChange(services, by.accountId, [by.sessionId])
        },
      )
      return {}
    },
  }),
  'session.lock': procedure({
    ...contract['session.lock'],
    allow: accountAtAll,
    async run({ by, caller, services }) {
      await inAnyCase(
        services.db.write((tx) => lockSession(tx, by.sessionId, 'person')),
        (isLocked) => {
          if (isLocked) caller.effects.lockSession()
          else caller.effects.endSession()
          tellOfChange(services, by.accountId, [by.sessionId])
        },
      )
      return {}
    },
  }),
  'session.unlock': procedure({
    ...contract['session.unlock'],
    allow: lockedSession,
    async run({ by, input, caller, services }) {
      const done = await unlock(services, by, { ...input, ...deviceOf(caller) })
      caller.effects.rememberDevice(done.deviceToken)
      caller.effects.renewSession(done.session)
      tellOfChange(services, by.accountId, [by.sessionId])
      return { account: done.account }
    },
  }),
  'session.leave': procedure({
    ...contract['session.leave'],
    allow: anySession,
    async run({ by, caller, services }) {
      const stays = by.kind === 'account' && caller.memory.keepsThis
      if (stays && !isLockedWhenLeft(by)) {
        caller.effects.leaveSession()
        return {}
      }
      await inAnyCase(
        services.db.write(async (tx) => {
          if (stays) await lockSession(tx, by.sessionId, 'person')
          else await endSession(tx, by.sessionId)
        }),
        (isWritten) => {
          if (stays && isWritten) caller.effects.leaveSession()
          else caller.effects.endSession()
          tellOfChange(services, by.accountId, [by.sessionId])
        },
      )
      return {}
    },
  }),
  'session.resume': procedure({
    ...contract['session.resume'],
    allow: anyone,
    async run({ by, input: { username }, caller, services }) {
      // whoever stands before a locked window is to get no further, to nobody's photos
      if (by.kind === 'locked') throw new Refusal('unauthenticated', { reason: 'session_locked' })
      const known = await accountsKnownTo(services.db.read, caller.deviceToken)
      const id = known.find((one) => one.username === username.toLowerCase())?.id
      const found = id === undefined ? null : await rememberedSession(caller, services, id)
      if (!found) throw new Refusal('unauthenticated', { reason: 'not_remembered' })
      const coming = { next: found.account.id, isNew: false }
      const ended = await services.db.write(async (tx) => {
        // it may have ended, or been locked, since it was looked at
        const still = await standingSession(tx, found.session.token, services.clock())
        if (!still || still.session.lockedBy !== null)
          throw new Refusal('unauthenticated', { reason: 'not_remembered' })
        return makeRoom(tx, caller, coming)
      })
      forgetBefore(caller)
      return enterAs(caller, services, { ...found, remember: true, ended })
    },
  }),
  'session.me': procedure({
    ...contract['session.me'],
    allow: accountAtAll,
    async run({ by, caller, services: { db } }) {
      const [row] = await db.read.select().from(accounts).where(eq(accounts.id, by.accountId))
      if (!row) throw new Refusal('unauthenticated', { reason: 'session_over' })
      const { preferences } = await readPreferences(db.read, by.accountId)
      return {
        account: row,
        may: capabilityTable(by),
        preferences,
        hostWindow: caller.hostWindow,
        flags: by.flags,
        onboarding: await isOnboarding(db.read, by.accountId),
        folderCount: await db.read.$count(grants, eq(grants.accountId, by.accountId)),
        pendingCount: capabilitiesOf(by).has('administer') ? await countPending(db.read) : 0,
      }
    },
  }),
  'session.known': procedure({
    ...contract['session.known'],
    allow: anyone,
    async run({ by, caller, services }) {
      const known = await accountsKnownTo(services.db.read, caller.deviceToken)
      const remembered = await Promise.all(known.map(({ id }) => rememberedSession(caller, services, id)))
      return {
        accounts: known.map((one, index) => ({
          ...one,
          remembered: by.kind !== 'locked' && Boolean(remembered[index]),
        })),
        locked: by.kind === 'locked' ? by : null,
        mayRemember: caller.memory.mayRemember,
      }
    },
  }),
  'sessions.list': procedure({
    ...contract['sessions.list'],
    allow: account,
    async run({ by, input: { accountId = by.accountId }, services }) {
      if (!(await mayTouchSessions(services.db.read, by, accountId))) throw notFound()
      const rows = await listSessions(services.db.read, accountId, services.clock())
      return { sessions: rows.map((row) => ({ ...row, current: row.id === by.sessionId })) }
    },
  }),
  'sessions.revoke': procedure({
    ...contract['sessions.revoke'],
    allow: account,
    async run({ by, input, caller, services }) {
      const accountId = await revokeSession(services.db, by, input.id)
      if (input.id === by.sessionId) caller.effects.endSession()
      tellOfChange(services, accountId, [input.id])
      return {}
    },
  }),
}

export const setupProcedures = {
  'setup.status': procedure({
    ...contract['setup.status'],
    allow: anyone,
    async run({ caller: { hostWindow }, services: { db } }) {
      const open = await setupIsOpen(db.read)
      const registration = await registrationIsOpen(db.read)
      return { open, codeNeeded: !hostWindow, hostWindow, registration }
    },
  }),
  'setup.create': procedure({
    ...contract['setup.create'],
    allow: anyone,
    async run({ input: { code, ...first }, caller, services }) {
      if (!(await setupIsOpen(services.db.read))) throw new Refusal('conflict', { reason: 'setup_closed' })
      if (!caller.hostWindow) services.setupCode.check(code)
      const done = await setUp(services, { ...first, ...deviceOf(caller) })
      return enterAs(caller, services, { ...done, remember: false })
    },
  }),
  'setup.pickFolder': procedure({
    ...contract['setup.pickFolder'],
    allow: anyone,
    async run({ caller, services: { db } }) {
      if (!(await setupIsOpen(db.read))) throw new Refusal('conflict', { reason: 'setup_closed' })
      return { path: await pickOnHost(caller) }
    },
  }),
  'setup.finish': procedure({
    ...contract['setup.finish'],
    allow: account,
    async run({ by, services }) {
      if (await isOnboarding(services.db.read, by.accountId)) await finishOnboarding(services)
      return {}
    },
  }),
}

type Caller = Context['caller']

const deviceOf = ({ address, device, deviceToken, hostWindow }: Caller) => ({
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
function enterAs({ effects }: Caller, { live }: Services, entered: Entered) {
  const { account, session, deviceToken, remember, ended } = entered
  if (deviceToken !== undefined) effects.rememberDevice(deviceToken)
  effects.startSession({ ...session, accountId: account.id, remember })
  live.end(ended)
  return { account }
}

/** Cuts what is open of sessions whose state changed, after the door was told, and lets the account's other windows look. */
function tellOfChange({ live, announce }: Services, accountId: number, sessionIds: number[]): void {
  live.end(sessionIds)
  announce({ topic: 'session', accounts: [accountId] })
}

/**
 * Tells the door that nobody is to look any more, also where the disk refuses to write it down: what was meant to be closed must not stay
 * open. The refusal comes out afterwards.
 * @param tell told whether it was written
 */
async function inAnyCase(write: Promise<unknown>, tell: (isWritten: boolean) => void): Promise<void> {
  let isWritten = false
  try {
    await write
    isWritten = true
  } finally {
    tell(isWritten)
  }
}

/** One click is no way back to an account that administers: its remembered session asks for the password once it was left. */
const isLockedWhenLeft = (by: AccountPrincipal) => heldBy(by).has('administer')

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
async function makeRoom(tx: Tx, { principal: by, memory }: Caller, { next, isNew }: Coming) {
  const changed: number[] = []
  const stays = by.kind === 'account' && memory.keepsThis
  if (!stays && (by.kind === 'account' || by.kind === 'locked'))
    changed.push(...(await endSession(tx, by.sessionId)))
  if (
    stays &&
    by.accountId !== next &&
    isLockedWhenLeft(by) &&
    (await lockSession(tx, by.sessionId, 'person'))
  )
    changed.push(by.sessionId)
  const token = isNew ? memory.unusedTokenOf(next) : null
  if (token !== null) changed.push(...(await endSession(tx, { token })))
  return changed
}

/** Forgets what {@link makeRoom} ended, once that is committed: a login that fails leaves everything as it was. */
function forgetBefore({ principal: by, memory }: Caller, next?: number): void {
  const keptLocked = memory.keepsThis && by.kind === 'locked'
  if (next !== undefined) memory.forget(next)
  if (keptLocked) memory.forget(by.accountId)
}

/** The session that this door remembers for an account, if it is open; one that does not hold any more is forgotten. */
async function rememberedSession({ memory }: Caller, { db, clock }: Services, accountId: number) {
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
