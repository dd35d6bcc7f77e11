import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../components/dialog.tsx'
import { TextField } from '../../../components/field.tsx'
import { FormActions } from '../../../components/form-actions.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { useFormErrors } from '../../../components/form-errors.ts'
import { PasswordField } from '../../../components/password-field.tsx'
import { useToast } from '../../../components/toast.tsx'
import { useApiAction } from '../../../queries.ts'
import { CodesStep } from './codes-step.tsx'
import type { SecurityDialogProps } from './dialog-props.ts'

/** Switches the own second factor off. */
export function DisableFactor(props: SecurityDialogProps) {
  const { t } = useTranslation()
  const toast = useToast()
  const disable = useApiAction('totp.disable', {
    onSuccess: () => {
      toast(t('factor.disabled'))
      props.onClose()
    },
  })
  return (
    <ProofDialog
      title={t('factor.disableTitle')}
      text={t('factor.disableText')}
      submit={t('factor.disable')}
      danger
      action={disable}
      {...props}
    />
  )
}

/** New recovery codes in place of the old. */
export function RenewCodes(props: SecurityDialogProps) {
  const { t } = useTranslation()
  const renew = useApiAction('totp.renewCodes')
  if (renew.data) return <CodesStep codes={renew.data.recoveryCodes} {...props} />
  return (
    <ProofDialog
      title={t('factor.renewTitle')}
      text={t('factor.renewText')}
      submit={t('factor.renewSubmit')}
      action={renew}
      {...props}
    />
  )
}

type Action = Pick<
  ReturnType<typeof useApiAction<'totp.disable' | 'totp.renewCodes'>>,
  'mutate' | 'isPending' | 'error'
>

interface ProofDialogProps extends SecurityDialogProps {
  title: string
  text: string
  submit: string
  danger?: boolean
  action: Action
}

/** Asks for the password and a code. */
function ProofDialog(props: ProofDialogProps) {
  const { title, text, submit, danger = false, action, onClose, returnFocus } = props
  const { t } = useTranslation()
  const [currentPassword, setCurrent] = useState('')
  const [code, setCode] = useState('')
  const errors = useFormErrors(action.error, ['currentPassword', 'code'])
  return (
    <Dialog
      open
      onClose={onClose}
      returnFocus={returnFocus}
      title={title}
      description={text}
      onSubmit={() => !action.isPending && action.mutate({ currentPassword, code })}
      actions={<FormActions danger={danger} busy={action.isPending} submit={submit} onClose={onClose} />}
    >
      <div ref={errors.ref}>
        <FormError text={errors.whole} />
        <PasswordField
          label={t('ownPassword.current')}
          value={currentPassword}
          onChange={setCurrent}
          error={errors.of('currentPassword')}
          autoComplete="current-password"
        />
        <TextField
          label={t('factor.appOrRecovery')}
          value={code}
          onChange={setCode}
          error={errors.of('code')}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
        />
      </div>
    </Dialog>
  )
}
