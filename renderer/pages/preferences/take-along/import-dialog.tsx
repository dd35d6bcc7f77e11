import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  IMPORT_MODES,
  type ImportMode,
  type ImportPart,
} from '../../../../electron/contract/overlay-document.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { Select } from '../../../components/select.tsx'
import styles from './take-along.module.css'
import { TallyList } from './tally-list.tsx'
import { type ImportStage, useImport } from './use-import.ts'
import { useWrongText } from './use-wrong-text.ts'

interface ImportDialogProps {
  fileName: string
  parts: readonly ImportPart[]
  onClose: () => void
}

/** Tells what a file would change before it does, takes it in, and tells what was not found. */
export function ImportDialog({ fileName, parts, onClose }: ImportDialogProps) {
  const { t } = useTranslation()
  const wrongText = useWrongText()
  const [mode, setMode] = useState<ImportMode>('fill-gaps')
  const { stage, look, apply } = useImport(parts, mode)
  const isOver = stage.at === 'imported'
  const isUnderWay = stage.at === 'looking' || stage.at === 'importing'
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      title={t(isOver ? 'takeAlong.imported' : 'takeAlong.importTitle')}
      description={t(isOver ? 'takeAlong.importedText' : 'takeAlong.importText', { file: fileName })}
      actions={<Actions stage={stage} onClose={onClose} onApply={apply} onRetry={look} />}
    >
      <div className={styles.body}>
        {!isOver && (
          <div className={styles.mode}>
            <span>{t('takeAlong.mode')}</span>
            <Select
              label={t('takeAlong.mode')}
              value={mode}
              options={IMPORT_MODES.map((value) => ({ value, label: t(`takeAlong.modes.${value}`) }))}
              onChange={setMode}
              disabled={stage.at === 'importing'}
            />
          </div>
        )}
        <div role="status" className={styles.outcome}>
          {isUnderWay && (
            <>
              <p>{t(stage.at === 'looking' ? 'takeAlong.looking' : 'takeAlong.importing')}</p>
              <ProgressBar label={fileName} done={stage.done} total={parts.length} />
            </>
          )}
          {'tally' in stage && <TallyList tally={stage.tally} />}
        </div>
        <FormError text={stage.at === 'failed' ? wrongText(stage.error) : null} />
      </div>
    </Dialog>
  )
}

interface ActionsProps {
  stage: ImportStage
  onClose: () => void
  onApply: () => void
  onRetry: () => void
}

function Actions({ stage, onClose, onApply, onRetry }: ActionsProps) {
  const { t } = useTranslation()
  const isDone =
    stage.at === 'imported' ||
    (stage.at === 'looked' &&
      stage.tally.changed + stage.tally.albums.new + stage.tally.albums.photosAdded === 0 &&
      stage.tally.albums.merged === 0)
  if (isDone)
    return (
      <Button look="primary" onClick={onClose}>
        {t('common.close')}
      </Button>
    )
  return (
    <>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
      {stage.at === 'failed' ? (
        <Button look="primary" onClick={onRetry}>
          {t('jobs.retry')}
        </Button>
      ) : (
        <Button look="primary" busy={stage.at !== 'looked'} onClick={onApply}>
          {t('takeAlong.import')}
        </Button>
      )}
    </>
  )
}
