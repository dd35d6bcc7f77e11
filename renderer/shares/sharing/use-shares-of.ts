import { useQueryClient } from '@tanstack/react-query'
import type { Input } from '../../../electron/contract/contract.ts'
import { call } from '../../api.ts'
import { useApi } from '../../queries.ts'
import { listInput, type ShareOf, sortShares } from './share-of.ts'

/** The procedures that change a share that is there. */
type Edit = 'shares.update' | 'shares.revoke' | 'shares.addPeople' | 'shares.setPart' | 'shares.removePeople'

/** Changes a share, and waits until what is shown of it is so too. */
export function useShareEdit() {
  const client = useQueryClient()
  return async <N extends Edit>(name: N, input: Input<N>): Promise<void> => {
    await call(name, input)
    const lists = ['shares.list', 'shares.overview'] as const
    await Promise.all(lists.map((list) => client.invalidateQueries({ queryKey: [list] })))
  }
}

/** The shares of what a dialog is about, and from how far away links open. */
export function useSharesOf(of: ShareOf, made: readonly number[]) {
  const { data, error, refetch } = useApi('shares.list', listInput(of))
  return {
    shares: data ? sortShares(of, data.links, made) : null,
    reach: data?.reach ?? null,
    error: data ? null : error,
    retry: () => void refetch(),
  }
}
