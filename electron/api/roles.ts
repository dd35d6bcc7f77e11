import { whoever } from '../access/policies.ts'
import { RIGHTS } from '../access/rights.ts'
import { contract } from '../contract/contract.ts'
import type { Extent, Right } from '../contract/roles.ts'
import { ROLES } from '../contract/roles.ts'
import { procedure } from './procedure.ts'

export const rolesProcedures = {
  'roles.list': procedure({
    ...contract['roles.list'],
    allow: whoever('administer'),
    async run() {
      return {
        roles: ROLES.map((role) => {
          const row = Object.entries(RIGHTS).map(([right, extents]) => [right, extents[role]])
          // every right of the table, with its extent for this role
          return { role, rights: Object.fromEntries(row) as Record<Right, Extent> }
        }),
      }
    },
  }),
}
