import { eq } from 'drizzle-orm'
import { type LibrarySettings, librarySettingsSchema } from '../../contract/library-settings.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { settings } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { type Actor, requireSameStanding } from '../accounts/rules.ts'
import { recordSettings } from './record-settings.ts'

/** What holds until an admin chooses. */
const DEFAULTS: LibrarySettings = { watch: true, rescan: { every: 'day', at: '03:00' }, ignore: [] }

const { shape } = librarySettingsSchema
const storedAs = (key: keyof LibrarySettings) => `library.${key}`

/** The household's library settings. A stored value that this version does not know counts as not set. */
export async function readLibrarySettings(read: Read | Tx): Promise<LibrarySettings> {
  const rows = await read.select().from(settings)
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  return {
    watch: shape.watch.safeParse(stored.get(storedAs('watch'))).data ?? DEFAULTS.watch,
    rescan: shape.rescan.safeParse(stored.get(storedAs('rescan'))).data ?? DEFAULTS.rescan,
    ignore: shape.ignore.safeParse(stored.get(storedAs('ignore'))).data ?? DEFAULTS.ignore,
  }
}

/**
 * Stores the settings given, undefined leaves one as it is; answers them all, as they were and as they are. Throws `Refusal` for an actor
 * that lost its session or rights meanwhile.
 */
export async function writeLibrarySettings(
  { db, clock }: { db: Database; clock: Clock },
  by: Actor,
  changes: { [K in keyof LibrarySettings]?: LibrarySettings[K] | undefined },
): Promise<{ before: LibrarySettings; after: LibrarySettings }> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const before = await readLibrarySettings(tx)
    for (const name of ['watch', 'rescan', 'ignore'] as const) {
      const value = changes[name]
      if (value === undefined) continue
      const key = storedAs(name)
      await tx.delete(settings).where(eq(settings.key, key))
      await tx.insert(settings).values({ key, value })
    }
    const after = await readLibrarySettings(tx)
    await recordSettings(tx, by, { before, after, at: clock() })
    return { before, after }
  })
}
