import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../electron/contract/accounts.ts'
import { Dialog } from '../components/dialog.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { useToast } from '../components/toast.tsx'
import { applyHint, useApiAction } from '../queries.ts'

interface ClearFactorDialogProps {
  account: Account
  onClose: () => void
}

/** Switches off somebody's second factor, who has lost it. */
export function ClearFactorDialog({ account, onClose }: ClearFactorDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const name = account.name || account.username
  const clear = useApiAction('totp.clear', {
    onSuccess: () => {
      applyHint(client, { topic: 'accounts', revision: 0 })
      toast(t('factor.cleared', { name }))
      onClose()
    },
  })
  const errors = useFormErrors(clear.error, [])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('factor.clearTitle', { name })}
      description={t('factor.clearText', { name })}
      onSubmit={() => !clear.isPending && clear.mutate({ accountId: account.id })}
      actions={<FormActions danger busy={clear.isPending} submit={t('factor.clear')} onClose={onClose} />}
    >
      <FormError text={errors.whole} />
    </Dialog>
  )
}
