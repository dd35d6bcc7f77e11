import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'

interface FormActionsProps {
  busy: boolean
  submit: string
  onClose: () => void
  danger?: boolean
}

/** Cancel, and the one thing the dialog is for. */
export function FormActions({ busy, submit, onClose, danger }: FormActionsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" look={danger ? 'danger' : 'primary'} busy={busy}>
        {submit}
      </Button>
    </>
  )
}
