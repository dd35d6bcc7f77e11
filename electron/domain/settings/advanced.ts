import type { AdvancedSettings } from '../../contract/advanced-settings.ts'
import type { Database } from '../../db/connect.ts'
import type { Clock } from '../../lib/clock.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import type { Actor } from '../accounts/rules.ts'
import type { PreviewRecipe } from '../media/pictures.ts'
import { type AdvancedChanges, readAdvancedSettings, writeAdvancedSettings } from './advanced-settings.ts'

/** The advanced settings in force. */
export interface Advanced {
  /** how many pictures are worked on at a time where no admin chose */
  readonly automaticWorkers: number
  /** how many pictures are worked on at a time */
  workers(): number
  /** how previews are made; the same object as long as that stays so */
  previewRecipe(): PreviewRecipe
  /**
   * Stores what is given and puts it in force at once; answers whether all photos wait for another preview now. Throws `Refusal` for an
   * actor that lost its session or rights meanwhile.
   */
  change(changes: AdvancedChanges, by: Actor): Promise<{ previewsWait: boolean }>
}

interface AdvancedNeeds {
  db: Database
  clock: Clock
  media: Pick<MediaClient, 'resize'>
  automaticWorkers: number
}

/** Reads the advanced settings and puts them in force, now and whenever they change. */
export async function createAdvanced({
  db,
  clock,
  media,
  automaticWorkers,
}: AdvancedNeeds): Promise<Advanced> {
  const first = await readAdvancedSettings(db.read)
  let workers = automaticWorkers
  let recipe: PreviewRecipe = { edge: first.previewEdge, quality: first.previewQuality }
  function use(settings: AdvancedSettings): void {
    workers = settings.workers === 'auto' ? automaticWorkers : settings.workers
    media.resize(workers)
    const { previewEdge: edge, previewQuality: quality } = settings
    if (recipe.edge !== edge || recipe.quality !== quality) recipe = { edge, quality }
  }
  use(first)
  return {
    automaticWorkers,
    workers: () => workers,
    previewRecipe: () => recipe,
    async change(changes, by) {
      try {
        return await writeAdvancedSettings({ db, clock }, { changes, by, use })
      } catch (error) {
        // what was put in force before it could be stored
        use(await readAdvancedSettings(db.read))
        throw error
      }
    },
  }
}
