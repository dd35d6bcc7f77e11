import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SIDECARS_AT_ONCE } from '../../../electron/contract/values.ts'
import { call } from '../../api.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useReasonText } from '../../components/failure.ts'
import { FormActions } from '../../components/form-actions.tsx'
import { useBulk } from '../bulk/bulk-area.tsx'
import { type SidecarTally, writeThem } from './acts.ts'

interface SidecarDialogProps {
  /** photos that their viewer may edit */
  ids: readonly number[]
  onClose: () => void
}

/** Says what is written beside the photos and who reads it, and has it written. */
export function SidecarDialog({ ids, onClose }: SidecarDialogProps) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const { start, busy } = useBulk()
  const [own, setOwn] = useState(false)
  const write = () => {
    const tally: SidecarTally = { failed: 0, reason: null }
    const act = writeThem(call, own, tally)
    const pieces = Array.from({ length: Math.ceil(ids.length / SIDECARS_AT_ONCE) }, (_, piece) =>
      ids.slice(piece * SIDECARS_AT_ONCE, (piece + 1) * SIDECARS_AT_ONCE),
    )
    start({
      steps: pieces.map((some) => ({ ids: some, act })),
      doing: t('sidecars.doing'),
      did: (count) =>
        [
          t('sidecars.did', { count }),
          tally.failed > 0 &&
            t('sidecars.failed', { count: tally.failed, why: tally.reason ? reasonText(tally.reason) : '' }),
        ]
          .filter(Boolean)
          .join(' '),
    })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('sidecars.title', { count: ids.length })}
      description={t('sidecars.text')}
      onSubmit={write}
      actions={<FormActions busy={busy} submit={t('sidecars.submit')} onClose={onClose} />}
    >
      <Checkbox text={t('sidecars.own')} checked={own} onChange={setOwn} />
    </Dialog>
  )
}
