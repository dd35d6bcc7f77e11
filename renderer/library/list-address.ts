import { useLocation } from 'wouter'
import { layerSearch, useLayer } from './layer.ts'
import type { ListPlace } from './photo-list.ts'

/** What a list's address says. */
interface ListAddress {
  place: ListPlace
  /** the photo open over the list */
  photoId: number | null
}

/** The list whose address is open, with the photo over it; null on all other pages. */
export function useListAddress(): ListAddress | null {
  const [location] = useLocation()
  const view = useLayer()
  const at = splitAddress(location)
  if (at?.path !== '/') return null
  const list = { ...(view !== undefined && { view }) }
  return { place: { list, path: at.path, search: layerSearch(view) }, photoId: at.photoId }
}

/** A path as that of a list and the photo in it: `/favourites/photo/12`. Null where the photo's number is none. */
export function splitAddress(location: string): { path: string; photoId: number | null } | null {
  const [, before, id] = /^(.*)\/photo\/([^/]*)$/.exec(location) ?? []
  if (id === undefined) return { path: location, photoId: null }
  return /^[1-9]\d{0,14}$/.test(id) ? { path: before || '/', photoId: Number(id) } : null
}
