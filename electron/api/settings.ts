import { readAreasInUse } from '../access/areas-in-use.ts'
import { account, whoever } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { readLibrarySettings, writeLibrarySettings } from '../domain/settings/library-settings.ts'
import { readPreferences, writePreferences } from '../domain/settings/preferences.ts'
import { startedBy } from './jobs.ts'
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
  'settings.library': procedure({
    ...contract['settings.library'],
    allow: whoever('administer'),
    run: ({ services: { db } }) => readLibrarySettings(db.read),
  }),
  'settings.setLibrary': procedure({
    ...contract['settings.setLibrary'],
    allow: whoever('administer'),
    async run({ by, input, services: { db, announce, lookAgain } }) {
      const { before, after } = await writeLibrarySettings(db, input)
      announce({ topic: 'settings' })
      if (JSON.stringify(before.ignore) !== JSON.stringify(after.ignore)) {
        const inUse = await readAreasInUse(db.read)
        await lookAgain.now(
          inUse.map(({ id }) => id),
          startedBy(by),
        )
      }
      return after
    },
  }),
}
