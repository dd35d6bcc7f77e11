import { accountOrOperator } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { mayTouchSessions, revokeSession } from '../domain/accounts/revoke-session.ts'
import { listSessions } from '../domain/accounts/sessions.ts'
import { notFound } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'
import { tellOfChange } from './seat.ts'

/** The sessions of an account, its own or another's; for the operator, of all. */
export const sessionsProcedures = {
  'sessions.list': procedure({
    ...contract['sessions.list'],
    allow: accountOrOperator,
    async run({ by, input, services: { db, clock } }) {
      const own = by.kind === 'account' ? by : null
      const accountId = input.accountId ?? own?.accountId
      if (accountId !== undefined && !(await mayTouchSessions(db.read, by, accountId))) throw notFound()
      const rows = await listSessions(db.read, clock(), accountId)
      return { sessions: rows.map((row) => ({ ...row, current: row.id === own?.sessionId })) }
    },
  }),
  'sessions.revoke': procedure({
    ...contract['sessions.revoke'],
    allow: accountOrOperator,
    async run({ by, input, caller, services }) {
      const accountId = await revokeSession(services, by, input.id)
      if (by.kind === 'account' && input.id === by.sessionId) caller.effects.endSession()
      tellOfChange(services, accountId, [input.id])
      return {}
    },
  }),
}
