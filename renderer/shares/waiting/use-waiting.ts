import { useMe } from '../../me.ts'
import { useApi } from '../../queries.ts'

const NONE = { waiting: 0, declined: 0 }

/**
 * How many files that others sent wait for this account to look at them, and how many it turned down and may bring back. Whoever views as
 * somebody else is told of none.
 */
export function useWaiting(): { waiting: number; declined: number } {
  const { viewing, may } = useMe()
  const isAsked = !viewing && may.viewLibrary
  const { data } = useApi('uploads.list', { limit: 1 }, { enabled: isAsked })
  return (isAsked && data) || NONE
}
