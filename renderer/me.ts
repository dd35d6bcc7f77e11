import { createContext, useContext } from 'react'
import type { Me } from '../electron/contract/session.ts'

export const MeContext = createContext<Me | null>(null)

/** Who is logged in, and what this account may do; only below the gate. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe is for pages behind the login')
  return me
}

/** Who is logged in; null for a visitor, who has no more than a link. */
export const useMaybeMe = (): Me | null => useContext(MeContext)

/** Whether there are albums for this account: also for whoever looks at Mantel as it sees it, and may change nothing. */
export const hasAlbums = ({ account, flags, may, viewing }: Me): boolean =>
  may.album || (viewing !== null && flags.albums && may.viewLibrary && account.role !== 'viewer')
