import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from '../api.ts'
import { queryKey } from '../queries.ts'
import { type Month, packMonth } from './month.ts'

const PACKED = 'packed'

/** The photos of a month, packed; kept until {@link TimelineModel} lets go of them, refreshed by hints. */
export const monthQuery = (month: string) =>
  queryOptions({
    queryKey: [...queryKey('timeline.month', { month }), PACKED] as const,
    queryFn: async () => packMonth(month, await call('timeline.month', { month })),
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
