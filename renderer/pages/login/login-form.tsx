import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiFailure } from '../../api.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { useCountdown } from '../../components/countdown.ts'
import { useFailureText } from '../../components/failure.ts'
import { TextField } from '../../components/field.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { formatDuration } from '../../format.ts'
import { useApiAction } from '../../queries.ts'
import { sessionChanged } from '../../session-change.ts'
import styles from './login.module.css'

/** Username and password; the password alone where the account was chosen by its avatar. */
export function LoginForm({ account }: { account: { username: string; name: string } | null }) {
  const { t } = useTranslation()
  const [username, setUsername] = useState(account?.username ?? '')
  const [password, setPassword] = useState('')
  const nameField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const login = useApiAction('session.login', {
    onSuccess: sessionChanged,
    onError: () => passwordField.current?.select(),
  })
  const { message, waiting } = useLoginMessage(login.error)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!username.trim()) nameField.current?.focus()
    else if (!password) passwordField.current?.focus()
    else if (!waiting && !login.isPending) login.mutate({ username: username.trim(), password })
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {account ? (
        <ChosenAccount {...account} />
      ) : (
        <>
          <h1 className={styles.title}>{t('login.title')}</h1>
          <TextField
            ref={nameField}
            label={t('login.username')}
            value={username}
            onChange={setUsername}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
        </>
      )}
      <PasswordField
        ref={passwordField}
        label={t('login.password')}
        value={password}
        onChange={setPassword}
        error={message}
        autoComplete="current-password"
        autoFocus={account !== null}
      />
      <Button type="submit" look="primary" busy={login.isPending || login.isSuccess} disabled={waiting}>
        {t('login.submit')}
      </Button>
    </form>
  )
}

/** Whose password is asked for. */
function ChosenAccount({ username, name }: { username: string; name: string }) {
  return (
    <div className={styles.chosen}>
      <Avatar name={name || username} username={username} size={72} />
      <h1 className={styles.title}>{name || username}</h1>
      {/* password managers look for the name beside the password */}
      <input
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        autoComplete="username"
        value={username}
        readOnly
      />
    </div>
  )
}

/** What a refused login says; a wait counts down, and then only the way is free again. */
function useLoginMessage(failure: ApiFailure | null) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const left = useCountdown(failure)
  const throttled = failure?.error.retryAfterSeconds !== undefined
  if (!failure) return { message: null, waiting: false }
  if (left > 0)
    return { message: t('login.wait', { time: formatDuration(left, { precise: true }) }), waiting: true }
  return { message: throttled ? null : failureText(failure), waiting: false }
}
