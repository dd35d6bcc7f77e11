import { useTranslation } from 'react-i18next'
import { useReachable } from '../connection.ts'
import styles from './frame.module.css'

/** Says over the page that the server can't be reached. */
export function LostConnection() {
  const { t } = useTranslation()
  const reachable = useReachable()
  return (
    <div role="status" className={styles.lost}>
      {!reachable && <p className={styles.lostText}>{t('connection.lost')}</p>}
    </div>
  )
}
