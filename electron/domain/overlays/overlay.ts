import { capabilitiesOf } from '../../access/capabilities.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { ImportMode } from '../../contract/overlay-document.ts'
import type { PhotoEntry } from '../../contract/overlays.ts'

/** What an account added to one photo, albums aside. */
export type Overlay = Pick<PhotoEntry, 'favourite' | 'rating' | 'caption' | 'tags'>

export const NO_OVERLAY: Overlay = { favourite: false, rating: 0, caption: '', tags: [] }

/** One tag's path as a key: no name holds a NUL. */
export const keyOf = (path: readonly string[]) => path.join('\0')

const isEmpty = ({ favourite, rating, caption, tags }: Overlay) =>
  !favourite && rating === 0 && caption === '' && tags.length === 0

/**
 * What becomes of a photo's overlay when another one comes in. A value that one side lacks comes from the other, whatever the mode, which
 * decides where both have one; `keep-mine` leaves photos that have any of this account's alone. Doing it twice is doing it once.
 */
export function merge(mine: Overlay, theirs: Overlay, mode: ImportMode): Overlay {
  if (mode === 'keep-mine') return isEmpty(mine) ? theirs : mine
  const favourite = mine.favourite || theirs.favourite
  if (mode === 'fill-gaps')
    return {
      favourite,
      rating: mine.rating || theirs.rating,
      caption: mine.caption || theirs.caption,
      tags: together(mine.tags, theirs.tags),
    }
  return {
    favourite,
    rating: theirs.rating || mine.rating,
    caption: theirs.caption || mine.caption,
    tags: theirs.tags.length > 0 ? together(theirs.tags, []) : mine.tags,
  }
}

function together(first: Overlay['tags'], second: Overlay['tags']): string[][] {
  return [...new Map([...first, ...second].map((path) => [keyOf(path), path])).values()]
}

export function isSame(a: Overlay, b: Overlay): boolean {
  const keys = new Set(a.tags.map(keyOf))
  return (
    a.favourite === b.favourite &&
    a.rating === b.rating &&
    a.caption === b.caption &&
    keys.size === new Set(b.tags.map(keyOf)).size &&
    b.tags.every((path) => keys.has(keyOf(path)))
  )
}

/** Which parts of an overlay an account may add; all of them for nobody in particular. */
export interface Allowed {
  favourites: boolean
  ratings: boolean
  captions: boolean
  tags: boolean
  albums: boolean
}

export function allowedTo(holder: AccountPrincipal | null): Allowed {
  const held = holder && capabilitiesOf(holder)
  return {
    favourites: !held || held.has('favourite'),
    ratings: !held || held.has('rate'),
    captions: !held || held.has('caption'),
    tags: !held || held.has('tag'),
    albums: !held || held.has('album'),
  }
}

/** An overlay without what the account may not add. */
export const onlyAllowed = (overlay: Overlay, allowed: Allowed): Overlay => ({
  favourite: allowed.favourites && overlay.favourite,
  rating: allowed.ratings ? overlay.rating : 0,
  caption: allowed.captions ? overlay.caption : '',
  tags: allowed.tags ? overlay.tags : [],
})
