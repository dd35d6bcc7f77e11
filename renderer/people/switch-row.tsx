import { useId } from 'react'
import { Switch } from '../components/switch.tsx'
import styles from './person-fields.module.css'

interface SwitchRowProps {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A switch with its words beside it. */
export function SwitchRow({ label, hint, checked, onChange }: SwitchRowProps) {
  const id = useId()
  return (
    <div className={styles.switchRow}>
      <Switch label={label} checked={checked} onChange={onChange} {...(hint && { describedBy: id })} />
      <div aria-hidden="true">
        <button type="button" tabIndex={-1} className={styles.switchLabel} onClick={() => onChange(!checked)}>
          {label}
        </button>
        {hint && (
          <p id={id} className={styles.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
