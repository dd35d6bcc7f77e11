import { eq } from 'drizzle-orm'
import { capabilitiesOf, capabilityTable } from '../access/capabilities.ts'
import { anyone, anySession, lockedSession, seated } from '../access/policies.ts'
import { eyesOf, isSeated, sitterOf } from '../access/principal.ts'
import { contract } from '../contract/contract.ts'
import { accounts, grants } from '../db/schema.ts'
import { logIn, unlock } from '../domain/accounts/login.ts'
import { countPending } from '../domain/accounts/registration.ts'
import { accountsKnownTo, endSession, lockSession, standingSession } from '../domain/accounts/sessions.ts'
import { isOnboarding } from '../domain/accounts/setup.ts'
import { endViewing } from '../domain/accounts/viewing.ts'
import { readPreferences } from '../domain/settings/preferences.ts'
import { Refusal } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'
import {
  deviceOf,
  enterAs,
  forgetBefore,
  inAnyCase,
  isLockedWhenLeft,
  makeRoom,
  rememberedSession,
  tellOfChange,
} from './seat.ts'

/** Who sits here: coming, leaving, locking. */
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
    allow: seated,
    async run({ by, caller, services }) {
      await inAnyCase(
        services.db.write((tx) => lockSession(tx, by.sessionId, 'person')),
        (isLocked) => {
          if (isLocked) caller.effects.clearView()
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
      const stays = isSeated(by) && caller.memory.keepsThis
      if (stays && !isLockedWhenLeft(sitterOf(by))) {
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
        await endViewing(tx, still.session.id)
        return makeRoom(tx, caller, coming)
      })
      forgetBefore(caller)
      return enterAs(caller, services, { ...found, remember: true, ended })
    },
  }),
  'session.me': procedure({
    ...contract['session.me'],
    allow: seated,
    async run({ by, caller, services: { db } }) {
      // the library is the viewed account's; language, theme and dates stay those of whoever looks
      const eyes = eyesOf(by)
      const [row] = await db.read.select().from(accounts).where(eq(accounts.id, eyes.accountId))
      if (!row) throw new Refusal('unauthenticated', { reason: 'session_over' })
      const { preferences } = await readPreferences(db.read, by.accountId)
      const { accountId: id, username, name } = by
      return {
        account: { ...row, mustChangePassword: eyes.mustChangePassword },
        viewing: by.kind === 'viewing' ? { by: { id, username, name } } : null,
        may: capabilityTable(eyes),
        preferences,
        hostWindow: caller.hostWindow,
        flags: eyes.flags,
        onboarding: by.kind === 'account' && (await isOnboarding(db.read, by.accountId)),
        folderCount: await db.read.$count(grants, eq(grants.accountId, eyes.accountId)),
        pendingCount: capabilitiesOf(eyes).has('administer') ? await countPending(db.read) : 0,
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
}
