import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../electron/contract/accounts.ts'
import { Dialog } from '../components/dialog.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { PasswordField } from '../components/password-field.tsx'
import { useToast } from '../components/toast.tsx'
import { useApiAction } from '../queries.ts'
import styles from './person-dialogs.module.css'
import { SwitchRow } from './switch-row.tsx'

interface ResetPasswordDialogProps {
  account: Account
  onClose: () => void
}

/** Sets somebody's password: freely for super admins, with that account's current one for other admins. */
export function ResetPasswordDialog({ account, onClose }: ResetPasswordDialogProps) {
  const { t } = useTranslation()
  const toast = useToast()
  const name = account.name || account.username
  const needsCurrent = account.may.resetPassword === 'with-current'
  const [currentPassword, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [mustChange, setMustChange] = useState(true)
  const change = useApiAction('accounts.changePassword', {
    onSuccess: () => {
      toast(t('resetPassword.done', { name }))
      onClose()
    },
  })
  const errors = useFormErrors(change.error, ['password', ...(needsCurrent ? ['currentPassword'] : [])])
  const submit = () => {
    if (change.isPending) return
    // that a new one has to be chosen is a super admin's order
    change.mutate({ id: account.id, password, ...(needsCurrent ? { currentPassword } : { mustChange }) })
  }
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      title={t('resetPassword.title', { name })}
      description={t(needsCurrent ? 'resetPassword.withCurrent' : 'resetPassword.freely', { name })}
      onSubmit={submit}
      actions={<FormActions busy={change.isPending} submit={t('resetPassword.submit')} onClose={onClose} />}
    >
      <div ref={errors.ref} className={styles.fields}>
        <FormError text={errors.whole} />
        {needsCurrent && (
          <PasswordField
            label={t('resetPassword.current', { name })}
            value={currentPassword}
            onChange={setCurrent}
            error={errors.of('currentPassword')}
            autoComplete="current-password"
          />
        )}
        <PasswordField
          label={t('ownPassword.new')}
          value={password}
          onChange={setPassword}
          error={errors.of('password')}
          hint={t('ownPassword.hint')}
          autoComplete="new-password"
          personal={[account.username, account.name]}
        />
        {!needsCurrent && (
          <SwitchRow label={t('resetPassword.mustChange')} checked={mustChange} onChange={setMustChange} />
        )}
      </div>
    </Dialog>
  )
}
