import type { FoundLink } from '../../access/links.ts'
import { mayWith } from '../../access/photo-actions.ts'
import type { Scope } from '../../access/scope.ts'
import type { HeldPhoto } from '../../contract/shares.ts'
import { cameraOf, gpsOf, type VisiblePhoto } from '../library/photo.ts'
import { savesOf } from './content.ts'
import type { Added } from './contributed.ts'

interface Held {
  link: FoundLink
  scope: Scope
  added: Added
}

/** A photo as a link shows it, without what the link keeps back; a time zone tells a place too. */
export function describeHeldPhoto({ link, scope, added }: Held, { photo, file }: VisiblePhoto): HeldPhoto {
  const { by } = scope
  const hides = by.kind === 'holder' ? by : { hidePlaces: true, hideCamera: true }
  const { id, version, kind, state, mime, takenAt, takenOffset, width, height } = photo
  return {
    ...{ id, version, kind, state, mime, takenAt, width, height },
    takenOffset: hides.hidePlaces ? null : takenOffset,
    fileName: file.name,
    sizeBytes: file.sizeBytes,
    camera: hides.hideCamera ? null : cameraOf(photo),
    gps: hides.hidePlaces ? null : gpsOf(photo),
    may: { download: mayWith(scope, photo).download, withdraw: added.mayWithdraw },
    addedBy: added.addedBy,
    saves: savesOf(link),
  }
}
