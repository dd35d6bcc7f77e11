import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'
import styles from './shortcuts.module.css'

export interface Shortcut {
  /** one press each, its parts apart by blanks: `⇧ X`, `ctrl A` */
  keys: readonly string[]
  /** in words */
  does: string
}

interface ShortcutGroup {
  name: string
  shortcuts: readonly Shortcut[]
}

interface ShortcutsProps {
  open: boolean
  onClose: () => void
  /** those without any are left out */
  groups: readonly ShortcutGroup[]
  /** see {@link Dialog} */
  returnFocus?: RefObject<HTMLElement | null>
}

/** The keys of what is shown. */
export function Shortcuts({ open, onClose, groups, returnFocus }: ShortcutsProps) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('shortcuts.title')}
      {...(returnFocus && { returnFocus })}
      wide
      isText
    >
      <div className={styles.groups}>
        {groups
          .filter(({ shortcuts }) => shortcuts.length > 0)
          .map(({ name, shortcuts }) => (
            <section key={name}>
              <h3 className={styles.group}>{name}</h3>
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
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  )
}

/** Keys that are called differently in other languages. */
const NAMED = ['home', 'end', 'pageUp', 'pageDown', 'escape', 'enter', 'space', 'ctrl', 'alt'] as const

function useKeyName(): (keys: string) => string {
  const { t } = useTranslation()
  const partName = (part: string) => {
    const named = NAMED.find((name) => name === part)
    return named ? t(`shortcuts.key.${named}`) : part
  }
  return (keys) => keys.split(' ').map(partName).join(' ')
}
