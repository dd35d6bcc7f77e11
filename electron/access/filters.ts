import type { Flag } from '../contract/flags.ts'
import type { PhotoFilter, View } from '../contract/photos.ts'
import type { Read } from '../db/connect.ts'
import { Refusal } from '../lib/refusal.ts'
import { capabilitiesOf } from './capabilities.ts'
import type { AccountPrincipal } from './principal.ts'
import { hiddenScope, partOf, type Scope, timelineScope } from './scope.ts'

/** The feature behind each list that can be switched off. */
const FEATURES: Partial<Record<PhotoFilter['by'], Flag>> = {
  favourites: 'favourites',
  rating: 'ratings',
  archived: 'archive',
  private: 'private',
  album: 'albums',
  folder: 'folders',
  tag: 'tags',
}

/** Whether a list is for this account at all: its feature is on, and what it shows is not hidden from its role. */
export function mayList(by: AccountPrincipal, list: PhotoFilter['by']): boolean {
  const isHidden = list === 'archived' || list === 'private'
  return isOn(by, list) && (!isHidden || capabilitiesOf(by).has('viewHidden'))
}

function isOn({ flags }: AccountPrincipal, list: PhotoFilter['by']): boolean {
  const feature = FEATURES[list]
  return feature === undefined || flags[feature]
}

/**
 * The scope of a list of photos: what the list says of albums, tags and the like narrows it further, never widens it. Throws `Refusal`: `forbidden` where {@link mayList} says no, else as
 * {@link timelineScope} does.
 */
export async function listScope(
  db: Read,
  by: AccountPrincipal,
  view: View | undefined,
  list: PhotoFilter['by'] | undefined,
): Promise<Scope> {
  if (!list) return timelineScope(db, by, view)
  if (!isOn(by, list)) throw new Refusal('forbidden', { reason: 'switched_off' })
  switch (list) {
    case 'archived':
    case 'private':
      return hiddenScope(db, by, view, list)
    case 'offline':
      return partOf(await timelineScope(db, by, view), (_, { offline }) => offline !== null)
    default:
      return timelineScope(db, by, view)
  }
}
