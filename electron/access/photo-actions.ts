import { PHOTO_ACTIONS, type PhotoAction, type PhotoMay } from '../contract/photos.ts'
import type { Reason } from '../contract/reasons.ts'
import type { Capability } from '../contract/roles.ts'
import { Refusal } from '../lib/refusal.ts'
import { extentsOf, isSwitchedOff } from './capabilities.ts'
import type { Reach, Scope, Shelf } from './scope.ts'

/** What an action with one photo needs beyond seeing it. */
interface Needs {
  capability: Capability
  /** asked of whoever may do it, but not everywhere (in the rights table: `yes`) */
  grant?: (reach: Reach) => boolean
  /** works on the file itself, which has to be there */
  onDisk?: true
  /** shelves whose photos it is not for */
  never?: readonly Shelf[]
}

const readWrite = ({ access }: Reach) => access === 'read-write'
const shareable = ({ mayShare }: Reach) => mayShare

const NEEDS: Readonly<Record<PhotoAction, Needs>> = {
  download: { capability: 'download', onDisk: true },
  edit: { capability: 'correct', grant: readWrite },
  archive: { capability: 'archive', grant: readWrite },
  private: { capability: 'setPrivate', grant: readWrite },
  trash: { capability: 'trash', grant: readWrite, onDisk: true, never: ['trashed'] },
  share: { capability: 'share', grant: shareable, never: ['private', 'trashed'] },
  favourite: { capability: 'favourite' },
  rate: { capability: 'rate' },
  caption: { capability: 'caption' },
  tag: { capability: 'tag' },
  captionForAll: { capability: 'captionForAll', grant: readWrite },
  tagForAll: { capability: 'tagForAll', grant: readWrite },
  album: { capability: 'album' },
}

/** Where a photo is, as far as it matters for what may be done with it. */
export interface Whereabouts {
  readonly areaId: number
  readonly shelf: Shelf
}

interface Hindrance {
  code: 'not_found' | 'forbidden' | 'unavailable'
  reason?: Reason
}

/**
 * What keeps the scope's owner from an action with a photo of the scope. What is offered and what is refused are one answer, so that
 * nothing is offered in vain.
 */
function hindrance(scope: Scope, photo: Whereabouts, action: PhotoAction): Hindrance | undefined {
  const { capability, grant, onDisk, never } = NEEDS[action]
  const reach = scope.areas.get(photo.areaId)
  if (!reach) return { code: 'not_found' }
  const extent = extentsOf(scope.by).get(capability)
  if (extent === undefined) return unheld(scope, capability)
  if (never?.includes(photo.shelf)) return { code: 'forbidden' }
  if (grant && extent !== 'yes' && !grant(reach)) return { code: 'forbidden' }
  if (onDisk && reach.offline) return { code: 'unavailable', reason: reach.offline }
  return undefined
}

const unheld = ({ by }: Scope, capability: Capability): Hindrance =>
  isSwitchedOff(by, capability) ? { code: 'forbidden', reason: 'switched_off' } : { code: 'forbidden' }

/** Throws {@link Refusal} where {@link mayWith} says no: `forbidden`, or `unavailable` while the photo's folder is offline. */
export function requireMay(scope: Scope, photo: Whereabouts, action: PhotoAction): void {
  const found = hindrance(scope, photo, action)
  if (found) throw new Refusal(found.code, found.reason && { reason: found.reason })
}

/** What the scope's owner may do with a photo: travels with each item and page, and is all that the interface offers by. */
export function mayWith(scope: Scope, photo: Whereabouts): PhotoMay {
  const answers = PHOTO_ACTIONS.map((action) => [action, hindrance(scope, photo, action) === undefined])
  // every key of the record is filled from the closed list
  return Object.fromEntries(answers) as PhotoMay
}
