import type { Database } from '../../db/connect.ts'
import type { JobContext } from '../jobs/work.ts'
import { countWaiting, renderWaiting } from './render-pass.ts'
import type { Rendering } from './rendering.ts'
import { markVoidPreviews } from './void-previews.ts'

interface PreviewNeeds {
  db: Database
  rendering: Rendering
  /** photos in work at a time */
  atOnce: () => number
}

/**
 * Makes the previews of an area's photos that a scan has left for later, newest first and behind all other work on pictures:
 * a viewer who opens one earlier has it made at once. Answers counts; throws as {@link renderWaiting} does.
 */
export async function makePreviews(
  { db, rendering, atOnce }: PreviewNeeds,
  areaId: number,
  context: JobContext,
): Promise<{ ready: number; broken: number }> {
  const { ready = 0, broken = 0 } = context.earlier ?? {}
  const counts = { ready, unsupported: 0, broken }
  const result = () => ({ ready: counts.ready, broken: counts.broken + counts.unsupported })
  let done = ready + broken
  const pass = { read: db.read, rendering, areaId, atOnce, counts }
  for (;;) {
    const recipe = rendering.previewRecipe()
    await markVoidPreviews(db, areaId, context.signal)
    const total = done + (await countWaiting(db.read, areaId, 'preview'))
    context.progress(done, total)
    await renderWaiting(pass, 'preview', context, () => {
      done += 1
      context.progress(done, total, result())
    })
    // made in another way meanwhile: those that were done wait again
    if (recipe === rendering.previewRecipe()) return result()
  }
}
