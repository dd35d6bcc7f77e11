import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { FormError } from '../../components/form-error.tsx'
import type { FormErrors } from '../../components/form-errors.ts'
import styles from './library-section.module.css'

interface EditedFormProps {
  errors: FormErrors
  /** whether there is anything to save */
  isEdited: boolean
  isSaving: boolean
  onSave: () => void
  onDiscard: () => void
  children: ReactNode
}

/** A form of settings: its fields, and below them what saves what was changed, or goes back to what is saved. */
export function EditedForm({ errors, isEdited, isSaving, onSave, onDiscard, children }: EditedFormProps) {
  const { t } = useTranslation()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isSaving) onSave()
  }
  return (
    <form onSubmit={submit} noValidate>
      <div ref={errors.ref}>{children}</div>
      <div className={styles.actions}>
        <FormError text={errors.whole} />
        {isEdited && (
          <Button look="quiet" onClick={onDiscard}>
            {t('admin.discard')}
          </Button>
        )}
        <Button type="submit" look="primary" busy={isSaving} disabled={!isEdited}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
