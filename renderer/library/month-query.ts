import { hashKey, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import type { MonthPayload } from '../../electron/contract/photos.ts'
import { type ApiFailure, call } from '../api.ts'
import { queryKey } from '../queries.ts'
import { isByHand, type Month, packMonth } from './month.ts'
import { type AskPage, readPages, readStretches } from './month-pages.ts'
import type { PhotoList } from './photo-list.ts'

/** The months of a list, with how many photos each has. */
export const monthsQuery = (list: PhotoList) =>
  queryOptions<Output<'timeline.months'>, ApiFailure>({
    queryKey: list.share === undefined ? queryKey('timeline.months', list) : queryKey('shares.months', list),
    queryFn: () =>
      list.share === undefined ? call('timeline.months', list) : call('shares.months', { share: list.share }),
  })

type Page = Omit<Input<'shares.month'>, 'share'>

const askMonth = (list: PhotoList, page: Page): Promise<MonthPayload> =>
  list.share === undefined
    ? call('timeline.month', { ...list, ...page })
    : call('shares.month', { share: list.share, ...page })

/** All of a month of a list. */
function fetchMonth(list: PhotoList, month: string): Promise<MonthPayload> {
  const ask: AskPage = (after) => askMonth(list, { month, ...(after && { after }) })
  // an order by hand and that of adding go on behind a photo alone, not behind a moment
  const byCapture = !isByHand({ month }) && list.filter?.by !== 'recent'
  return byCapture ? readStretches(ask, month) : readPages(ask)
}

const PACKED = 'packed'

const monthKey = (list: PhotoList, month: string) =>
  list.share === undefined
    ? queryKey('timeline.month', { ...list, month })
    : queryKey('shares.month', { share: list.share, month })

const MONTH_NAMES: ReadonlySet<unknown> = new Set<ProcedureName>(['timeline.month', 'shares.month'])

/** The photos of a list's month, packed; kept until {@link TimelineModel} lets go of them, refreshed by hints. */
export const monthQuery = (list: PhotoList, month: string) =>
  queryOptions({
    queryKey: [...monthKey(list, month), PACKED] as const,
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
    predicate: ({ queryKey: [name, input, packed] }) =>
      packed === PACKED && MONTH_NAMES.has(name) && wanted(listOf(input)),
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
