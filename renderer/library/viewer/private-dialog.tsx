import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import { FormActions } from '../../components/form-actions.tsx'

interface PrivateDialogProps {
  open: boolean
  onConfirm: () => void
  onClose: () => void
  viewer: RefObject<HTMLElement | null>
}

/** Says who still sees a photo that becomes private. */
export function PrivateDialog({ open, onConfirm, onClose, viewer }: PrivateDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('viewer.marks.makePrivateTitle')}
      description={t('viewer.marks.makePrivateText')}
      onSubmit={onConfirm}
      returnFocus={viewer}
      actions={<FormActions busy={false} submit={t('viewer.marks.makePrivate')} onClose={onClose} />}
    />
  )
}
