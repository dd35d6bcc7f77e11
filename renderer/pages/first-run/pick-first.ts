import type { MonthPayload } from '../../../electron/contract/photos.ts'

export interface FirstPicture {
  id: number
  version: number
}

/** The first `count` pictures that can be shown, in the order of the given months. */
export function pickFirst(months: readonly MonthPayload[], count: number): FirstPicture[] {
  const picked: FirstPicture[] = []
  for (const { ids, versions, states } of months)
    for (const [index, id] of ids.entries()) {
      if (picked.length === count) return picked
      const version = versions[index]
      if (states[index] === 'ready' && version !== undefined) picked.push({ id, version })
    }
  return picked
}
