import { whoever } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { procedure } from './procedure.ts'

export const storageProcedures = {
  'storage.usage': procedure({
    ...contract['storage.usage'],
    allow: whoever('administer'),
    run: ({ services: { storage } }) => storage.usage(),
  }),
}
