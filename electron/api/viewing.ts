import { accountWho, seated } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { beginViewing, endViewing } from '../domain/accounts/viewing.ts'
import { procedure } from './procedure.ts'
import { tellOfChange } from './seat.ts'

/** Seeing Mantel as another account does, read-only. */
export const viewingProcedures = {
  'session.viewAs': procedure({
    ...contract['session.viewAs'],
    allow: accountWho('administer'),
    async run({ by, input, caller, services }) {
      await beginViewing(services, by, input.accountId)
      caller.effects.clearView()
      tellOfChange(services, by.accountId, [by.sessionId])
      // it stands in that account's own log now
      services.announce({ topic: 'session', accounts: [input.accountId] })
      return {}
    },
  }),
  'session.stopViewing': procedure({
    ...contract['session.stopViewing'],
    allow: seated,
    async run({ by, caller, services }) {
      if (by.kind === 'account') return {}
      await services.db.write((tx) => endViewing(tx, by.sessionId))
      caller.effects.clearView()
      tellOfChange(services, by.accountId, [by.sessionId])
      return {}
    },
  }),
}
