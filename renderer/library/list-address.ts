import { useState } from 'react'
import { useLocation } from 'wouter'
import type { PhotoFilter } from '../../electron/contract/photos.ts'
import { layerSearch, useLayer } from './layer.ts'
import type { ListPlace } from './photo-list.ts'
import { useToday } from './today.ts'

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
  const day = useDay(at !== null && at.photoId !== null)
  const filter = at && filterAt(at.path, day)
  if (!at || filter === null) return null
  const list = { ...(view !== undefined && { view }), ...(filter !== undefined && { filter }) }
  return { place: { list, path: at.path, search: layerSearch(view) }, photoId: at.photoId }
}

/** Today, but for whoever began to leaf through a list before midnight: the list stays until they are back in it. */
function useDay(leafing: boolean): string {
  const day = useToday()
  const [kept, keep] = useState(day)
  if (!leafing && kept !== day) keep(day)
  return leafing ? kept : day
}

/** A path as that of a list and the photo in it: `/favourites/photo/12`. Null where the photo's number is none. */
export function splitAddress(location: string): { path: string; photoId: number | null } | null {
  const [, before, id] = /^(.*)\/photo\/([^/]*)$/.exec(location) ?? []
  if (id === undefined) return { path: location, photoId: null }
  return isNumber(id) ? { path: before || '/', photoId: Number(id) } : null
}

/**
 * Which photos the list at a path holds: undefined for all, null where there is no list.
 * @param day `MM-DD`, today
 */
export function filterAt(path: string, day: string): PhotoFilter | undefined | null {
  if (path === '/') return undefined
  const [, kind = '', of, rest, more] = path.split('/')
  // a folder with all below it
  const isDeep = kind === 'folders' && rest === 'all'
  if ((rest !== undefined && !isDeep) || more !== undefined) return null
  if (of === undefined) return kind === 'on-this-day' ? { by: 'onThisDay', day } : (PLAIN.get(kind) ?? null)
  if (!isNumber(of)) return null
  const filter = OF_ONE.get(kind)?.(Number(of)) ?? null
  return isDeep && filter?.by === 'folder' ? { ...filter, deep: true } : filter
}

/** Lists that need no further choice, by their path. */
const PLAIN: ReadonlyMap<string, PhotoFilter> = new Map<string, PhotoFilter>([
  ['favourites', { by: 'favourites' }],
  ['recent', { by: 'recent' }],
  ['archive', { by: 'archived' }],
  ['private', { by: 'private' }],
  ['offline', { by: 'offline' }],
  ['failed', { by: 'failed' }],
])

type OfOne = (id: number) => PhotoFilter | null

/** Lists of one thing, by the first part of their path. */
const OF_ONE: ReadonlyMap<string, OfOne> = new Map<string, OfOne>([
  ['albums', (albumId) => ({ by: 'album', albumId })],
  ['folders', (folderId) => ({ by: 'folder', folderId })],
  ['tags', (tagId) => ({ by: 'tag', tagId, deep: true })],
  ['rated', (stars) => (stars <= 5 ? { by: 'rating', atLeast: stars } : null)],
])

/** Ids as addresses write them; nothing else that JavaScript takes for a number. */
const isNumber = (text: string) => /^[1-9]\d{0,14}$/.test(text)
