import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PASSWORD_MIN_CHARACTERS } from '../../../electron/contract/values.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { FormError } from '../../components/form-error.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { suggestUsername } from '../../people/person-draft.ts'
import styles from './first-run.module.css'

export interface YouDraft {
  code: string
  name: string
  /** null while it follows the name */
  username: string | null
  password: string
}

interface YouProps {
  draft: YouDraft
  onChange: (change: Partial<YouDraft>) => void
  codeNeeded: boolean
  errors: { of: (field: string) => string | null; whole: string | null }
  onNext: () => void
}

/** The first step: the account that will run the household. */
export function You({ draft, onChange, codeNeeded, errors, onNext }: YouProps) {
  const { t } = useTranslation()
  const [checked, setChecked] = useState(false)
  const username = draft.username ?? suggestUsername(draft.name)
  const missing = {
    code: codeNeeded && !draft.code.trim() ? t('reason.required') : null,
    username: !username.trim() ? t('reason.required') : null,
    password: [...draft.password].length < PASSWORD_MIN_CHARACTERS ? t('reason.password_too_short') : null,
  }
  const errorOf = (field: keyof typeof missing) => (checked ? missing[field] : null) ?? errors.of(field)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setChecked(true)
    if (!Object.values(missing).some(Boolean)) onNext()
  }
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <h1 className={styles.title}>{t('firstRun.youTitle')}</h1>
      <p className={styles.text}>{t('firstRun.youText')}</p>
      <FormError text={errors.whole} />
      {codeNeeded && <Code value={draft.code} onChange={onChange} error={errorOf('code')} />}
      <div className={styles.pair}>
        <TextField
          label={t('person.name')}
          value={draft.name}
          onChange={(name) => onChange({ name })}
          error={errors.of('name')}
          autoComplete="name"
          autoFocus={!codeNeeded}
        />
        <TextField
          label={t('person.username')}
          value={username}
          onChange={(next) => onChange({ username: next })}
          error={errorOf('username')}
          hint={t('firstRun.usernameHint')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
      <PasswordField
        label={t('person.password')}
        value={draft.password}
        onChange={(password) => onChange({ password })}
        error={errorOf('password')}
        hint={t('ownPassword.hint')}
        autoComplete="new-password"
        personal={[username, draft.name]}
      />
      <div className={styles.actions}>
        <Button type="submit" look="primary">
          {t('common.next')}
        </Button>
      </div>
    </form>
  )
}

interface CodeProps {
  value: string
  onChange: (change: Partial<YouDraft>) => void
  error: string | null
}

function Code({ value, onChange, error }: CodeProps) {
  const { t } = useTranslation()
  return (
    <TextField
      label={t('firstRun.code')}
      value={value}
      onChange={(code) => onChange({ code })}
      error={error}
      hint={t('firstRun.codeHint')}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      className={styles.code}
      autoFocus
    />
  )
}
