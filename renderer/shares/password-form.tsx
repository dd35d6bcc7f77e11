import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldLink } from '../../electron/contract/shares.ts'
import { type ApiFailure, call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { useLoginMessage } from '../pages/login/login-message.ts'
import type { ShareAddress } from './share-address.ts'
import styles from './share-page.module.css'
import { noteOpened, openLink } from './use-opened.ts'

interface PasswordFormProps {
  by: ShareAddress['by']
  /** it was another one when this was opened */
  changed?: boolean
}

/** Asks for a link's password. */
export function PasswordForm({ by, changed = false }: PasswordFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [password, setPassword] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const open = useMutation<HeldLink | null, ApiFailure, string>({
    mutationFn: (given) =>
      'token' in by ? openLink(by.token, given) : call('shares.passAgain', { ...by, password: given }),
    onSuccess: (link) => noteOpened(client, by, link),
    onError: () => field.current?.select(),
  })
  const { message, waiting } = useLoginMessage(open.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!password) field.current?.focus()
    else if (!waiting && !open.isPending) open.mutate(password)
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h1 className={styles.formTitle}>{t(changed ? 'share.passwordChanged' : 'share.passwordTitle')}</h1>
      <p className={styles.formText}>{t('share.passwordText')}</p>
      <PasswordField
        ref={field}
        label={t('share.password')}
        value={password}
        onChange={setPassword}
        error={message}
        autoComplete="current-password"
        autoFocus
      />
      <Button type="submit" look="primary" busy={open.isPending} disabled={waiting}>
        {t('share.open')}
      </Button>
    </form>
  )
}
