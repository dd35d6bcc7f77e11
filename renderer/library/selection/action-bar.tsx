import { Ellipsis, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../components/button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { useTopBar } from '../../frame/top-bar.ts'
import { useBulk } from '../bulk/bulk-area.tsx'
import styles from './action-bar.module.css'
import type { Selecting } from './selecting.ts'
import { useActions } from './use-actions.tsx'

/** How many photos are selected and what may be done with them: in place of the top bar while some are. */
export function ActionBar({ selecting }: { selecting: Selecting }) {
  const { t } = useTranslation()
  const { selection } = selecting
  const topBar = useTopBar()
  const count = useSyncExternalStore(selection.subscribe, selection.count)
  const reading = useSyncExternalStore(selecting.subscribe, selecting.reading)
  return (
    <>
      <p role="status" className="visually-hidden">
        {count > 0 && t('selection.count', { count })}
      </p>
      {topBar && (count > 0 || reading) && createPortal(<Bar selecting={selecting} count={count} />, topBar)}
    </>
  )
}

function Bar({ selecting, count }: { selecting: Selecting; count: number }) {
  const { t } = useTranslation()
  const reading = useSyncExternalStore(selecting.subscribe, selecting.reading)
  const { busy } = useBulk()
  const { actions, dialog } = useActions(selecting)
  const rare = actions.filter(({ rank }) => rank !== 'first')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={t('selection.bar')} className={styles.bar} data-page-bar="">
      <IconButton label={t('selection.clear')} aria-keyshortcuts="Escape" onClick={() => selecting.clear()}>
        <X />
      </IconButton>
      <p className={styles.count} aria-hidden="true">
        {reading ? t('selection.reading', { ...reading }) : t('selection.count', { count })}
      </p>
      {!reading && (
        <div className={styles.actions}>
          {actions
            .filter(({ rank }) => rank !== 'menu')
            .map(({ key, icon, label, rank, onSelect }) => (
              <IconButton
                key={key}
                label={label}
                aria-disabled={busy || undefined}
                className={rank === 'second' ? styles.roomy : undefined}
                onClick={() => !busy && onSelect()}
              >
                {icon}
              </IconButton>
            ))}
          {rare.length > 0 && (
            <div className={rare.some(({ rank }) => rank === 'menu') ? undefined : styles.cramped}>
              <Menu
                trigger={
                  <IconButton label={t('selection.more')} disabled={busy}>
                    <Ellipsis />
                  </IconButton>
                }
              >
                {rare.map(({ key, icon, label, rank, onSelect }) => (
                  <div key={key} className={rank === 'second' ? styles.cramped : undefined}>
                    <MenuItem icon={icon} onSelect={onSelect}>
                      {label}
                    </MenuItem>
                  </div>
                ))}
              </Menu>
            </div>
          )}
        </div>
      )}
      {dialog}
    </div>
  )
}
