import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Access } from '../../../../electron/contract/fields.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Field, TextField } from '../../../components/field.tsx'
import { FormActions } from '../../../components/form-actions.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { useFormErrors } from '../../../components/form-errors.ts'
import { PasswordField } from '../../../components/password-field.tsx'
import { ShownOnce } from '../../../components/shown-once.tsx'
import { useMe } from '../../../me.ts'
import { useApiAction } from '../../../queries.ts'
import { Choice } from '../choice.tsx'
import type { SecurityDialogProps } from './dialog-props.ts'

/** Makes an app password, then shows it this once. */
export function NewAppPassword(props: SecurityDialogProps) {
  const [token, setToken] = useState<string | null>(null)
  return token === null ? <Wish {...props} onMade={setToken} /> : <Shown {...props} token={token} />
}

const ACCESSES = ['read-write', 'read-only'] as const satisfies readonly Access[]

function Wish({ onClose, returnFocus, onMade }: SecurityDialogProps & { onMade: (token: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [label, setLabel] = useState('')
  const [access, setAccess] = useState<Access>('read-only')
  const [currentPassword, setCurrent] = useState('')
  const create = useApiAction('appPasswords.create', {
    onSuccess: ({ token }) => {
      void client.invalidateQueries({ queryKey: ['appPasswords.list'] })
      onMade(token)
    },
  })
  const errors = useFormErrors(create.error, ['label', 'currentPassword'])
  return (
    <Dialog
      open
      onClose={onClose}
      returnFocus={returnFocus}
      title={t('appPasswords.addTitle')}
      onSubmit={() => !create.isPending && create.mutate({ label, access, currentPassword })}
      actions={<FormActions busy={create.isPending} submit={t('appPasswords.create')} onClose={onClose} />}
    >
      <div ref={errors.ref}>
        <FormError text={errors.whole} />
        <TextField
          label={t('appPasswords.label')}
          hint={t('appPasswords.labelHint')}
          value={label}
          onChange={setLabel}
          error={errors.of('label')}
          autoComplete="off"
        />
        <Field label={t('appPasswords.access')}>
          {() => (
            <div>
              <Choice
                label={t('appPasswords.access')}
                value={access}
                options={ACCESSES.map((value) => ({ value, label: t(`appPasswords.accesses.${value}`) }))}
                onChange={setAccess}
              />
            </div>
          )}
        </Field>
        <PasswordField
          label={t('ownPassword.current')}
          value={currentPassword}
          onChange={setCurrent}
          error={errors.of('currentPassword')}
          autoComplete="current-password"
        />
      </div>
    </Dialog>
  )
}

function Shown({ onClose, returnFocus, token }: SecurityDialogProps & { token: string }) {
  const { t } = useTranslation()
  const { account } = useMe()
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      returnFocus={returnFocus}
      title={t('appPasswords.shownTitle')}
      description={t('appPasswords.shownText', { username: account.username })}
      // no form: an Enter too many must not take away what is shown once
      actions={
        <Button look="primary" onClick={onClose}>
          {t('factor.done')}
        </Button>
      }
    >
      <ShownOnce label={t('appPasswords.token')} text={token} />
    </Dialog>
  )
}
