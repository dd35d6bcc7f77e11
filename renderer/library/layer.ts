import { useSearch } from 'wouter'
import type { View } from '../../electron/contract/photos.ts'
import { useMe } from '../me.ts'

/** Whose photos the address asks for, for those who see the household: `?of=everyone`, `?of=3`; undefined for one's own. */
export function useLayer(): View | undefined {
  const { may } = useMe()
  const search = useSearch()
  return may.viewHousehold ? layerIn(search) : undefined
}

/** What an address ends with that shows a layer; nothing for one's own. */
export function layerSearch(view: View | undefined): string {
  if (view === undefined || view === 'mine') return ''
  return `?of=${view === 'everyone' ? view : view.accountId}`
}

/** The layer a search part asks for; undefined for one's own, and for what is none. */
export function layerIn(search: string): View | undefined {
  const of = new URLSearchParams(search).get('of')
  if (of === 'everyone') return of
  const id = Number(of)
  return Number.isSafeInteger(id) && id > 0 ? { accountId: id } : undefined
}
