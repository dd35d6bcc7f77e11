import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../electron/contract/contract.ts'
import type { Job } from '../../electron/contract/jobs.ts'
import { Button } from '../components/button.tsx'
import { useReasonText } from '../components/failure.ts'
import { Skeleton } from '../components/skeleton.tsx'
import { ErrorState } from '../components/state.tsx'
import { useApi } from '../queries.ts'
import styles from './jobs.module.css'

/** The files that failed, each with why, and how many more did; to be kept as a text. */
export function JobFailures({ job, title }: { job: Job; title: string }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const failures = useApi('jobs.failures', { id: job.id })
  if (failures.error && !failures.data)
    return <ErrorState error={failures.error} onRetry={() => void failures.refetch()} />
  const more = failures.data?.more ?? 0
  return (
    <div className={styles.failures}>
      {failures.data && (
        <Button
          small
          look="quiet"
          icon={<Download />}
          className={styles.keep}
          onClick={() => saveAsText(`${title}.txt`, linesOf(failures.data, reasonText))}
        >
          {t('jobs.keepFailures')}
        </Button>
      )}
      <ul aria-label={t('jobs.failuresTitle')}>
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
    </div>
  )
}

/** A line for each file: its path, a tab, why it failed. */
const linesOf = ({ failures }: Output<'jobs.failures'>, reasonText: (code: string) => string) =>
  failures.map(({ path, reason }) => `${path}\t${reasonText(reason)}\n`).join('')

function saveAsText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  // a folder's path is part of the name of what failed
  link.download = name.replaceAll(/[\\/:]+/g, '-')
  link.click()
  URL.revokeObjectURL(address)
}
