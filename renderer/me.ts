import { createContext, useContext } from 'react'
import type { Me } from '../electron/contract/session.ts'

export const MeContext = createContext<Me | null>(null)

/** Who is logged in, and what this account may do; only below the gate. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe is for pages behind the login')
  return me
}
