import { useQueryClient } from '@tanstack/react-query'
import { HAND_MONTH } from '../../../electron/contract/values.ts'
import { call } from '../../api.ts'
import { arrangeInAlbum } from '../bulk/acts.ts'
import type { Month } from '../month.ts'
import { monthQuery } from '../month-query.ts'
import { useListPlace } from '../photo-list.ts'
import { useWork } from '../selection/use-work.ts'
import { arranged } from './album-order.ts'
import { rearranged } from './rearranged.ts'

/** The order by hand of the album that is shown. */
export interface Order {
  /** all of its photos; null where it has no order by hand, or it is not there yet */
  ids(): readonly number[] | null
  /**
   * Puts photos in front of one that is not among them, or at the end (null), in the order they have: seen at once, told afterwards, with the
   * way back. Answers the photos in their new order; null where there is none.
   */
  put(moved: ReadonlySet<number>, before: number | null): Promise<Month | null>
}

/** The order by hand of the album that is shown; null in any other list. */
export function useOrder(): Order | null {
  const { list } = useListPlace()
  const client = useQueryClient()
  const work = useWork()
  const { filter } = list
  if (filter?.by !== 'album') return null
  const { queryKey } = monthQuery(list, HAND_MONTH)
  return {
    ids: () => client.getQueryData(queryKey)?.ids ?? null,
    async put(moved, before) {
      // an answer that is under way would bring back what was
      await client.cancelQueries({ queryKey })
      const data = client.getQueryData(queryKey)
      if (!data) return null
      const next = rearranged(data, arranged(data.ids, moved, before))
      client.setQueryData(queryKey, next)
      const act = arrangeInAlbum(call, filter.albumId, before)
      const inOrder = data.ids.filter((id) => moved.has(id))
      work('move', inOrder, (ids) =>
        act(ids).catch((error: unknown) => {
          void client.invalidateQueries({ queryKey })
          throw error
        }),
      )
      return next
    },
  }
}
