import { accountOrOperator } from '../access/policies.ts'
import { reachableScope } from '../access/scope.ts'
import { contract } from '../contract/contract.ts'
import { recordExport } from '../domain/overlays/audit.ts'
import { exportPage } from '../domain/overlays/export.ts'
import { holderOf, requireSameHolder } from '../domain/overlays/holder.ts'
import { importPart } from '../domain/overlays/import.ts'
import { procedure } from './procedure.ts'

export const overlaysProcedures = {
  'overlays.export': procedure({
    ...contract['overlays.export'],
    allow: accountOrOperator,
    async run({ by, input: { accountId, after = null }, services: { db, clock, announce } }) {
      const holder = await holderOf(db.read, by, accountId)
      if (after === null) {
        const isNoted = await db.write(async (tx) => {
          await requireSameHolder(tx, by, holder)
          return recordExport(tx, by, holder, clock())
        })
        if (isNoted) announce({ topic: 'audit' })
      }
      return exportPage(db.read, await reachableScope(db.read, holder), holder, { after, now: clock() })
    },
  }),
  'overlays.import': procedure({
    ...contract['overlays.import'],
    allow: accountOrOperator,
    async run({ by, input, services }) {
      return importPart(services, by, input)
    },
  }),
}
