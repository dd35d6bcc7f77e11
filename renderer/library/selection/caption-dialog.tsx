import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { FormActions } from '../../components/form-actions.tsx'
import { captionForAll, overlayThem } from '../bulk/acts.ts'
import styles from './ask-dialog.module.css'
import type { AskProps } from './ask-dialog.tsx'

/** As much as the server takes. */
const LONGEST = 20_000

/** One caption for all selected photos, of one's own or for everyone with their folder. */
export function CaptionDialog({ asking: { idsFor }, work, onClose }: AskProps) {
  const { t } = useTranslation()
  const [caption, setCaption] = useState('')
  const [forAll, setForAll] = useState(false)
  const shareable = idsFor('captionForAll')
  const ids = forAll ? shareable : idsFor('caption')
  const count = ids.length
  const submit = () => {
    onClose()
    work('caption', ids, forAll ? captionForAll(call, caption) : overlayThem(call, { caption }))
  }
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      title={t('selection.ask.caption.title', { count })}
      onSubmit={submit}
      actions={
        <FormActions
          busy={false}
          submit={t(caption === '' ? 'selection.ask.caption.remove' : 'selection.ask.caption.submit', {
            count,
          })}
          onClose={onClose}
        />
      }
    >
      <Field label={t('selection.ask.caption.field')} hint={t('selection.ask.caption.hint')}>
        {(control) => (
          <textarea
            {...control}
            className={styles.area}
            rows={4}
            maxLength={LONGEST}
            value={caption}
            onChange={(event) => setCaption(event.target.value)}
          />
        )}
      </Field>
      {shareable.length > 0 && (
        <Checkbox text={t('selection.ask.forAll')} checked={forAll} onChange={setForAll} />
      )}
    </Dialog>
  )
}
