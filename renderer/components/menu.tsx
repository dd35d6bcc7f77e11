import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './menu.module.css'
import popup from './popup.module.css'

interface MenuProps {
  /** the button that opens it, with its own name */
  trigger: ReactElement
  /** stands above the entries */
  header?: ReactNode
  /** which of its sides is in line with the button's */
  align?: 'start' | 'end'
  children: ReactNode
}

/** A list of actions behind a button. */
export function Menu({ trigger, header, align = 'end', children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={6} align={align} collisionPadding={8}>
          <Base.Popup className={classes(popup.popup, popup.growing, styles.popup)}>
            {header && <div className={styles.header}>{header}</div>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface MenuItemProps {
  icon?: ReactNode
  /** destroys something */
  danger?: boolean
  /** the keys that do the same: as people read them, and as browsers name them */
  keys?: { shown: string; name: string }
  onSelect: () => void
  children: ReactNode
}

/** One action of a menu. */
export function MenuItem({ icon, danger, keys, onSelect, children }: MenuItemProps) {
  return (
    <Base.Item
      className={classes(styles.item, danger && styles.danger)}
      aria-keyshortcuts={keys?.name}
      onClick={onSelect}
    >
      {icon}
      {children}
      {keys && (
        <span className={styles.keys} aria-hidden="true">
          {keys.shown}
        </span>
      )}
    </Base.Item>
  )
}

/** A line between groups of actions. */
export const MenuSeparator = () => <Base.Separator className={styles.separator} />

interface MenuChoicesProps<T extends string> {
  value: T
  options: readonly { value: T; label: string; text?: string }[]
  onChange: (value: T) => void
}

/** One choice of several: the menu's only content, closed by choosing. */
export function MenuChoices<T extends string>({ value, options, onChange }: MenuChoicesProps<T>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick className={styles.item}>
          <span className={styles.choice}>
            {option.label}
            {option.text && <span className={styles.about}>{option.text}</span>}
          </span>
          <Base.RadioItemIndicator className={styles.tick}>
            <Check />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
