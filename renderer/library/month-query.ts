import { hashKey, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { MonthPayload } from '../../electron/contract/photos.ts'
import { MONTH_PAGE } from '../../electron/contract/values.ts'
import { call } from '../api.ts'
import { queryKey } from '../queries.ts'
import { appendPage, type Month, packMonth } from './month.ts'
import type { PhotoList } from './photo-list.ts'

/** All of a month, page by page: so large a month as tens of thousands never holds up the server in one go. */
async function fetchMonth(list: PhotoList, month: string): Promise<MonthPayload> {
  const whole = await call('timeline.month', { ...list, month })
  for (let size = whole.ids.length; size === MONTH_PAGE; ) {
    const id = whole.ids.at(-1) ?? 0
    const takenAt = whole.takenAt.at(-1) ?? ''
    const page = await call('timeline.month', { ...list, month, after: { takenAt, id } })
    appendPage(whole, page)
    size = page.ids.length
  }
  return whole
}

const PACKED = 'packed'

/** The photos of a list's month, packed; kept until {@link TimelineModel} lets go of them, refreshed by hints. */
export const monthQuery = (list: PhotoList, month: string) =>
  queryOptions({
    queryKey: [...queryKey('timeline.month', { ...list, month }), PACKED] as const,
    queryFn: async () => packMonth(month, await fetchMonth(list, month)),
    // hints say when a month changed; comparing 70,000 entries one by one would take longer than a frame
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    retry: 2,
  })

/** The months held of a list, with the list each belongs to. */
const heldMonths = (client: QueryClient, wanted: (list: PhotoList) => boolean) =>
  client.getQueryCache().findAll({
    queryKey: ['timeline.month'],
    predicate: ({ queryKey: [, input, packed] }) => packed === PACKED && wanted(listOf(input)),
  })

/** The list a month was asked for in; keys are made by {@link monthQuery} alone. */
function listOf(input: unknown): PhotoList {
  const { month: _, ...list } = input as PhotoList & { month: string } // see above
  return list
}

/** Whether two lists hold the same photos by what they ask for. */
const sameList = (a: PhotoList, b: PhotoList) => hashKey([a]) === hashKey([b])

/** Where a photo is among the months held of a list: its month and its index there; null when none of them has it. */
export function findPhoto(
  client: QueryClient,
  list: PhotoList,
  id: number,
): { month: Month; index: number } | null {
  for (const { queryKey } of heldMonths(client, (each) => sameList(each, list))) {
    const month = client.getQueryData<Month>(queryKey)
    const index = month?.ids.indexOf(id) ?? -1
    if (month && index >= 0) return { month, index }
  }
  return null
}

/** Lets go of the months of lists left behind: all but the one shown and the timeline, which is come back to most. */
export function forgetOtherLists(client: QueryClient, list: PhotoList): void {
  for (const query of heldMonths(client, (each) => !sameList(each, list) && !sameList(each, {})))
    if (!query.isActive()) client.getQueryCache().remove(query)
}
