import { PencilLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { Button } from '../../components/button.tsx'
import { formatDay, formatWallClock } from '../../format.ts'
import { useMaybeMe } from '../../me.ts'
import { formatCoordinates } from './details.ts'
import { Entry } from './entry.tsx'
import styles from './info-panel.module.css'

interface CorrectedEntryProps {
  photo: Photo
  /** null where this account may not */
  onUncorrect: (() => void) | null
}

/** That date or place were put right, what the file says instead, and the way back to that. */
export function CorrectedEntry({ photo: { corrected, file }, onUncorrect }: CorrectedEntryProps) {
  const { t } = useTranslation()
  const me = useMaybeMe()
  if (!file) return null
  const zone = file.takenOffset ? ` · UTC${file.takenOffset}` : ''
  return (
    <Entry icon={<PencilLine />} name={t('viewer.correction.corrected')}>
      <p className={styles.soft}>{t('viewer.correction.fileSays')}</p>
      {corrected.date && (
        <p>
          {formatDay(file.takenAt)}, {formatWallClock(file.takenAt) + zone}
        </p>
      )}
      {corrected.place && me?.flags.places && (
        <p>{file.gps ? formatCoordinates(file.gps) : t('viewer.correction.noPlace')}</p>
      )}
      {onUncorrect && (
        <Button small onClick={onUncorrect}>
          {t('viewer.correction.uncorrect')}
        </Button>
      )}
    </Entry>
  )
}
