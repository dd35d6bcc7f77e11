import { account } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { readPreferences, writePreferences } from '../domain/settings/preferences.ts'
import { procedure } from './procedure.ts'

export const settingsProcedures = {
  'settings.get': procedure({
    ...contract['settings.get'],
    allow: account,
    run: ({ by, services: { db } }) => readPreferences(db.read, by.accountId),
  }),
  'settings.set': procedure({
    ...contract['settings.set'],
    allow: account,
    async run({ by, input, services: { db, announce } }) {
      await writePreferences(db, by.accountId, input)
      announce({ topic: 'settings', accounts: [by.accountId] })
      return readPreferences(db.read, by.accountId)
    },
  }),
}
