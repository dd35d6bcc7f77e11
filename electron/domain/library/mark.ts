import { inArray } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Marks, PhotoAction } from '../../contract/photos.ts'
import type { Database } from '../../db/connect.ts'
import { photos } from '../../db/schema.ts'
import { requirePhotos } from './to-change.ts'

/** What a mark needs. */
const ACTIONS = { archived: 'archive', private: 'private' } as const satisfies Record<string, PhotoAction>
const MARKS = Object.keys(ACTIONS) as (keyof typeof ACTIONS)[] // its keys are the marks

/**
 * Marks photos, at most 500, all of them or none; answers those that were marked otherwise before, what brings that back, and their
 * areas. Throws `Refusal` as `requirePhotos`.
 */
export async function markPhotos(
  db: Database,
  by: AccountPrincipal,
  input: Marks,
): Promise<{ changed: number[]; undo: Marks[]; areas: number[] }> {
  const marks = MARKS.filter((mark) => input[mark] !== undefined)
  return db.write(async (tx) => {
    const { found } = await requirePhotos(
      tx,
      by,
      input.ids,
      marks.map((mark) => ACTIONS[mark]),
    )
    const undo: Marks[] = []
    for (const mark of marks) {
      const value = input[mark] === true
      const ids = found.filter((photo) => photo[mark] !== value).map(({ id }) => id)
      if (ids.length === 0) continue
      await tx
        .update(photos)
        .set({ [mark]: value })
        .where(inArray(photos.id, ids))
      undo.push({ ids, [mark]: !value })
    }
    const changed = new Set(undo.flatMap(({ ids }) => ids))
    const areas = found.filter(({ id }) => changed.has(id)).map(({ areaId }) => areaId)
    return { changed: [...changed], undo, areas: [...new Set(areas)] }
  })
}
