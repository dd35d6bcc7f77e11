import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import styles from './shortcuts.module.css'

const SHORTCUTS = [
  { keys: ['←', '→'], does: 'leaf' },
  { keys: ['home', 'end'], does: 'ends' },
  { keys: ['escape'], does: 'close' },
  { keys: ['+', '−', '0'], does: 'zoom' },
  { keys: ['Z'], does: 'toggleZoom' },
  { keys: ['I'], does: 'info' },
  { keys: ['F'], does: 'fullscreen' },
  { keys: ['D'], does: 'download' },
  { keys: ['?'], does: 'help' },
] as const

interface ShortcutsProps {
  open: boolean
  mayDownload: boolean
  onClose: () => void
  /** the viewer, which has the focus while none of its controls has */
  viewer: RefObject<HTMLElement | null>
}

/** Keys that are called differently in other languages. */
const NAMED = ['home', 'end', 'escape'] as const

/** The viewer's keys. */
export function Shortcuts({ open, mayDownload, onClose, viewer }: ShortcutsProps) {
  const { t } = useTranslation()
  const keyName = (key: string) => {
    const named = NAMED.find((name) => name === key)
    return named ? t(`viewer.shortcuts.key.${named}`) : key
  }
  return (
    <Dialog open={open} onClose={onClose} title={t('viewer.shortcuts.title')} returnFocus={viewer}>
      <dl className={styles.list}>
        {SHORTCUTS.filter(({ does }) => mayDownload || does !== 'download').map(({ keys, does }) => (
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
    </Dialog>
  )
}
