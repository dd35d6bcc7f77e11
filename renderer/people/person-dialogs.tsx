import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../electron/contract/accounts.ts'
import { Dialog } from '../components/dialog.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { useToast } from '../components/toast.tsx'
import { applyHint, useApiAction } from '../queries.ts'
import styles from './person-dialogs.module.css'
import { draftOf, emptyDraft, type PersonDraft, parseQuota, toCreate, toUpdate } from './person-draft.ts'
import { PERSON_FIELDS, PersonFields } from './person-fields.tsx'

/** Asks again for what a change of accounts touches, without waiting for the server's hint. */
function useAccountsChanged(): () => void {
  const client = useQueryClient()
  return () => {
    applyHint(client, { topic: 'accounts', revision: 0 })
    applyHint(client, { topic: 'folders', revision: 0 })
  }
}

/** Whether the server can be asked at all; what is wrong stands at its field already. */
const isFilledIn = (draft: PersonDraft) => parseQuota(draft.quota) !== undefined

/** Adds somebody to the household. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const toast = useToast()
  const changed = useAccountsChanged()
  const [draft, setDraft] = useState(emptyDraft)
  const create = useApiAction('accounts.create', {
    onSuccess: ({ account }) => {
      changed()
      toast(t('person.added', { name: account.name || account.username }))
      onClose()
    },
  })
  const errors = useFormErrors(create.error, PERSON_FIELDS)
  return (
    <Dialog
      open
      wide
      keepOpen
      onClose={onClose}
      title={t('person.addTitle')}
      onSubmit={() => {
        if (!isFilledIn(draft)) errors.ref.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
        else if (!create.isPending) create.mutate(toCreate(draft))
      }}
      actions={<FormActions busy={create.isPending} submit={t('person.add')} onClose={onClose} />}
    >
      <div ref={errors.ref} className={styles.fields}>
        <FormError text={errors.whole} />
        <PersonFields
          draft={draft}
          onChange={(change: Partial<PersonDraft>) => setDraft({ ...draft, ...change })}
          errorOf={errors.of}
          account={null}
        />
      </div>
    </Dialog>
  )
}

/** Changes somebody's account. */
export function EditPersonDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation()
  const toast = useToast()
  const changed = useAccountsChanged()
  const [draft, setDraft] = useState(() => draftOf(account))
  const update = useApiAction('accounts.update', {
    onSuccess: ({ account: saved }) => {
      changed()
      toast(t('person.saved', { name: saved.name || saved.username }))
      onClose()
    },
  })
  const errors = useFormErrors(update.error, PERSON_FIELDS)
  const submit = () => {
    const input = toUpdate(account, draft)
    if (!isFilledIn(draft)) errors.ref.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
    else if (Object.keys(input).length === 1) onClose()
    else if (!update.isPending) update.mutate(input)
  }
  return (
    <Dialog
      open
      wide
      keepOpen
      onClose={onClose}
      title={t('person.editTitle', { name: account.name || account.username })}
      onSubmit={submit}
      actions={<FormActions busy={update.isPending} submit={t('common.save')} onClose={onClose} />}
    >
      <div ref={errors.ref} className={styles.fields}>
        <FormError text={errors.whole} />
        <PersonFields
          draft={draft}
          onChange={(change: Partial<PersonDraft>) => setDraft({ ...draft, ...change })}
          errorOf={errors.of}
          account={account}
        />
      </div>
    </Dialog>
  )
}
