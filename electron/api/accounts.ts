import { capabilitiesOf } from '../access/capabilities.ts'
import { accountAtAllOrOperator, mayNameAnyFolder, whoever } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { changePassword } from '../domain/accounts/change-password.ts'
import { listAccounts } from '../domain/accounts/list.ts'
import { createAccount, findAccount, updateAccount } from '../domain/accounts/manage.ts'
import { isSelf, requireEdit } from '../domain/accounts/rules.ts'
import { notFound } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'

export const accountsProcedures = {
  'accounts.list': procedure({
    ...contract['accounts.list'],
    allow: whoever('administer'),
    async run({ by, services: { db } }) {
      return { accounts: await listAccounts(db.read, by) }
    },
  }),
  'accounts.create': procedure({
    ...contract['accounts.create'],
    allow: whoever('administer'),
    async run({ by, input, caller, services }) {
      const id = await createAccount(services, by, input, mayNameAnyFolder(by, caller.hostWindow))
      const [made] = await listAccounts(services.db.read, by, id)
      if (!made) throw notFound()
      return { id, account: made }
    },
  }),
  'accounts.update': procedure({
    ...contract['accounts.update'],
    allow: whoever('administer'),
    async run({ by, input, caller, services }) {
      await updateAccount(services, by, input, mayNameAnyFolder(by, caller.hostWindow))
      const [changed] = await listAccounts(services.db.read, by, input.id)
      if (!changed) throw notFound()
      return { id: input.id, account: changed }
    },
  }),
  'accounts.preview': procedure({
    ...contract['accounts.preview'],
    allow: whoever('administer'),
    async run({ by, input, caller, services: { db, folders } }) {
      const { id: accountId } = input
      if (accountId !== undefined) requireEdit(by, await findAccount(db, accountId), {})
      const mayName = mayNameAnyFolder(by, caller.hostWindow)
      return folders.preview(input.folders, { mayName, ...(accountId !== undefined && { accountId }) }, by)
    },
  }),
  'accounts.changePassword': procedure({
    ...contract['accounts.changePassword'],
    allow: accountAtAllOrOperator,
    async run({ by, input, caller, services }) {
      if (!isSelf(by, input.id) && !capabilitiesOf(by).has('administer')) throw notFound()
      await changePassword(services, by, { ...input, deviceToken: caller.deviceToken })
      return {}
    },
  }),
}
