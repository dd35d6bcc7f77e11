import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { classes } from './classes.ts'
import popup from './popup.module.css'
import styles from './select.module.css'

interface SelectProps<T extends string> {
  /** its name for screen readers */
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
  small?: boolean
  disabled?: boolean
}

/** One choice out of a short list. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  small,
  disabled,
}: SelectProps<T>) {
  return (
    <Base.Root
      items={options}
      value={value}
      disabled={disabled}
      // null only comes from a cleared selection, which this select does not offer
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Base.Trigger className={classes(styles.trigger, small && styles.small)} aria-label={label}>
        <Base.Value className={styles.value} />
        <Base.Icon className={styles.icon}>
          <ChevronDown />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          sideOffset={4}
          align="start"
          alignItemWithTrigger={false}
        >
          <Base.Popup className={classes(popup.popup, styles.popup)}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={styles.item}>
                  <Base.ItemText className={styles.text}>{option.label}</Base.ItemText>
                  <Base.ItemIndicator className={styles.tick}>
                    <Check />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
