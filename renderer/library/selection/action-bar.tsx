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
import { type OfferedAction, useActions } from './use-actions.tsx'
import { useShortcuts } from './use-shortcuts.ts'

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
  useShortcuts(actions, !busy && !reading)
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
          {actions.map((action) => (
            <div key={action.key} className={action.rank === 'second' ? styles.roomy : undefined}>
              <BarAction action={action} busy={busy} />
            </div>
          ))}
          <Rest actions={actions.filter(({ rank }) => rank === 'second')} busy={busy} />
        </div>
      )}
      {dialog}
    </div>
  )
}

/** An action as a button in the bar; one with choices opens them. */
function BarAction({ action, busy }: { action: OfferedAction; busy: boolean }) {
  const { label, icon, does, shortcut } = action
  const button = (
    <IconButton
      label={label}
      aria-disabled={busy || undefined}
      aria-keyshortcuts={shortcut}
      onClick={typeof does === 'function' ? () => !busy && does() : undefined}
    >
      {icon}
    </IconButton>
  )
  if (typeof does === 'function') return button
  return (
    <Menu
      trigger={
        <IconButton label={label} disabled={busy}>
          {icon}
        </IconButton>
      }
    >
      {does.map((choice) => (
        <MenuItem key={choice.key} onSelect={choice.onSelect}>
          {choice.label}
        </MenuItem>
      ))}
    </Menu>
  )
}

/** Behind one button where the bar has no room for them. */
function Rest({ actions, busy }: { actions: readonly OfferedAction[]; busy: boolean }) {
  const { t } = useTranslation()
  if (actions.length === 0) return null
  return (
    <div className={styles.cramped}>
      <Menu
        trigger={
          <IconButton label={t('selection.more')} disabled={busy}>
            <Ellipsis />
          </IconButton>
        }
      >
        {actions.map(
          ({ key, icon, label, does }) =>
            typeof does === 'function' && (
              <MenuItem key={key} icon={icon} onSelect={does}>
                {label}
              </MenuItem>
            ),
        )}
      </Menu>
    </div>
  )
}
