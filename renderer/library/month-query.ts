import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { MonthPayload } from '../../electron/contract/photos.ts'
import { MONTH_PAGE } from '../../electron/contract/values.ts'
import { call } from '../api.ts'
import { queryKey } from '../queries.ts'
import { appendPage, type Month, packMonth } from './month.ts'

/** All of a month, page by page: so large a month as tens of thousands never holds up the server in one go. */
async function fetchMonth(month: string): Promise<MonthPayload> {
  const whole = await call('timeline.month', { month })
  for (let size = whole.ids.length; size === MONTH_PAGE; ) {
    const id = whole.ids.at(-1) ?? 0
    const takenAt = whole.takenAt.at(-1) ?? ''
    const page = await call('timeline.month', { month, after: { takenAt, id } })
    appendPage(whole, page)
    size = page.ids.length
  }
  return whole
}

const PACKED = 'packed'

/** The photos of a month, packed; kept until {@link TimelineModel} lets go of them, refreshed by hints. */
export const monthQuery = (month: string) =>
  queryOptions({
    queryKey: [...queryKey('timeline.month', { month }), PACKED] as const,
    queryFn: async () => packMonth(month, await fetchMonth(month)),
    // hints say when a month changed; comparing 70,000 entries one by one would take longer than a frame
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    retry: 2,
  })

/** Where a photo is among the months held: its month and its index there; null when none of them has it. */
export function findPhoto(client: QueryClient, id: number): { month: Month; index: number } | null {
  const held = client.getQueriesData<Month>({
    queryKey: ['timeline.month'],
    predicate: (query) => query.queryKey.includes(PACKED),
  })
  for (const [, month] of held) {
    const index = month?.ids.indexOf(id) ?? -1
    if (month && index >= 0) return { month, index }
  }
  return null
}
