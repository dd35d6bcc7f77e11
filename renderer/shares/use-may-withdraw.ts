import type { HeldLink } from '../../electron/contract/shares.ts'
import { useMaybeMe } from '../me.ts'
import { useApi } from '../queries.ts'

/** Whether there may be photos in what is shared that this account may take out: those that it added, or to its own album others did. */
export function useMayWithdraw({ id, direct, may }: HeldLink): boolean {
  const me = useMaybeMe()
  const acts = me !== null && !me.viewing && direct
  const { data } = useApi('shares.overview', {}, { enabled: acts && me.may.share })
  if (!acts) return false
  return may.contribute || (data?.links.some((own) => own.id === id && own.contributed > 0) ?? false)
}
