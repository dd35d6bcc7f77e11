import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { PasswordField } from '../components/password-field.tsx'
import { useToast } from '../components/toast.tsx'
import { useMe } from '../me.ts'
import { useApi, useApiAction } from '../queries.ts'
import styles from './own-password-form.module.css'

interface OwnPasswordFormProps {
  /** where it is the one thing the page asks for */
  autoFocus?: boolean
}

/** Changes the own password, which needs the current one. */
export function OwnPasswordForm({ autoFocus = false }: OwnPasswordFormProps) {
  const { t } = useTranslation()
  const { account } = useMe()
  const toast = useToast()
  const client = useQueryClient()
  const [currentPassword, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [revokeAppPasswords, setRevoke] = useState(false)
  // until a new password is chosen nothing else is answered
  const appPasswords = useApi(
    'appPasswords.list',
    { accountId: account.id },
    { enabled: !account.mustChangePassword },
  )
  const count = appPasswords.data?.appPasswords.length ?? 0
  const change = useApiAction('accounts.changePassword', {
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      setRevoke(false)
      toast(t('ownPassword.done'))
      void client.invalidateQueries()
    },
  })
  const errors = useFormErrors(change.error, ['currentPassword', 'password'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!change.isPending) change.mutate({ id: account.id, currentPassword, password, revokeAppPasswords })
  }
  return (
    <form onSubmit={submit} noValidate>
      <div ref={errors.ref} className={styles.form}>
        <input
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          autoComplete="username"
          value={account.username}
          readOnly
        />
        <PasswordField
          label={t('ownPassword.current')}
          value={currentPassword}
          onChange={setCurrent}
          error={errors.of('currentPassword')}
          autoComplete="current-password"
          autoFocus={autoFocus}
        />
        <PasswordField
          label={t('ownPassword.new')}
          value={password}
          onChange={setPassword}
          error={errors.of('password')}
          hint={t('ownPassword.hint')}
          autoComplete="new-password"
          personal={[account.username, account.name]}
        />
        {count > 0 && (
          <Checkbox
            text={t('ownPassword.revokeAppPasswords', { count })}
            checked={revokeAppPasswords}
            onChange={setRevoke}
          />
        )}
        <FormError text={errors.whole} />
        <div>
          <Button type="submit" look="primary" busy={change.isPending}>
            {t('ownPassword.submit')}
          </Button>
        </div>
      </div>
    </form>
  )
}
