import { keepPreviousData } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '../../electron/contract/contract.ts'
import { Button } from '../components/button.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../components/state.tsx'
import { useApi } from '../queries.ts'
import { JobRow } from './job-row.tsx'
import styles from './jobs.module.css'

/** Jobs shown at first, and further ones each time somebody asks for more. */
const PAGE = 50
/** Most that one answer holds; the log keeps no more either. */
const MOST = 500

interface JobListProps {
  question: Input<'jobs.list'>
  /** what stands where there are none */
  none: string
  /** what can be done about it */
  action?: ReactNode
  /** shows the failed files of each */
  opened?: boolean
}

/** Jobs that something holds for, live: what is to be done first, then the newest, and more of them on wish. */
export function JobList({ question, none, action, opened = false }: JobListProps) {
  const { t } = useTranslation()
  const [limit, setLimit] = useState(PAGE)
  const jobs = useApi('jobs.list', { limit, ...question }, { placeholderData: keepPreviousData })
  if (jobs.error && !jobs.data) return <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />
  if (jobs.data?.jobs.length === 0) return <EmptyState title={none} action={action} />
  return (
    <>
      <ul className={styles.list}>
        {jobs.data ? (
          jobs.data.jobs.map((job) => <JobRow key={job.id} job={job} opened={opened} />)
        ) : (
          <li className={styles.job}>
            <Skeleton height={40} />
          </li>
        )}
      </ul>
      {jobs.data?.more && limit < MOST && (
        <Button
          className={styles.more}
          busy={jobs.isPlaceholderData}
          onClick={() => setLimit(Math.min(MOST, limit + PAGE))}
        >
          {t('jobs.more')}
        </Button>
      )}
    </>
  )
}
