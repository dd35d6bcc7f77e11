import { and, eq, inArray, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { OverlayInput, SharedCaptionInput } from '../../contract/overlay.ts'
import type { PhotoAction } from '../../contract/photos.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { overlays, sharedCaptions } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { requirePhotos } from '../library/to-change.ts'

interface EditNeeds {
  db: Database
  clock: Clock
}

type Values = Pick<typeof overlays.$inferSelect, 'favourite' | 'rating' | 'caption'>

const NONE: Values = { favourite: false, rating: 0, caption: '' }

/** What each part needs. */
const ACTIONS = { favourite: 'favourite', rating: 'rate', caption: 'caption' } as const satisfies Record<
  keyof Values,
  PhotoAction
>
const PARTS = Object.keys(ACTIONS) as (keyof Values)[] // its keys are the parts

const isNone = (values: Values) => PARTS.every((part) => values[part] === NONE[part])

/**
 * Sets parts of the account's own overlay on photos, at most 500, all of them or none; answers those that had something else, and what
 * brings that back. Throws `Refusal` as `requirePhotos`.
 */
export async function setOverlay(
  { db, clock }: EditNeeds,
  by: AccountPrincipal,
  input: OverlayInput,
): Promise<{ changed: number[]; undo: OverlayInput[] }> {
  const parts = PARTS.filter((part) => input[part] !== undefined)
  return db.write(async (tx) => {
    const { ids } = await requirePhotos(
      tx,
      by,
      input.ids,
      parts.map((part) => ACTIONS[part]),
    )
    const before = await valuesOf(tx, by.accountId, ids)
    const rows = ids.map((id) => {
      const had = before.get(id) ?? NONE
      return { id, had, has: { ...had, ...pick(input, parts) } }
    })
    const changed = rows.filter(({ had, has }) => parts.some((part) => had[part] !== has[part]))
    await store(tx, by.accountId, changed, clock())
    const undo = parts.flatMap((part) => undoOf(part, changed))
    return { changed: changed.map(({ id }) => id), undo }
  })
}

interface Row {
  id: number
  had: Values
  has: Values
}

const pick = (input: OverlayInput, parts: readonly (keyof Values)[]): Partial<Values> =>
  Object.fromEntries(parts.map((part) => [part, input[part]]))

/** One input for each value that photos had before. */
function undoOf(part: keyof Values, rows: readonly Row[]): OverlayInput[] {
  const differ = rows.filter(({ had, has }) => had[part] !== has[part])
  return [...Map.groupBy(differ, ({ had }) => had[part])].map(([value, same]) => ({
    ids: same.map(({ id }) => id),
    [part]: value,
  }))
}

async function valuesOf(tx: Tx, accountId: number, ids: readonly number[]): Promise<Map<number, Values>> {
  const { photoId, favourite, rating, caption } = overlays
  const rows = await tx
    .select({ photoId, favourite, rating, caption })
    .from(overlays)
    .where(and(eq(overlays.accountId, accountId), inArray(photoId, [...ids])))
  return new Map(rows.map(({ photoId: id, ...values }) => [id, values]))
}

/** A photo of which nothing is said any more keeps no row. */
async function store(tx: Tx, accountId: number, rows: readonly Row[], updatedAt: number): Promise<void> {
  const emptied = rows.filter(({ has }) => isNone(has)).map(({ id }) => id)
  if (emptied.length > 0)
    await tx
      .delete(overlays)
      .where(and(eq(overlays.accountId, accountId), inArray(overlays.photoId, emptied)))
  const kept = rows.filter(({ has }) => !isNone(has))
  if (kept.length === 0) return
  const incoming = (column: string) => sql.raw(`excluded.${column}`)
  await tx
    .insert(overlays)
    .values(kept.map(({ id, has }) => ({ accountId, photoId: id, ...has, updatedAt })))
    .onConflictDoUpdate({
      target: [overlays.accountId, overlays.photoId],
      set: {
        favourite: incoming('favourite'),
        rating: incoming('rating'),
        caption: incoming('caption'),
        updatedAt: incoming('updated_at'),
      },
    })
}

/**
 * Sets the caption “for everyone with this folder” of photos, at most 500, all of them or none, or takes it away where it is empty; answers
 * those that had another one, what brings that back, and their areas. Throws `Refusal` as `requirePhotos`.
 */
export async function setSharedCaption(
  { db, clock }: EditNeeds,
  by: AccountPrincipal,
  input: SharedCaptionInput,
): Promise<{ changed: number[]; undo: SharedCaptionInput[]; areas: number[] }> {
  const { caption } = input
  return db.write(async (tx) => {
    const { ids, found } = await requirePhotos(tx, by, input.ids, ['captionForAll'])
    const rows = await tx.select().from(sharedCaptions).where(inArray(sharedCaptions.photoId, ids))
    const before = new Map(rows.map((row) => [row.photoId, row.caption]))
    const changed = ids.filter((id) => (before.get(id) ?? '') !== caption)
    if (changed.length > 0) await tx.delete(sharedCaptions).where(inArray(sharedCaptions.photoId, changed))
    const author = { accountId: by.accountId, updatedAt: clock() }
    if (changed.length > 0 && caption !== '')
      await tx.insert(sharedCaptions).values(changed.map((photoId) => ({ photoId, caption, ...author })))
    const undo = [...Map.groupBy(changed, (id) => before.get(id) ?? '')]
    const areas = found.filter(({ id }) => changed.includes(id)).map(({ areaId }) => areaId)
    return {
      changed,
      undo: undo.map(([former, same]) => ({ ids: same, caption: former })),
      areas: [...new Set(areas)],
    }
  })
}
