import { anyone } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { register } from '../domain/accounts/registration.ts'
import { procedure } from './procedure.ts'

export const registrationProcedures = {
  'registration.create': procedure({
    ...contract['registration.create'],
    allow: anyone,
    async run({ input, caller, services }) {
      await register(services, input, caller.address)
      return {}
    },
  }),
}
