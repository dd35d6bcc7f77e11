import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RemovedAccount } from '../../electron/contract/removal.ts'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { useRestorePerson } from './use-restore-person.ts'

interface RestorePersonDialogProps {
  account: RemovedAccount
  /** has the focus once the account is back, as its row here is gone */
  focusAfterwards: RefObject<HTMLElement | null>
  onClose: () => void
}

/** Asks for another username for somebody whose own is taken by now. */
export function RestorePersonDialog({ account, focusAfterwards, onClose }: RestorePersonDialogProps) {
  const { t } = useTranslation()
  const [username, setUsername] = useState('')
  const returnFocus = useRef<HTMLElement>(null)
  const name = account.name || account.username
  const restore = useRestorePerson({
    name,
    onDone: () => {
      returnFocus.current = focusAfterwards.current
      onClose()
    },
    // told at the field
    onTaken: () => {},
  })
  const errors = useFormErrors(restore.error, ['username'])
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      returnFocus={returnFocus}
      title={t('removedPeople.restoreTitle', { name })}
      description={t('removedPeople.restoreText', { username: account.username })}
      onSubmit={() => !restore.isPending && restore.mutate({ id: account.id, username })}
      actions={<FormActions busy={restore.isPending} submit={t('removedPeople.restore')} onClose={onClose} />}
    >
      <div ref={errors.ref}>
        <FormError text={errors.whole} />
        <TextField
          label={t('person.username')}
          hint={t('person.usernameHint')}
          value={username}
          onChange={setUsername}
          error={errors.of('username')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
    </Dialog>
  )
}
