import { and, eq } from 'drizzle-orm'
import {
  BUILT_IN_PREFERENCES,
  PREFERENCE_KEYS,
  type PreferenceKey,
  type Preferences,
  preferencesSchema,
} from '../../contract/settings.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accountSettings, settings } from '../../db/schema.ts'

/** New choices: null takes one back, undefined leaves it as it is. */
type Choices = { [K in PreferenceKey]?: Preferences[K] | null | undefined }

const defaultKey = (key: PreferenceKey) => `default.${key}`

/** What an account gets, which of it is inherited, and what holds for everyone who has not chosen. */
export async function readPreferences(read: Read | Tx, accountId: number) {
  const own = await read.select().from(accountSettings).where(eq(accountSettings.accountId, accountId))
  const household = await read.select().from(settings)
  const chosen = chosenIn(own, (key) => key)
  const defaults = preferencesSchema.parse({ ...BUILT_IN_PREFERENCES, ...chosenIn(household, defaultKey) })
  const inherited = PREFERENCE_KEYS.map((key) => [key, !(key in chosen)])
  return {
    preferences: preferencesSchema.parse({ ...defaults, ...chosen }),
    // every key of the record is filled from the closed list
    inherited: Object.fromEntries(inherited) as Record<PreferenceKey, boolean>,
    defaults,
  }
}

/** What is stored, by its key. A value that this version does not know counts as not chosen. */
function chosenIn(
  rows: readonly { key: string; value: unknown }[],
  storedAs: (key: PreferenceKey) => string,
): Record<string, unknown> {
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  const known = PREFERENCE_KEYS.map((key) => [key, stored.get(storedAs(key))] as const)
  return Object.fromEntries(
    known.filter(([key, value]) => preferencesSchema.shape[key].safeParse(value).success),
  )
}

interface Writing {
  accountId: number
  choices: Choices
  /** the choices also become (null: go back to being) the defaults of everyone who has not chosen */
  alsoDefault: boolean
}

/**
 * Stores an account's choices; answers whether a default of the household is another one now. `check` runs first in the same
 * transaction and throws for whoever may not.
 */
export async function writePreferences(
  db: Database,
  { accountId, choices, alsoDefault }: Writing,
  check: (tx: Tx) => Promise<void>,
): Promise<{ defaultsChanged: boolean }> {
  return db.write(async (tx) => {
    await check(tx)
    const before = await readPreferences(tx, accountId)
    for (const key of PREFERENCE_KEYS) {
      const value = choices[key]
      if (value === undefined) continue
      const own = and(eq(accountSettings.accountId, accountId), eq(accountSettings.key, key))
      await tx.delete(accountSettings).where(own)
      if (value !== null) await tx.insert(accountSettings).values({ accountId, key, value })
      if (alsoDefault) await writeDefault(tx, key, value)
    }
    const after = await readPreferences(tx, accountId)
    return { defaultsChanged: PREFERENCE_KEYS.some((key) => before.defaults[key] !== after.defaults[key]) }
  })
}

async function writeDefault(tx: Tx, key: PreferenceKey, value: Preferences[PreferenceKey] | null) {
  await tx.delete(settings).where(eq(settings.key, defaultKey(key)))
  if (value !== null) await tx.insert(settings).values({ key: defaultKey(key), value })
}
