import { useTranslation } from 'react-i18next'
import { Skeleton } from '../components/skeleton.tsx'
import { SharedCover } from './shared-facts.tsx'
import styles from './shared-list.module.css'

/** Holds the place of a list of what is shared while it is asked. */
export function SharedSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={styles.list} role="status" aria-label={t('common.loading')}>
      {[0, 1, 2].map((row) => (
        <div key={row} className={styles.row}>
          <SharedCover src={null} icon={null} />
          <span className={styles.waiting}>
            <Skeleton width="40%" />
            <Skeleton width="60%" height={12} />
          </span>
        </div>
      ))}
    </div>
  )
}
