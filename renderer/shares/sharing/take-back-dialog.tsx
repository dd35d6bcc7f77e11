import { useMutation } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link } from '../../../electron/contract/shares.ts'
import type { ApiFailure } from '../../api.ts'
import { Dialog } from '../../components/dialog.tsx'
import { FormActions } from '../../components/form-actions.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { useToast } from '../../components/toast.tsx'
import { formatList } from '../../format.ts'
import styles from './sharing.module.css'
import { useShareEdit } from './use-shares-of.ts'

interface TakeBackDialogProps {
  link: Link
  onClose: () => void
  /** what has the focus afterwards: the button that was pressed goes with the link */
  returnFocus: RefObject<HTMLElement | null>
}

/** Ends a share for good, after telling who has it. */
export function TakeBackDialog({ link, onClose, returnFocus }: TakeBackDialogProps) {
  const { t } = useTranslation()
  const toast = useToast()
  const edit = useShareEdit()
  const revoke = useMutation<void, ApiFailure>({
    mutationFn: () => edit('shares.revoke', { id: link.id }),
    onSuccess: () => {
      toast(t(link.direct ? 'sharing.tookBackDirect' : 'sharing.tookBack'))
      onClose()
    },
  })
  const errors = useFormErrors(revoke.error, [])
  const { guests, views, contributed } = link
  const names = formatList(guests.map(({ name }) => name))
  return (
    <Dialog
      open
      onClose={onClose}
      returnFocus={returnFocus}
      title={t(link.direct ? 'sharing.takeBackTitleDirect' : 'sharing.takeBackTitle')}
      description={t(link.direct ? 'sharing.takeBackTextDirect' : 'sharing.takeBackText')}
      onSubmit={() => !revoke.isPending && revoke.mutate()}
      actions={
        <FormActions danger busy={revoke.isPending} submit={t('sharing.takeBack')} onClose={onClose} />
      }
    >
      <FormError text={errors.whole} />
      <p className={styles.said}>
        {views > 0 ? t('sharing.opened', { count: views }) : t('sharing.unopened')}
      </p>
      {guests.length > 0 && (
        <p className={styles.said}>{t('sharing.has', { count: guests.length, names })}</p>
      )}
      {contributed > 0 && <p>{t('sharing.addedGo', { count: contributed })}</p>}
    </Dialog>
  )
}
