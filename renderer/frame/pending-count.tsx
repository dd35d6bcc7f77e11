import { useTranslation } from 'react-i18next'
import { formatNumber } from '../format.ts'
import { useMe } from '../me.ts'
import styles from './pending-count.module.css'

/** How many people signed up and wait for a folder, beside whatever leads to them; nothing while nobody does. */
export function PendingCount() {
  const { t } = useTranslation()
  const { pendingCount } = useMe()
  if (pendingCount === 0) return null
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{formatNumber(pendingCount)}</span>
      <span className="visually-hidden">, {t('people.waiting', { count: pendingCount })}</span>
    </span>
  )
}
