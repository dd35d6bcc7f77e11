import { and, eq } from 'drizzle-orm'
import { type Preferences, preferencesSchema } from '../../contract/settings.ts'
import type { Database, Read } from '../../db/connect.ts'
import { accountSettings } from '../../db/schema.ts'

/** What holds for people who have not chosen. */
const DEFAULTS: Preferences = { theme: 'system', language: 'system' }

type Key = keyof Preferences
const KEYS: readonly Key[] = ['theme', 'language']

/** An account's preferences, and which of them it inherits. A stored value this version does not know counts as not chosen. */
export async function readPreferences(db: Read, accountId: number) {
  const rows = await db.select().from(accountSettings).where(eq(accountSettings.accountId, accountId))
  const stored = Object.fromEntries(rows.map(({ key, value }) => [key, value]))
  const chosen = preferencesSchema
    .partial()
    .parse(
      Object.fromEntries(KEYS.map((key) => [key, preferencesSchema.shape[key].safeParse(stored[key]).data])),
    )
  return {
    preferences: { theme: chosen.theme ?? DEFAULTS.theme, language: chosen.language ?? DEFAULTS.language },
    inherited: { theme: chosen.theme === undefined, language: chosen.language === undefined },
  }
}

/** Stores choices; null goes back to the inherited value, undefined leaves as it is. */
export async function writePreferences(
  db: Database,
  accountId: number,
  choices: { [K in Key]?: Preferences[K] | null | undefined },
): Promise<void> {
  await db.write(async (tx) => {
    for (const key of KEYS) {
      const value = choices[key]
      if (value === undefined) continue
      const where = and(eq(accountSettings.accountId, accountId), eq(accountSettings.key, key))
      await tx.delete(accountSettings).where(where)
      if (value !== null) await tx.insert(accountSettings).values({ accountId, key, value })
    }
  })
}
