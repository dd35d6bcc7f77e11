import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import { FormActions } from '../../components/form-actions.tsx'
import { formatNumber } from '../../format.ts'

interface HideDialogProps {
  what: 'archive' | 'private'
  /** photos it is done to */
  count: number
  /** selected ones, which may be more */
  total: number
  onClose: () => void
  onConfirm: () => void
}

/** Says how many photos are about to leave the timeline, and who goes on seeing them. */
export function HideDialog({ what, count, total, onClose, onConfirm }: HideDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`selection.ask.${what}.title`, { count })}
      description={t(`selection.ask.${what}.text`)}
      onSubmit={onConfirm}
      actions={
        <FormActions busy={false} submit={t(`selection.ask.${what}.submit`, { count })} onClose={onClose} />
      }
    >
      {count < total && (
        <p>{t('selection.ask.rest', { count: total - count, left: formatNumber(total - count) })}</p>
      )}
    </Dialog>
  )
}
