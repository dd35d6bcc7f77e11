import { account } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { mayTouchSessions, revokeSession } from '../domain/accounts/revoke-session.ts'
import { listSessions } from '../domain/accounts/sessions.ts'
import { notFound } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'
import { tellOfChange } from './seat.ts'

/** The sessions of an account, its own or another's. */
export const sessionsProcedures = {
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
      const accountId = await revokeSession(services, by, input.id)
      if (input.id === by.sessionId) caller.effects.endSession()
      tellOfChange(services, accountId, [input.id])
      return {}
    },
  }),
}
