import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../electron/contract/contract.ts'
import { Dialog } from '../../../components/dialog.tsx'
import { TextField } from '../../../components/field.tsx'
import { FormActions } from '../../../components/form-actions.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { useFormErrors } from '../../../components/form-errors.ts'
import { PasswordField } from '../../../components/password-field.tsx'
import { QrCode } from '../../../components/qr-code.tsx'
import { ShownOnce } from '../../../components/shown-once.tsx'
import { useToast } from '../../../components/toast.tsx'
import { useApiAction } from '../../../queries.ts'
import { CodesStep } from './codes-step.tsx'
import type { SecurityDialogProps } from './dialog-props.ts'
import styles from './factor-setup.module.css'

type Begun = Output<'totp.begin'>

/** Switches the own second factor on, in steps: password, app and first code, recovery codes. */
export function FactorSetup(props: SecurityDialogProps) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  if (codes) return <CodesStep codes={codes} {...props} />
  if (begun) return <ScanStep begun={begun} onDone={setCodes} {...props} />
  return <PasswordStep onDone={setBegun} {...props} />
}

interface PasswordStepProps extends SecurityDialogProps {
  onDone: (begun: Begun) => void
}

function PasswordStep({ onDone, onClose, returnFocus }: PasswordStepProps) {
  const { t } = useTranslation()
  const [currentPassword, setCurrent] = useState('')
  const begin = useApiAction('totp.begin', { onSuccess: onDone })
  const errors = useFormErrors(begin.error, ['currentPassword'])
  return (
    <Dialog
      open
      onClose={onClose}
      returnFocus={returnFocus}
      title={t('factor.setUpTitle')}
      description={t('factor.passwordStep')}
      onSubmit={() => !begin.isPending && begin.mutate({ currentPassword })}
      actions={<FormActions busy={begin.isPending} submit={t('common.next')} onClose={onClose} />}
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
      </div>
    </Dialog>
  )
}

interface ScanStepProps extends SecurityDialogProps {
  begun: Begun
  onDone: (recoveryCodes: readonly string[]) => void
}

function ScanStep({ begun, onDone, onClose, returnFocus }: ScanStepProps) {
  const { t } = useTranslation()
  const toast = useToast()
  const [code, setCode] = useState('')
  const confirm = useApiAction('totp.confirm', {
    onSuccess: ({ recoveryCodes }) => {
      toast(t('factor.enabled'))
      onDone(recoveryCodes)
    },
  })
  const errors = useFormErrors(confirm.error, ['code'])
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      returnFocus={returnFocus}
      title={t('factor.setUpTitle')}
      description={`${t('factor.scanStep')} ${t('factor.othersEnd')}`}
      onSubmit={() => !confirm.isPending && confirm.mutate({ code })}
      actions={<FormActions busy={confirm.isPending} submit={t('factor.switchOn')} onClose={onClose} />}
    >
      <div ref={errors.ref} className={styles.scan}>
        <QrCode text={begun.uri} label={t('factor.qr')} />
        <ShownOnce label={t('factor.secret')} text={begun.secret.replace(/.{4}(?=.)/g, '$& ')} />
        <FormError text={errors.whole} />
        <TextField
          label={t('factor.code')}
          value={code}
          onChange={setCode}
          error={errors.of('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
        />
      </div>
    </Dialog>
  )
}
