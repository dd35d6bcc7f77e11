import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useFailureText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'
import { useMaybeMe } from '../../me.ts'
import { useBulk } from '../bulk/bulk-area.tsx'
import { monthQuery } from '../month-query.ts'
import type { PhotoList } from '../photo-list.ts'
import type { TimelineModel } from '../timeline/model.ts'
import { Selecting } from './selecting.ts'
import type { Listed } from './selection.ts'

/** Selecting from the list that a timeline shows, for as long as it is shown. */
export function useSelecting(list: PhotoList, model: TimelineModel): Selecting {
  const client = useQueryClient()
  const [selecting] = useState(
    () =>
      new Selecting({
        months: () => model.geometry().months,
        held(month) {
          const drawn = model.view().wanted.includes(month)
          // what is out of sight may be out of date
          const stale = client.getQueryState(monthQuery(list, month).queryKey)?.isInvalidated === true
          return drawn || !stale ? model.dataOf(model.monthIndex(month)) : null
        },
        async load(month): Promise<Listed> {
          const query = monthQuery(list, month)
          const known = client.getQueryState(query.queryKey) !== undefined
          const { count, ids, may, mayOf, favourites } = await client.fetchQuery(query)
          // what nobody looks at is not held for this
          if (!known) client.removeQueries({ queryKey: query.queryKey, type: 'inactive' })
          return { month, count, ids, may, mayOf, favourites }
        },
      }),
  )
  useEffect(() => () => selecting.stop(), [selecting])
  return selecting
}

/** Runs what may fail for want of the server, and says so then. */
export function useSaid(): (work: Promise<unknown>) => void {
  const toast = useToast()
  const text = useFailureText()
  return (work) => {
    work.catch((error) => toast(text(error), { bad: true }))
  }
}

/**
 * Lets photos that left the list leave the selection: after each answer on the list's months, which are asked for again whenever something in
 * it may have changed, and when somebody's rights did.
 * @param answeredAt when the months were answered
 */
export function useFollow(selecting: Selecting, answeredAt: number): void {
  const me = useMaybeMe()
  const { busy } = useBulk()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer that says the same may stand for other photos
  useEffect(() => {
    // each piece of a bulk action changes the list: it is read again once, at the end
    if (busy) return
    // the server being away is told elsewhere, and asked again after
    selecting.follow().catch(() => undefined)
  }, [selecting, answeredAt, me, busy])
}
