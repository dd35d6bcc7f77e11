import { Switch as Base } from '@base-ui/react/switch'
import styles from './switch.module.css'

interface SwitchProps {
  /** its name for screen readers */
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  /** id of the text that explains it */
  describedBy?: string
}

/** Something that is on or off at once. */
export function Switch({ label, checked, onChange, disabled, describedBy }: SwitchProps) {
  return (
    <Base.Root
      className={styles.switch}
      aria-label={label}
      aria-describedby={describedBy}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
    >
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  )
}
