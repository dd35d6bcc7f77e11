import { whoever } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { previewRemoval, removeAccount } from '../domain/accounts/remove.ts'
import { listRemoved } from '../domain/accounts/removed.ts'
import { purgeNow, restoreAccount } from '../domain/accounts/restore.ts'
import { startedBy } from './jobs.ts'
import { procedure } from './procedure.ts'

export const removalProcedures = {
  'accounts.remove': procedure({
    ...contract['accounts.remove'],
    allow: whoever('administer'),
    async run({ by, input: { id, mode = 'keep', transferTo }, services }) {
      const removal = { id, mode, transferTo }
      return { restorableUntil: await removeAccount(services, by, removal, startedBy(by)) }
    },
  }),
  'accounts.previewRemove': procedure({
    ...contract['accounts.previewRemove'],
    allow: whoever('administer'),
    run: ({ by, input, services }) => previewRemoval(services, by, input.id),
  }),
  'accounts.removed': procedure({
    ...contract['accounts.removed'],
    allow: whoever('administer'),
    async run({ by, services: { db, clock } }) {
      return { accounts: await listRemoved(db.read, by, clock()) }
    },
  }),
  'accounts.restore': procedure({
    ...contract['accounts.restore'],
    allow: whoever('administer'),
    async run({ by, input, services }) {
      return { id: input.id, username: await restoreAccount(services, by, input) }
    },
  }),
  'accounts.purge': procedure({
    ...contract['accounts.purge'],
    allow: whoever('administer'),
    async run({ by, input, services }) {
      await purgeNow(services, by, input.id, startedBy(by))
      return {}
    },
  }),
}
