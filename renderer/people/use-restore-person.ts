import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fieldReason } from '../components/error-fields.ts'
import { useFailureText } from '../components/failure.ts'
import { useToast } from '../components/toast.tsx'
import { applyHint, useApiAction } from '../queries.ts'

interface RestoreOptions {
  /** who comes back */
  name: string
  onDone?: () => void
  onTaken?: () => void
}

/** Gives a deleted account back, and says so. A failure is told by a toast, unless `onTaken` asks for another username where it is taken. */
export function useRestorePerson({ name, onDone, onTaken }: RestoreOptions) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const failureText = useFailureText()
  return useApiAction('accounts.restore', {
    onSuccess: () => {
      applyHint(client, { topic: 'accounts', revision: 0 })
      applyHint(client, { topic: 'folders', revision: 0 })
      toast(t('removedPeople.restored', { name }))
      onDone?.()
    },
    onError: (failure) => {
      if (onTaken && fieldReason(failure.error, 'username')) onTaken()
      else toast(failureText(failure), { bad: true })
    },
  })
}
