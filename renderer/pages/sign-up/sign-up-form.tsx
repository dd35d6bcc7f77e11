import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { PASSWORD_MIN_CHARACTERS } from '../../../electron/contract/values.ts'
import type { ApiFailure } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { useCountdown } from '../../components/countdown.ts'
import { TextField } from '../../components/field.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { PasswordField } from '../../components/password-field.tsx'
import { formatDuration } from '../../format.ts'
import { suggestUsername } from '../../people/person-draft.ts'
import { useApiAction } from '../../queries.ts'
import styles from './sign-up.module.css'
import { signedUpState } from './signed-up.ts'

const FIELDS = ['name', 'username', 'email', 'password']

/** Name, username, e-mail and password; then on to the login page, which says that the account is made. */
export function SignUpForm() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const [draft, setDraft] = useState({ name: '', username: '', email: '', password: '', isOwnName: false })
  const [checked, setChecked] = useState(false)
  const passwordField = useRef<HTMLInputElement>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const create = useApiAction('registration.create', {
    onSuccess: (_, { username, name }) =>
      navigate('/', { replace: true, state: signedUpState({ username: username.toLowerCase(), name }) }),
  })
  const errors = useFormErrors(create.error, FIELDS)
  const { waiting, whole } = useWait(create.error, errors.whole)
  const username = draft.isOwnName ? draft.username : suggestUsername(draft.name)
  const missing = {
    username: username.trim() ? null : t('reason.required'),
    password: [...draft.password].length < PASSWORD_MIN_CHARACTERS ? t('reason.password_too_short') : null,
  }
  const errorOf = (field: keyof typeof missing) => (checked ? missing[field] : null) ?? errors.of(field)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (missing.username) nameField.current?.focus()
    else if (missing.password) passwordField.current?.focus()
    else if (!waiting && !create.isPending) {
      const { name, email, password } = draft
      create.mutate({ username: username.trim(), name, email: email.trim(), password })
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <div ref={errors.ref} className={styles.form}>
        <FormError text={whole} />
        <TextField
          label={t('person.name')}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          error={errors.of('name')}
          autoComplete="name"
          autoFocus
        />
        <TextField
          ref={nameField}
          label={t('person.username')}
          value={username}
          onChange={(next) => setDraft({ ...draft, username: next, isOwnName: true })}
          error={errorOf('username')}
          hint={t('person.usernameHint')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          label={t('person.email')}
          type="email"
          value={draft.email}
          onChange={(email) => setDraft({ ...draft, email })}
          error={errors.of('email')}
          hint={t('person.emailHint')}
          autoComplete="email"
        />
        <PasswordField
          ref={passwordField}
          label={t('person.password')}
          value={draft.password}
          onChange={(password) => setDraft({ ...draft, password })}
          error={errorOf('password')}
          hint={t('ownPassword.hint')}
          autoComplete="new-password"
          personal={[username, draft.name]}
        />
        <Button type="submit" look="primary" busy={create.isPending} disabled={waiting}>
          {t('signUp.submit')}
        </Button>
      </div>
    </form>
  )
}

/** What concerns the whole form; a wait counts down, and then only the way is free again. */
function useWait(failure: ApiFailure | null, whole: string | null) {
  const { t } = useTranslation()
  const left = useCountdown(failure)
  if (left > 0)
    return { waiting: true, whole: t('signUp.wait', { time: formatDuration(left, { precise: true }) }) }
  return { waiting: false, whole: failure?.error.retryAfterSeconds === undefined ? whole : null }
}
