import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../electron/contract/accounts.ts'
import type { Output } from '../../electron/contract/contract.ts'
import type { RemovalMode } from '../../electron/contract/values.ts'
import { Dialog } from '../components/dialog.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { Skeleton } from '../components/skeleton.tsx'
import { ErrorState } from '../components/state.tsx'
import { useToast } from '../components/toast.tsx'
import { formatList } from '../format.ts'
import { applyHint, useApi, useApiAction } from '../queries.ts'
import { useHoldingsText } from './holdings-text.ts'
import styles from './person-dialogs.module.css'
import { RemovalChoice } from './removal-choice.tsx'
import { useRestorePerson } from './use-restore-person.ts'

interface DeletePersonDialogProps {
  account: Account
  /** has the focus once the account is gone, and its row with it */
  focusAfterwards: RefObject<HTMLElement | null>
  onClose: () => void
}

/** Deletes an account after naming what it saw and added, and asking what becomes of that; files stay. */
export function DeletePersonDialog({ account, focusAfterwards, onClose }: DeletePersonDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const name = account.name || account.username
  const restore = useRestorePerson({ name })
  // where nothing was deleted, what opened the dialog has the focus again
  const returnFocus = useRef<HTMLElement>(null)
  const [mode, setMode] = useState<RemovalMode>('keep')
  const [receiverId, setReceiver] = useState<number | null>(null)
  // counts are what is decided by: as they are now
  const preview = useApi('accounts.previewRemove', { id: account.id }, { staleTime: 0 })
  const candidates = preview.data?.candidates ?? []
  const receiver = candidates.find(({ id }) => id === receiverId) ?? candidates[0]
  const remove = useApiAction('accounts.remove', {
    onSuccess: (_, { mode: done }) => {
      applyHint(client, { topic: 'accounts', revision: 0 })
      if (done === 'now') toast(t('deletePerson.doneNow', { name }))
      else toast(t('deletePerson.done', { name }), { onUndo: () => restore.mutate({ id: account.id }) })
      returnFocus.current = focusAfterwards.current
      onClose()
    },
  })
  const errors = useFormErrors(remove.error, mode === 'transfer' ? ['transferTo'] : [])
  const submitText = useSubmitText(mode, name, preview.data, receiver?.name || receiver?.username)
  const submit = () => {
    if (!preview.data || remove.isPending) return
    remove.mutate({
      id: account.id,
      mode,
      ...(mode === 'transfer' && receiver && { transferTo: receiver.id }),
    })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      returnFocus={returnFocus}
      title={t('deletePerson.title', { name })}
      description={t('deletePerson.text', { name })}
      onSubmit={submit}
      actions={
        <FormActions
          danger
          busy={remove.isPending || preview.isPending}
          submit={submitText}
          onClose={onClose}
        />
      }
    >
      <FormError text={errors.whole} />
      {preview.error && !preview.data && (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {preview.isPending && <Skeleton height={360} />}
      {preview.data && (
        <div className={styles.fields}>
          <Stake name={name} account={account} preview={preview.data} />
          <RemovalChoice
            name={name}
            holdings={preview.data.holdings}
            candidates={candidates}
            value={mode}
            onChange={setMode}
            receiver={receiver}
            onReceiver={setReceiver}
            error={errors.of('transferTo')}
          />
        </div>
      )}
    </Dialog>
  )
}

type Preview = Output<'accounts.previewRemove'>

/** What is at stake, counted. */
function Stake({ name, account, preview }: { name: string; account: Account; preview: Preview }) {
  const { t } = useTranslation()
  const textOf = useHoldingsText()
  const { holdings, photosOnlyTheirs } = preview
  const held = textOf(holdings)
  const photos = t('common.photos', { count: account.photoCount })
  return (
    <ul className={styles.stake}>
      <li>
        {account.folders.length > 0
          ? t('deletePerson.sees', { photos, only: t('common.photos', { count: photosOnlyTheirs }) })
          : t('deletePerson.seesNothing')}
      </li>
      <li>
        {held.length > 0
          ? t('deletePerson.holds', { things: formatList(held) })
          : t('deletePerson.holdsNothing', { name })}
      </li>
      {holdings.appPasswords > 0 && (
        <li>{t('deletePerson.appPasswords', { count: holdings.appPasswords })}</li>
      )}
    </ul>
  )
}

/** What the button does, with the count of what it removes or hands on. */
function useSubmitText(mode: RemovalMode, name: string, preview: Preview | undefined, receiver = ''): string {
  const { t } = useTranslation()
  const textOf = useHoldingsText()
  if (!preview || mode === 'keep') return t('deletePerson.submit')
  const held = textOf(preview.holdings)
  if (mode === 'transfer') return t('deletePerson.submitTransfer', { name: receiver })
  return t('deletePerson.submitNow', { what: formatList([name, ...held.slice(0, 2)]) })
}
