import type { PhotoAction } from '../../../electron/contract/photos.ts'
import { call } from '../../api.ts'
import { ShareDialog } from '../../shares/sharing/share-dialog.tsx'
import { markThem } from '../bulk/acts.ts'
import { CorrectDialog } from '../corrections/correct-dialog.tsx'
import { SidecarDialog } from '../corrections/sidecar-dialog.tsx'
import { HideDialog } from '../hiding/hide-dialog.tsx'
import { AlbumDialog } from './album-dialog.tsx'
import { CaptionDialog } from './caption-dialog.tsx'
import { TagDialog } from './tag-dialog.tsx'
import type { Work } from './use-work.ts'

/** An action that asks for something before it is done. */
export interface Asking {
  what: 'archive' | 'private' | 'tag' | 'caption' | 'album' | 'correct' | 'sidecars' | 'share'
  /** photos that were selected */
  total: number
  /** those of them that an action may be done with */
  idsFor(action: PhotoAction): number[]
}

export interface AskProps {
  asking: Asking
  work: Work
  onClose: () => void
}

/** The dialog of an action. */
export function AskDialog(props: AskProps) {
  const { asking, work, onClose } = props
  const { what, total, idsFor } = asking
  switch (what) {
    case 'tag':
      return <TagDialog {...props} />
    case 'caption':
      return <CaptionDialog {...props} />
    case 'album':
      return <AlbumDialog {...props} />
    case 'correct':
      return <CorrectDialog ids={idsFor('edit')} onClose={onClose} />
    case 'sidecars':
      return <SidecarDialog ids={idsFor('edit')} onClose={onClose} />
    case 'share': {
      const photoIds = idsFor('share')
      return <ShareDialog of={{ photoIds }} count={photoIds.length} onClose={onClose} />
    }
    default: {
      const ids = idsFor(what)
      const mark = what === 'archive' ? { archived: true } : { private: true }
      const confirm = () => {
        onClose()
        work(`${what}.on`, ids, markThem(call, mark))
      }
      const left = total - ids.length
      return <HideDialog what={what} ids={ids} left={left} onClose={onClose} onConfirm={confirm} />
    }
  }
}
