import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { TextField } from '../../components/field.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { useApiAction } from '../../queries.ts'
import { sessionChanged } from '../../session-change.ts'
import { ChosenAccount } from './chosen-account.tsx'
import { CodeField, useCodeStep } from './code-step.tsx'
import styles from './login.module.css'
import { useLoginMessage } from './login-message.ts'

interface LoginFormProps {
  account: { username: string; name: string } | null
  /** whether this browser or window can stay logged in */
  mayRemember: boolean
}

/** Username and password; the password alone where the account was chosen by its avatar. Then, where it has one, the second factor's code. */
export function LoginForm({ account, mayRemember }: LoginFormProps) {
  const { t } = useTranslation()
  const [username, setUsername] = useState(account?.username ?? '')
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(false)
  const nameField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const step = useCodeStep()
  const login = useApiAction('session.login', {
    onSuccess: sessionChanged,
    onError: ({ error }) => {
      if (!step.refused(error)) passwordField.current?.select()
    },
  })
  const { message, waiting } = useLoginMessage(login.error)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!username.trim()) nameField.current?.focus()
    else if (!password) passwordField.current?.focus()
    else if (step.asked !== null && !step.code.trim()) step.field.current?.focus()
    else if (!waiting && !login.isPending)
      login.mutate({ username: username.trim(), password, remember, ...step.input })
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {account || step.asked !== null ? (
        <ChosenAccount {...(account ?? { username: username.trim(), name: '' })} />
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
      {step.asked === null ? (
        <>
          <PasswordField
            ref={passwordField}
            label={t('login.password')}
            value={password}
            onChange={setPassword}
            error={message}
            autoComplete="current-password"
            autoFocus={account !== null}
          />
          {mayRemember && <Checkbox text={t('login.remember')} checked={remember} onChange={setRemember} />}
        </>
      ) : (
        <CodeField step={step} error={message} />
      )}
      <Button type="submit" look="primary" busy={login.isPending || login.isSuccess} disabled={waiting}>
        {t('login.submit')}
      </Button>
    </form>
  )
}
