import { splitAddress } from '../library/list-address.ts'

/** What the rail leads to. */
export type Part = 'photos' | 'albums' | 'folders' | 'shared' | 'library' | 'preferences' | 'admin'

/** The part of Mantel that the first piece of an address belongs to. */
const PARTS: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['', 'photos'],
  ['albums', 'albums'],
  ['folders', 'folders'],
  ['shared', 'shared'],
  ['s', 'shared'],
  ['library', 'library'],
  ['favourites', 'library'],
  ['rated', 'library'],
  ['recent', 'library'],
  ['on-this-day', 'library'],
  ['archive', 'library'],
  ['private', 'library'],
  ['offline', 'library'],
  ['failed', 'library'],
  ['tags', 'library'],
  ['preferences', 'preferences'],
  ['admin', 'admin'],
])

/** The part of Mantel an address belongs to; null for those outside the rail. */
export function partAt(location: string): Part | null {
  const path = splitAddress(location)?.path ?? location
  return PARTS.get(path.split('/')[1] ?? '') ?? null
}

/** Whether a page's photos depend on whose are looked at: albums are one's own whatever the layer. */
export const hasLayers = (part: Part | null) => part === 'photos' || part === 'folders' || part === 'library'

/** Whether a page is about photos, and has the line on running work. */
export const isAboutPhotos = (part: Part | null) => hasLayers(part) || part === 'albums'
