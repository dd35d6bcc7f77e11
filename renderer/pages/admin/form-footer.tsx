import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { FormError } from '../../components/form-error.tsx'
import styles from './library-section.module.css'

interface FormFooterProps {
  /** what is wrong with the form as a whole */
  error: string | null
  /** whether there is anything to save */
  isEdited: boolean
  isSaving: boolean
  onDiscard: () => void
}

/** The end of a form of settings: saves what was changed, or goes back to what is saved. */
export function FormFooter({ error, isEdited, isSaving, onDiscard }: FormFooterProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.actions}>
      <FormError text={error} />
      {isEdited && (
        <Button look="quiet" onClick={onDiscard}>
          {t('admin.discard')}
        </Button>
      )}
      <Button type="submit" look="primary" busy={isSaving} disabled={!isEdited}>
        {t('common.save')}
      </Button>
    </div>
  )
}
