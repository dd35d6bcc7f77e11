import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RemovedAccount } from '../../electron/contract/removal.ts'
import { Dialog } from '../components/dialog.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { useToast } from '../components/toast.tsx'
import { formatList } from '../format.ts'
import { applyHint, useApiAction } from '../queries.ts'
import { useHoldingsText } from './holdings-text.ts'

interface PurgePersonDialogProps {
  account: RemovedAccount
  /** has the focus once the row is gone */
  focusAfterwards: RefObject<HTMLElement | null>
  onClose: () => void
}

/** Asks before what is kept of a deleted account is removed for good. */
export function PurgePersonDialog({ account, focusAfterwards, onClose }: PurgePersonDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const textOf = useHoldingsText()
  const returnFocus = useRef<HTMLElement>(null)
  const name = account.name || account.username
  const held = textOf(account.holdings)
  const purge = useApiAction('accounts.purge', {
    onSuccess: () => {
      applyHint(client, { topic: 'accounts', revision: 0 })
      toast(t('deletePerson.doneNow', { name }))
      returnFocus.current = focusAfterwards.current
      onClose()
    },
  })
  const errors = useFormErrors(purge.error, [])
  return (
    <Dialog
      open
      onClose={onClose}
      returnFocus={returnFocus}
      title={t('removedPeople.purgeTitle', { name })}
      description={
        held.length > 0
          ? t('removedPeople.purgeText', { things: formatList(held) })
          : t('removedPeople.purgeTextNothing')
      }
      onSubmit={() => !purge.isPending && purge.mutate({ id: account.id })}
      actions={
        <FormActions
          danger
          busy={purge.isPending}
          submit={t('deletePerson.submitNow', { what: formatList([name, ...held.slice(0, 2)]) })}
          onClose={onClose}
        />
      }
    >
      <FormError text={errors.whole} />
    </Dialog>
  )
}
