import styles from './checkbox.module.css'

interface CheckboxProps {
  /** what it says, at its right */
  text: string
  /** which of several with the same words this is, for screen readers */
  about?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A box to tick, beside its words. */
export const Checkbox = ({ text, about, checked, onChange }: CheckboxProps) => (
  <label className={styles.label}>
    <input
      type="checkbox"
      className={styles.box}
      aria-label={about && `${text}: ${about}`}
      checked={checked}
      onChange={(event) => onChange(event.target.checked)}
    />
    {text}
  </label>
)
