import { useTranslation } from 'react-i18next'
import { useReasonText } from '../../components/failure.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useApi } from '../../queries.ts'
import styles from './worker-logs.module.css'

/** The files that failed, each with why, and how many more did. */
export function JobFailures({ jobId }: { jobId: number }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const failures = useApi('jobs.failures', { id: jobId })
  if (failures.error && !failures.data)
    return <ErrorState error={failures.error} onRetry={() => void failures.refetch()} />
  const more = failures.data?.more ?? 0
  return (
    <ul className={styles.failures} aria-label={t('jobs.failuresTitle')}>
      {failures.data ? (
        failures.data.failures.map(({ path, reason }) => (
          <li key={path} className={styles.failure}>
            <span className={styles.path}>{path}</span>
            <span className={styles.why}>{reasonText(reason)}</span>
          </li>
        ))
      ) : (
        <li>
          <Skeleton height={20} />
        </li>
      )}
      {more > 0 && <li className={styles.why}>{t('jobs.moreFailures', { count: more })}</li>}
    </ul>
  )
}
