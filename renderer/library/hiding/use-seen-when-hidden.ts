import { useQuery } from '@tanstack/react-query'
import { call } from '../../api.ts'
import { queryKey } from '../../queries.ts'
import { PIECE } from '../bulk/run.ts'
import { addSeers, type Seer } from './seers.ts'

/** Who goes on seeing photos once they are archived or private, however many they are. */
export const useSeenWhenHidden = (ids: readonly number[]) =>
  useQuery({
    queryKey: queryKey('photos.seenWhenHidden', { ids: [...ids] }),
    async queryFn({ signal }) {
      let seers: Seer[] = []
      for (let from = 0; from < ids.length; from += PIECE) {
        const { seenBy } = await call('photos.seenWhenHidden', { ids: ids.slice(from, from + PIECE) })
        signal.throwIfAborted()
        seers = addSeers(seers, seenBy)
      }
      return seers
    },
    // asked anew for each dialog
    gcTime: 0,
  })
