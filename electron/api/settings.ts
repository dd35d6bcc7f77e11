import { readAreasInUse } from '../access/areas-in-use.ts'
import { account, looking, whoever } from '../access/policies.ts'
import type { AccountPrincipal } from '../access/principal.ts'
import { contract } from '../contract/contract.ts'
import type { Database } from '../db/connect.ts'
import { isSuper } from '../domain/accounts/rules.ts'
import { readLanSettings, writeLanSettings } from '../domain/lan/lan-settings.ts'
import { readAdvancedSettings } from '../domain/settings/advanced-settings.ts'
import { readLibrarySettings, writeLibrarySettings } from '../domain/settings/library-settings.ts'
import { readPreferences, writePreferences } from '../domain/settings/preferences.ts'
import { Refusal } from '../lib/refusal.ts'
import { startedBy } from './jobs.ts'
import { procedure } from './procedure.ts'
import type { Services } from './services.ts'

export const settingsProcedures = {
  'settings.get': procedure({
    ...contract['settings.get'],
    allow: looking,
    run: ({ by, services: { db } }) => stateOf(db, by),
  }),
  'settings.set': procedure({
    ...contract['settings.set'],
    allow: account,
    async run({ by, input: { alsoDefault = isSuper(by), ...choices }, services }) {
      const { db, announce } = services
      if (alsoDefault && !isSuper(by)) throw new Refusal('forbidden', { reason: 'super_admin_only' })
      const { defaultsChanged } = await writePreferences(services, by, { choices, alsoDefault })
      announce({ topic: 'settings', ...(defaultsChanged ? {} : { accounts: [by.accountId] }) })
      return stateOf(db, by)
    },
  }),
  'settings.advanced': procedure({
    ...contract['settings.advanced'],
    allow: whoever('administer'),
    run: ({ services: { db, advanced } }) => advancedOf(db, advanced),
  }),
  'settings.setAdvanced': procedure({
    ...contract['settings.setAdvanced'],
    allow: whoever('administer'),
    async run({ by, input, services: { db, announce, advanced, makePreviews } }) {
      const { previewsWait } = await advanced.change(input, by)
      announce({ topic: 'settings' })
      if (previewsWait) await makePreviews(startedBy(by))
      return advancedOf(db, advanced)
    },
  }),
  'settings.lan': procedure({
    ...contract['settings.lan'],
    allow: whoever('administer'),
    run: ({ services: { db } }) => readLanSettings(db.read),
  }),
  'settings.setLan': procedure({
    ...contract['settings.setLan'],
    allow: whoever('administer'),
    async run({ by, input, services }) {
      const after = await writeLanSettings(services, by, input)
      services.announce({ topic: 'settings' })
      return after
    },
  }),
  'lan.status': procedure({
    ...contract['lan.status'],
    allow: whoever('administer'),
    run: ({ services: { lan } }) => lan.status(),
  }),
  'settings.library': procedure({
    ...contract['settings.library'],
    allow: whoever('administer'),
    run: ({ services: { db } }) => readLibrarySettings(db.read),
  }),
  'settings.setLibrary': procedure({
    ...contract['settings.setLibrary'],
    allow: whoever('administer'),
    async run({ by, input, services }) {
      const { db, announce, lookAgain } = services
      const { before, after } = await writeLibrarySettings(services, by, input)
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

const advancedOf = async (db: Database, { automaticWorkers }: Services['advanced']) => ({
  ...(await readAdvancedSettings(db.read)),
  automaticWorkers,
})

const stateOf = async (db: Database, by: AccountPrincipal) => ({
  ...(await readPreferences(db.read, by.accountId)),
  maySetDefaults: isSuper(by),
})
