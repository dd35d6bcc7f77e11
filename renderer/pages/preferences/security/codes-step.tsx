import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import type { SecurityDialogProps } from './dialog-props.ts'
import { RecoveryCodes } from './recovery-codes.tsx'

interface CodesStepProps extends SecurityDialogProps {
  codes: readonly string[]
}

/** The dialog in which recovery codes are shown: it stays until they are said to be kept. */
export function CodesStep({ codes, onClose, returnFocus }: CodesStepProps) {
  const { t } = useTranslation()
  const [kept, setKept] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const finish = () => {
    if (kept) onClose()
    else setMissing(true)
  }
  return (
    <Dialog
      open
      keepOpen
      returnFocus={returnFocus}
      onClose={finish}
      title={t('factor.codesTitle')}
      description={t('factor.codesText')}
      onSubmit={finish}
      actions={
        <Button type="submit" look="primary">
          {t('factor.done')}
        </Button>
      }
    >
      <RecoveryCodes codes={codes} kept={kept} onKept={setKept} isMissing={isMissing} />
    </Dialog>
  )
}
