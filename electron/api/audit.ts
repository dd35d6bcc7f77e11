import { account, whoever } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { knownActors, listEntries, ownEntries } from '../domain/audit/read.ts'
import { procedure } from './procedure.ts'

export const auditProcedures = {
  /** Everybody who administers reads all of it, what super admins did and what was done to them too: it holds no secret, and admins watch each other. */
  'audit.list': procedure({
    ...contract['audit.list'],
    allow: whoever('administer'),
    async run({ input, services: { db } }) {
      return { ...(await listEntries(db.read, input)), actors: await knownActors(db.read) }
    },
  }),
  'audit.own': procedure({
    ...contract['audit.own'],
    allow: account,
    run: ({ by, input, services: { db } }) => ownEntries(db.read, by, input),
  }),
}
