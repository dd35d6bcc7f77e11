import { accountOrOperator, accountWho } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { createAppPassword, listAppPasswords, revokeAppPassword } from '../domain/accounts/app-passwords.ts'
import { mayTouchSessions } from '../domain/accounts/revoke-session.ts'
import { invalidField, notFound } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'

/** App passwords: made by their account alone, listed and revoked by the rules for sessions, also where WebDAV is off by now. */
export const appPasswordsProcedures = {
  'appPasswords.create': procedure({
    ...contract['appPasswords.create'],
    allow: accountWho('webdav'),
    async run({ by, input, services }) {
      const made = await createAppPassword(services, by, input)
      services.announce({ topic: 'session', accounts: [by.accountId] })
      return made
    },
  }),
  'appPasswords.list': procedure({
    ...contract['appPasswords.list'],
    allow: accountOrOperator,
    async run({ by, input, services: { db } }) {
      const accountId = input.accountId ?? (by.kind === 'account' ? by.accountId : undefined)
      if (accountId === undefined) throw invalidField('accountId', 'required')
      if (!(await mayTouchSessions(db.read, by, accountId))) throw notFound()
      return { appPasswords: await listAppPasswords(db.read, accountId) }
    },
  }),
  'appPasswords.revoke': procedure({
    ...contract['appPasswords.revoke'],
    allow: accountOrOperator,
    async run({ by, input, services }) {
      const accountId = await revokeAppPassword(services, by, input.id)
      services.announce({ topic: 'session', accounts: [accountId] })
      return {}
    },
  }),
}
