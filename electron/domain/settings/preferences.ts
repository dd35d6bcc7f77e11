import { and, eq } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import {
  BUILT_IN_PREFERENCES,
  PREFERENCE_KEYS,
  type PreferenceKey,
  type Preferences,
  preferencesSchema,
} from '../../contract/settings.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { accountSettings, settings } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordSettings } from './record-settings.ts'

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
  choices: Choices
  /** the choices also become (null: go back to being) the defaults of everyone who has not chosen; for super admins alone */
  alsoDefault: boolean
}

/**
 * Stores an account's own choices; answers whether a default of the household is another one now. Throws `Refusal` for an account
 * that lost its session or rights meanwhile.
 */
export async function writePreferences(
  { db, clock }: { db: Database; clock: Clock },
  by: AccountPrincipal,
  { choices, alsoDefault }: Writing,
): Promise<{ defaultsChanged: boolean }> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const { accountId } = by
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
    const defaults = { before: before.defaults, after: after.defaults, at: clock() }
    await recordSettings(tx, by, defaults, 'defaults.changed')
    return { defaultsChanged: PREFERENCE_KEYS.some((key) => before.defaults[key] !== after.defaults[key]) }
  })
}

async function writeDefault(tx: Tx, key: PreferenceKey, value: Preferences[PreferenceKey] | null) {
  await tx.delete(settings).where(eq(settings.key, defaultKey(key)))
  if (value !== null) await tx.insert(settings).values({ key: defaultKey(key), value })
}
