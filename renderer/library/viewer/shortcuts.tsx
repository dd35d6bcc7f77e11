import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import type { ViewerAction } from './keys.ts'
import styles from './shortcuts.module.css'
import type { ViewerActions } from './use-viewer-keys.ts'

interface Shortcut {
  /** one press each; parts of one press are joined by `+` */
  keys: readonly string[]
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

const GROUPS: readonly { name: 'moving' | 'looking' | 'changing'; shortcuts: readonly Shortcut[] }[] = [
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
      { keys: ['1', '…', '5', '0'], does: 'rate', needs: 'rate0' },
      { keys: ['D'], does: 'caption', needs: 'caption' },
      { keys: ['T'], does: 'tag', needs: 'tag' },
      { keys: ['L'], does: 'album', needs: 'album' },
      { keys: ['⇧ A'], does: 'archive', needs: 'archive' },
      { keys: ['⇧ P'], does: 'private', needs: 'private' },
      { keys: ['⇧ D'], does: 'download', needs: 'download' },
      { keys: ['undo'], does: 'undo', needs: 'favourite' },
    ],
  },
]

interface ShortcutsProps {
  open: boolean
  /** what can be done at the moment: keys that do nothing are not told */
  actions: ViewerActions
  onClose: () => void
  /** the viewer, which has the focus while none of its controls has */
  viewer: RefObject<HTMLElement | null>
}

/** Keys that are called differently in other languages. */
const NAMED = ['home', 'end', 'escape', 'space', 'undo'] as const

/** The viewer's keys. */
export function Shortcuts({ open, actions, onClose, viewer }: ShortcutsProps) {
  const { t } = useTranslation()
  const keyName = (key: string) => {
    const named = NAMED.find((name) => name === key)
    return named ? t(`viewer.shortcuts.key.${named}`) : key
  }
  const groups = GROUPS.map(({ name, shortcuts }) => ({
    name,
    shortcuts: shortcuts.filter(({ needs }) => needs === undefined || actions[needs]),
  })).filter(({ shortcuts }) => shortcuts.length > 0)
  return (
    <Dialog open={open} onClose={onClose} title={t('viewer.shortcuts.title')} returnFocus={viewer} wide>
      <div className={styles.groups}>
        {groups.map(({ name, shortcuts }) => (
          <section key={name}>
            <h3 className={styles.group}>{t(`viewer.shortcuts.group.${name}`)}</h3>
            <dl className={styles.list}>
              {shortcuts.map(({ keys, does }) => (
                <div key={does} className={styles.entry}>
                  <dt className={styles.keys}>
                    {keys.map((key) => (
                      <kbd key={key} className={styles.key}>
                        {keyName(key)}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{t(`viewer.shortcuts.${does}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
