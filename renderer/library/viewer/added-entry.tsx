import { UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import type { ShownPhoto } from '../photo-query.ts'
import { Entry } from './entry.tsx'
import styles from './info-panel.module.css'

interface AddedEntryProps {
  photo: ShownPhoto
  /** takes it out again; null where this account may not */
  onWithdraw: (() => void) | null
}

/** Who added a photo to the shared album that it is looked at in; nothing for the album's own. */
export function AddedEntry({ photo: { addedBy }, onWithdraw }: AddedEntryProps) {
  const { t } = useTranslation()
  if (!addedBy) return null
  return (
    <Entry icon={<UserPlus />} name={t('viewer.added.by')}>
      <div className={styles.place}>
        <p>{addedBy.isOwn ? t('viewer.added.you') : addedBy.name || t('viewer.added.somebody')}</p>
        {onWithdraw && (
          <Button small onClick={onWithdraw}>
            {t('viewer.added.takeOut')}
          </Button>
        )}
      </div>
    </Entry>
  )
}
