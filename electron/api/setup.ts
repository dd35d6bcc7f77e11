import { account, anyone } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { registrationIsOpen } from '../domain/accounts/registration.ts'
import { finishOnboarding, isOnboarding, setUp, setupIsOpen } from '../domain/accounts/setup.ts'
import { Refusal } from '../lib/refusal.ts'
import { pickOnHost } from './folders.ts'
import { procedure } from './procedure.ts'
import { deviceOf, enterAs } from './seat.ts'

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
