import { lookingOrOperator, whoever } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { readFlags, writeFlags } from '../domain/settings/flags.ts'
import { procedure } from './procedure.ts'

export const flagsProcedures = {
  'flags.get': procedure({
    ...contract['flags.get'],
    allow: lookingOrOperator,
    async run({ services: { db } }) {
      return { flags: await readFlags(db.read) }
    },
  }),
  'flags.set': procedure({
    ...contract['flags.set'],
    allow: whoever('superAdminister'),
    async run({ by, input, services }) {
      const { db, announce } = services
      const changed = await writeFlags(services, by, input.flags)
      if (changed.length > 0) {
        announce({ topic: 'settings' })
        // which photos are there, and what may be done with them
        announce({ topic: 'library' })
      }
      return { flags: await readFlags(db.read) }
    },
  }),
}
