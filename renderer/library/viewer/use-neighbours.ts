import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Photo, PhotoMay } from '../../../electron/contract/photos.ts'
import { type Month, mayWith, takenAtOf } from '../month.ts'
import { findPhoto, monthQuery } from '../month-query.ts'
import { useListPlace } from '../photo-list.ts'
import type { MonthCount } from '../timeline/geometry.ts'

/** What the viewer knows of a photo from its month, before anything about itself was asked. */
export interface Glimpse {
  id: number
  version: number
  kind: Photo['kind']
  state: Photo['state']
  ratio: number
  thumbhash: string | null
  takenAt: string
  may: PhotoMay | null
}

export interface Neighbours {
  here: Glimpse | null
  previous: Glimpse | null
  next: Glimpse | null
  /** counted from 1 along the timeline; null while its month is loading */
  ordinal: number | null
  total: number
}

/** From so near to a month's end on, the next one is loaded. */
const AHEAD = 4

function glimpse(month: Month | undefined, index: number): Glimpse | null {
  const id = month?.ids[index]
  if (!month || id === undefined) return null
  return {
    id,
    version: month.versions[index] ?? 0,
    kind: month.kinds[index] ?? 'image',
    state: month.states[index] ?? 'ready',
    ratio: month.ratios[index] ?? 1,
    thumbhash: month.thumbhashes[index] ?? null,
    takenAt: takenAtOf(month, index),
    may: mayWith(month, index),
  }
}

/**
 * The photo before and after one in the timeline's order, across months.
 * @param photo what was asked about it; only needed where no held month has it
 */
export function useNeighbours(
  id: number,
  photo: Photo | undefined,
  months: readonly MonthCount[],
): Neighbours {
  const client = useQueryClient()
  const { list } = useListPlace()
  const name = findPhoto(client, list, id)?.month.month ?? photo?.takenAt.slice(0, 7) ?? null
  const { data: month } = useQuery({ ...monthQuery(list, name ?? ''), enabled: name !== null })
  const index = month?.ids.indexOf(id) ?? -1
  const at = months.findIndex((each) => each.month === name)
  const count = month?.count ?? 0
  const newer = useMonth(months[at - 1], index >= 0 && index < AHEAD)
  const older = useMonth(months[at + 1], index >= 0 && index >= count - AHEAD)

  const total = months.reduce((sum, each) => sum + each.count, 0)
  if (!month || index < 0) return { here: null, previous: null, next: null, ordinal: null, total }
  const before = months.slice(0, Math.max(0, at)).reduce((sum, each) => sum + each.count, 0)
  return {
    here: glimpse(month, index),
    previous: index > 0 ? glimpse(month, index - 1) : glimpse(newer, (newer?.count ?? 0) - 1),
    next: index < count - 1 ? glimpse(month, index + 1) : glimpse(older, 0),
    ordinal: at >= 0 ? before + index + 1 : null,
    total,
  }
}

function useMonth(entry: MonthCount | undefined, needed: boolean): Month | undefined {
  const { list } = useListPlace()
  return useQuery({ ...monthQuery(list, entry?.month ?? ''), enabled: needed && entry !== undefined }).data
}

/** Finds the first or last photo of the timeline; null in an empty one. */
export function useEnds(months: readonly MonthCount[]): (end: 'first' | 'last') => Promise<number | null> {
  const client = useQueryClient()
  const { list } = useListPlace()
  return async (end) => {
    const entry = end === 'first' ? months[0] : months.at(-1)
    if (!entry) return null
    const month = await client.fetchQuery(monthQuery(list, entry.month))
    return (end === 'first' ? month.ids[0] : month.ids.at(-1)) ?? null
  }
}
