import { Eye, EyeOff } from 'lucide-react'
import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { classes } from './classes.ts'
import fieldStyles from './field.module.css'
import { Field } from './field.tsx'
import styles from './password-field.module.css'
import { usePasswordStrength } from './password-strength.ts'

interface PasswordFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | null
  hint?: string
  /** `new-password` shows its strength */
  autoComplete: 'current-password' | 'new-password'
  /** words that make a password easy to guess: the account's own names */
  personal?: readonly string[]
  autoFocus?: boolean
  ref?: Ref<HTMLInputElement>
}

/** A password that can be looked at; a new one shows how hard it is to guess. */
export function PasswordField(props: PasswordFieldProps) {
  const { label, value, onChange, error = null, hint, autoComplete, personal = [], autoFocus, ref } = props
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const fresh = autoComplete === 'new-password'
  return (
    <Field
      label={label}
      error={error}
      hint={fresh && value ? <Strength password={value} personal={personal} /> : hint}
    >
      {(control) => (
        <div className={styles.frame}>
          <input
            {...control}
            ref={ref}
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: only where the field is the one thing the page asks for
            autoFocus={autoFocus}
            className={classes(fieldStyles.input, styles.input)}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <IconButton
            className={styles.eye}
            label={t(shown ? 'password.hide' : 'password.show')}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff /> : <Eye />}
          </IconButton>
        </div>
      )}
    </Field>
  )
}

function Strength({ password, personal }: { password: string; personal: readonly string[] }) {
  const { t } = useTranslation()
  const score = usePasswordStrength(password, personal)
  return (
    <span className={styles.strength} data-score={score ?? undefined}>
      <span className={styles.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={classes(styles.bar, typeof score === 'number' && score >= step && styles.on)}
          />
        ))}
      </span>
      {score !== null && t(`password.strength.${score}`)}
    </span>
  )
}
