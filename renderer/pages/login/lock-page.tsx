import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { useApi, useApiAction } from '../../queries.ts'
import { sessionChanged, startAgain } from '../../session-change.ts'
import { CalmPage } from '../calm-page.tsx'
import { ChosenAccount } from './chosen-account.tsx'
import { CodeField, useCodeStep } from './code-step.tsx'
import styles from './login.module.css'
import { useLoginMessage } from './login-message.ts'

/** The login of the one account whose session waits here, and nothing else of it. */
export function LockPage() {
  const known = useApi('session.known', {})
  const locked = known.data?.locked
  useEffect(() => {
    // it was unlocked, or it ended, since this page was asked for
    if (locked === null) startAgain()
  }, [locked])
  return <CalmPage>{locked && <UnlockForm account={locked} />}</CalmPage>
}

function UnlockForm({ account }: { account: { username: string; name: string } }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const step = useCodeStep()
  const unlock = useApiAction('session.unlock', {
    onSuccess: sessionChanged,
    onError: ({ error }) => {
      if (step.refused(error)) return
      if (error.code === 'unauthenticated' && error.reason !== 'wrong_credentials') startAgain()
      else field.current?.select()
    },
  })
  const leave = useApiAction('session.leave', { onSuccess: sessionChanged, onError: startAgain })
  const { message, waiting } = useLoginMessage(unlock.error)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!password) field.current?.focus()
    else if (step.asked !== null && !step.code.trim()) step.field.current?.focus()
    else if (!waiting && !unlock.isPending) unlock.mutate({ password, ...step.input })
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <ChosenAccount {...account} note={t('lock.text')} />
      {step.asked === null ? (
        <PasswordField
          ref={field}
          label={t('login.password')}
          value={password}
          onChange={setPassword}
          error={unlock.error?.error.reason === 'wrong_credentials' ? t('lock.wrong') : message}
          autoComplete="current-password"
          autoFocus
        />
      ) : (
        <CodeField step={step} error={message} />
      )}
      <Button type="submit" look="primary" busy={unlock.isPending || unlock.isSuccess} disabled={waiting}>
        {t('lock.submit')}
      </Button>
      <Button look="quiet" busy={leave.isPending || leave.isSuccess} onClick={() => leave.mutate({})}>
        {t('login.someoneElse')}
      </Button>
    </form>
  )
}
