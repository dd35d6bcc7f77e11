import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { type Shortcut, Shortcuts } from '../../components/shortcuts.tsx'
import type { ViewerAction } from './keys.ts'
import type { ViewerActions } from './use-viewer-keys.ts'

interface ViewerShortcut extends Omit<Shortcut, 'does'> {
  does: Told
  /** shown where this can be done; always without */
  needs?: ViewerAction
}

type Told =
  | 'leaf'
  | 'ends'
  | 'close'
  | 'undo'
  | 'help'
  | 'zoom'
  | 'toggleZoom'
  | 'slideshow'
  | 'fullscreen'
  | 'info'
  | 'favourite'
  | 'rate'
  | 'caption'
  | 'tag'
  | 'album'
  | 'archive'
  | 'private'
  | 'download'
  | 'share'

const GROUPS: readonly { name: 'moving' | 'looking' | 'changing'; shortcuts: readonly ViewerShortcut[] }[] = [
  {
    name: 'moving',
    shortcuts: [
      { keys: ['←', '→'], does: 'leaf' },
      { keys: ['home', 'end'], does: 'ends' },
      { keys: ['escape'], does: 'close' },
      { keys: ['?'], does: 'help' },
    ],
  },
  {
    name: 'looking',
    shortcuts: [
      { keys: ['I'], does: 'info' },
      { keys: ['+', '−'], does: 'zoom' },
      { keys: ['Z'], does: 'toggleZoom' },
      { keys: ['space'], does: 'slideshow' },
      { keys: ['⇧ F'], does: 'fullscreen', needs: 'fullscreen' },
    ],
  },
  {
    name: 'changing',
    shortcuts: [
      { keys: ['F', 'S'], does: 'favourite', needs: 'favourite' },
      { keys: ['0', '…', '5'], does: 'rate', needs: 'rate0' },
      { keys: ['D'], does: 'caption', needs: 'caption' },
      { keys: ['T'], does: 'tag', needs: 'tag' },
      { keys: ['L'], does: 'album', needs: 'album' },
      { keys: ['⇧ A'], does: 'archive', needs: 'archive' },
      { keys: ['⇧ P'], does: 'private', needs: 'private' },
      { keys: ['⇧ S'], does: 'share', needs: 'share' },
      { keys: ['⇧ D'], does: 'download', needs: 'download' },
      { keys: ['ctrl Z'], does: 'undo', needs: 'favourite' },
    ],
  },
]

interface ViewerShortcutsProps {
  open: boolean
  /** what can be done at the moment: keys that do nothing are not told */
  actions: ViewerActions
  onClose: () => void
  /** the viewer, which has the focus while none of its controls has */
  viewer: RefObject<HTMLElement | null>
}

/** The viewer's keys. */
export function ViewerShortcuts({ open, actions, onClose, viewer }: ViewerShortcutsProps) {
  const { t } = useTranslation()
  const groups = GROUPS.map(({ name, shortcuts }) => ({
    name: t(`shortcuts.group.${name}`),
    shortcuts: shortcuts
      .filter(({ needs }) => needs === undefined || actions[needs])
      .map(({ keys, does }) => ({
        keys,
        does: does === 'help' ? t('shortcuts.help') : t(`viewer.shortcuts.${does}`),
      })),
  }))
  return <Shortcuts open={open} onClose={onClose} groups={groups} returnFocus={viewer} />
}
