import { account, whoever } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import {
  beginFactor,
  clearFactor,
  confirmFactor,
  disableFactor,
  factorStatus,
  renewRecoveryCodes,
} from '../domain/accounts/second-factor.ts'
import { procedure } from './procedure.ts'

/** The second factor: everybody their own, and admins clear others'. */
export const totpProcedures = {
  'totp.status': procedure({
    ...contract['totp.status'],
    allow: account,
    run: ({ by, services }) => factorStatus(services, by.accountId),
  }),
  'totp.begin': procedure({
    ...contract['totp.begin'],
    allow: account,
    run: ({ by, input, services }) => beginFactor(services, by, input.currentPassword),
  }),
  'totp.confirm': procedure({
    ...contract['totp.confirm'],
    allow: account,
    async run({ by, input, caller: { deviceToken }, services }) {
      return { recoveryCodes: await confirmFactor(services, by, { ...input, deviceToken }) }
    },
  }),
  'totp.disable': procedure({
    ...contract['totp.disable'],
    allow: account,
    async run({ by, input, services }) {
      await disableFactor(services, by, input)
      return {}
    },
  }),
  'totp.renewCodes': procedure({
    ...contract['totp.renewCodes'],
    allow: account,
    async run({ by, input, services }) {
      return { recoveryCodes: await renewRecoveryCodes(services, by, input) }
    },
  }),
  'totp.clear': procedure({
    ...contract['totp.clear'],
    allow: whoever('administer'),
    async run({ by, input, services }) {
      await clearFactor(services, by, input.accountId)
      return {}
    },
  }),
}
