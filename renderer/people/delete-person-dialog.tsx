import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../electron/contract/accounts.ts'
import { Dialog } from '../components/dialog.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { useToast } from '../components/toast.tsx'
import { applyHint, useApiAction } from '../queries.ts'
import { FormActions } from './person-dialogs.tsx'

interface DeletePersonDialogProps {
  account: Account
  /** has the focus once the account is gone, and its row with it */
  focusAfterwards: RefObject<HTMLElement | null>
  onClose: () => void
}

/** Deletes an account after naming what it saw; files stay. */
export function DeletePersonDialog({ account, focusAfterwards, onClose }: DeletePersonDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  // where nothing was deleted, what opened the dialog has the focus again
  const returnFocus = useRef<HTMLElement>(null)
  const name = account.name || account.username
  const remove = useApiAction('accounts.remove', {
    onSuccess: () => {
      applyHint(client, { topic: 'accounts', revision: 0 })
      toast(t('deletePerson.done', { name }))
      returnFocus.current = focusAfterwards.current
      onClose()
    },
  })
  const errors = useFormErrors(remove.error, [])
  const photos = t('common.photos', { count: account.photoCount })
  const folders = t('deletePerson.folders', { count: account.folders.length })
  return (
    <Dialog
      open
      onClose={onClose}
      returnFocus={returnFocus}
      title={t('deletePerson.title', { name })}
      description={
        account.folders.length > 0
          ? t('deletePerson.text', { name, photos, folders })
          : t('deletePerson.textWithoutFolders', { name })
      }
      onSubmit={() => !remove.isPending && remove.mutate({ id: account.id })}
      actions={
        <FormActions danger busy={remove.isPending} submit={t('deletePerson.submit')} onClose={onClose} />
      }
    >
      <FormError text={errors.whole} />
    </Dialog>
  )
}
