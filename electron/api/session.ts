import { eq } from 'drizzle-orm'
import { capabilitiesOf, capabilityTable } from '../access/capabilities.ts'
import { account, accountAtAll, anyone, anySession } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { accounts, grants, sessions } from '../db/schema.ts'
import { logIn } from '../domain/accounts/login.ts'
import { countPending, registrationIsOpen } from '../domain/accounts/registration.ts'
import { isSuper } from '../domain/accounts/rules.ts'
import { accountsKnownTo, listSessions } from '../domain/accounts/sessions.ts'
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
    async run({ input, caller, services }) {
      const done = await logIn(services, { ...input, ...deviceOf(caller) })
      return enterAs(caller, done)
    },
  }),
  'session.logout': procedure({
    ...contract['session.logout'],
    allow: anySession,
    async run({ by, caller, services: { db, live } }) {
      await db.write((tx) => tx.delete(sessions).where(eq(sessions.id, by.sessionId)))
      caller.effects.endSession()
      live.end([by.sessionId])
      return {}
    },
  }),
  'session.me': procedure({
    ...contract['session.me'],
    allow: accountAtAll,
    async run({ by, caller, services: { db } }) {
      const [row] = await db.read.select().from(accounts).where(eq(accounts.id, by.accountId))
      if (!row) throw new Refusal('unauthenticated')
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
    async run({ caller, services: { db } }) {
      return { accounts: await accountsKnownTo(db.read, caller.deviceToken) }
    },
  }),
  'sessions.list': procedure({
    ...contract['sessions.list'],
    allow: account,
    async run({ by, input: { accountId = by.accountId }, services }) {
      if (!(await mayTouchSessions(services, by, accountId))) throw notFound()
      const rows = await listSessions(services.db.read, accountId, services.clock())
      return { sessions: rows.map((row) => ({ ...row, current: row.id === by.sessionId })) }
    },
  }),
  'sessions.revoke': procedure({
    ...contract['sessions.revoke'],
    allow: account,
    async run({ by, input, caller, services }) {
      const { db, live, announce } = services
      const [session] = await db.read.select().from(sessions).where(eq(sessions.id, input.id))
      if (!session || !(await mayTouchSessions(services, by, session.accountId))) throw notFound()
      await db.write((tx) => tx.delete(sessions).where(eq(sessions.id, session.id)))
      if (session.id === by.sessionId) caller.effects.endSession()
      live.end([session.id])
      announce({ topic: 'session', accounts: [session.accountId] })
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
      return enterAs(caller, await setUp(services, { ...first, ...deviceOf(caller) }))
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

const deviceOf = ({ address, device, deviceToken }: Caller) => ({ address, device, deviceToken })

interface Entered {
  account: typeof accounts.$inferSelect
  session: { token: string; expiresAt: number }
  deviceToken: string
}

/** Hands the tokens to the door and the account to the page. */
function enterAs({ effects }: Caller, { account, session, deviceToken }: Entered) {
  effects.rememberDevice(deviceToken)
  effects.startSession(session.token, session.expiresAt)
  return { account }
}

/** Own sessions; admins everybody's, but a super admin's only a super admin. */
async function mayTouchSessions(
  { db }: Services,
  by: Parameters<typeof isSuper>[0] & { accountId: number },
  accountId: number,
) {
  if (accountId === by.accountId) return true
  if (!capabilitiesOf(by).has('administer')) return false
  const [target] = await db.read.select().from(accounts).where(eq(accounts.id, accountId))
  return target !== undefined && (!target.superAdmin || isSuper(by))
}
