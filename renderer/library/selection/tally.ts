import type { PhotoAction } from '../../../electron/contract/photos.ts'
import type { Chosen } from './selection.ts'

/** How many of the selected photos an action may be done with, by action; missing where none. */
export type Tally = ReadonlyMap<PhotoAction, number>

/** Counts what may be done with the selected photos. */
export function tallyOf(chosen: Iterable<Chosen>): Tally {
  // most share what may be done with them, so the many are counted first
  const alike = new Map<Chosen, number>()
  for (const one of chosen) alike.set(one, (alike.get(one) ?? 0) + 1)
  const tally = new Map<PhotoAction, number>()
  // the keys of `may` are the actions
  for (const [{ may }, count] of alike)
    for (const [action, allowed] of Object.entries(may ?? {}))
      if (allowed) tally.set(action as PhotoAction, (tally.get(action as PhotoAction) ?? 0) + count)
  return tally
}

/** Whether all selected photos that may be favourites are. */
export function allFavourites(chosen: Iterable<Chosen>): boolean {
  for (const { may, favourite } of chosen) if (may?.favourite && !favourite) return false
  return true
}

/** The selected photos that an action may be done with. */
export function allowedOf(chosen: ReadonlyMap<number, Chosen>, action: PhotoAction): number[] {
  const ids: number[] = []
  for (const [id, { may }] of chosen) if (may?.[action]) ids.push(id)
  return ids
}
