import { eq } from 'drizzle-orm'
import { type AdvancedSettings, advancedSettingsSchema } from '../../contract/advanced-settings.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { settings } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { type Actor, requireSameStanding } from '../accounts/rules.ts'
import { RECIPES } from '../media/pictures.ts'
import { voidPreviews } from '../scan/void-previews.ts'
import { recordSettings } from './record-settings.ts'

/** What holds until an admin chooses. */
const DEFAULTS: AdvancedSettings = {
  workers: 'auto',
  previewEdge: RECIPES.preview.edge,
  previewQuality: RECIPES.preview.quality,
}

const { shape } = advancedSettingsSchema
const storedAs = (key: keyof AdvancedSettings) => `advanced.${key}`

/** The household's advanced settings. A stored value that this version does not know counts as not set. */
export async function readAdvancedSettings(read: Read | Tx): Promise<AdvancedSettings> {
  const rows = await read.select().from(settings)
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  return {
    workers: shape.workers.safeParse(stored.get(storedAs('workers'))).data ?? DEFAULTS.workers,
    previewEdge:
      shape.previewEdge.safeParse(stored.get(storedAs('previewEdge'))).data ?? DEFAULTS.previewEdge,
    previewQuality:
      shape.previewQuality.safeParse(stored.get(storedAs('previewQuality'))).data ?? DEFAULTS.previewQuality,
  }
}

export type AdvancedChanges = { [K in keyof AdvancedSettings]?: AdvancedSettings[K] | undefined }

interface Writing {
  changes: AdvancedChanges
  by: Actor
  /** puts them in force; called before previews are marked, so that none of the old recipe is noted as one of the new */
  use: (after: AdvancedSettings) => void
}

/**
 * Stores the settings given, undefined leaves one as it is. Where previews are another size or quality now, all photos wait for theirs
 * again. Answers whether that is so. Throws `Refusal` for an actor that lost its session or rights meanwhile.
 */
export async function writeAdvancedSettings(
  { db, clock }: { db: Database; clock: Clock },
  { changes, by, use }: Writing,
): Promise<{ previewsWait: boolean }> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const before = await readAdvancedSettings(tx)
    for (const name of ['workers', 'previewEdge', 'previewQuality'] as const) {
      const value = changes[name]
      if (value === undefined) continue
      const key = storedAs(name)
      await tx.delete(settings).where(eq(settings.key, key))
      await tx.insert(settings).values({ key, value })
    }
    const after = await readAdvancedSettings(tx)
    await recordSettings(tx, by, { before, after, at: clock() })
    use(after)
    const previewsWait =
      before.previewEdge !== after.previewEdge || before.previewQuality !== after.previewQuality
    if (previewsWait) await voidPreviews(tx)
    return { previewsWait }
  })
}
