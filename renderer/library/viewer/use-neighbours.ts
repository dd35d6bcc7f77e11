import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Photo, PhotoMay } from '../../../electron/contract/photos.ts'
import { isByHand, type Month, mayWith, takenAtOf } from '../month.ts'
import { findPhoto, monthQuery } from '../month-query.ts'
import { useListPlace } from '../photo-list.ts'
import type { MonthCount } from '../timeline/geometry.ts'

/** What the viewer knows of a photo from its month, before anything about itself was asked. */
export interface Glimpse {
  id: number
  version: number
  /** the link through which it is seen; undefined in the library */
  share: number | undefined
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

const withDate = (glimpse: Glimpse | null, photo: Photo | undefined) =>
  glimpse && photo ? { ...glimpse, takenAt: photo.takenAt } : glimpse

/** From so near to a month's end on, the next one is loaded. */
const AHEAD = 4

function glimpse(month: Month | undefined, index: number, share: number | undefined): Glimpse | null {
  const id = month?.ids[index]
  if (!month || id === undefined) return null
  return {
    id,
    version: month.versions[index] ?? 0,
    share,
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
  const { list } = useListPlace()
  const name = useHomeMonth(id, photo, months)
  const { data: month } = useQuery({ ...monthQuery(list, name ?? ''), enabled: name !== null })
  const index = month?.ids.indexOf(id) ?? -1
  const place = months.findIndex((each) => each.month === name)
  const count = month?.count ?? 0
  const newer = useMonth(months[place - 1], index >= 0 && index < AHEAD)
  const older = useMonth(months[place + 1], index >= 0 && index >= count - AHEAD)

  const total = months.reduce((sum, each) => sum + each.count, 0)
  if (!month || index < 0) return { here: null, previous: null, next: null, ordinal: null, total }
  const before = months.slice(0, Math.max(0, place)).reduce((sum, each) => sum + each.count, 0)
  const at = (of: Month | undefined, which: number) => glimpse(of, which, list.share)
  return {
    // a list may be of other dates: those of adding
    here: withDate(at(month, index), photo),
    previous: index > 0 ? at(month, index - 1) : at(newer, (newer?.count ?? 0) - 1),
    next: index < count - 1 ? at(month, index + 1) : at(older, 0),
    ordinal: place >= 0 ? before + index + 1 : null,
    total,
  }
}

/** The month of the list that holds a photo; null while that is not known. */
function useHomeMonth(id: number, photo: Photo | undefined, months: readonly MonthCount[]): string | null {
  const client = useQueryClient()
  const { list } = useListPlace()
  const held = findPhoto(client, list, id)?.month.month
  // of these lists the photo's own date does not tell the month, but they have few
  const byItsDate = list.filter?.by !== 'recent' && !months.some(isByHand)
  const search = useQuery({
    queryKey: ['library', 'home', list, id],
    enabled: held === undefined && !byItsDate,
    queryFn: async () => {
      for (const { month } of months) {
        const { ids } = await client.fetchQuery(monthQuery(list, month))
        if (ids.includes(id)) return month
      }
      return null
    },
  })
  return held ?? (byItsDate ? (photo?.takenAt.slice(0, 7) ?? null) : (search.data ?? null))
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
