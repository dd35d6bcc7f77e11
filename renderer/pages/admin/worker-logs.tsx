import { ScanSearch } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JOB_KINDS, JOB_STATES } from '../../../electron/contract/values.ts'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { useApi, useApiAction } from '../../queries.ts'
import { JobRow } from './job-row.tsx'
import { Section } from './section.tsx'
import styles from './worker-logs.module.css'

/** What is asked for without a filter. */
const NEWEST_JOBS = { limit: 100 }

/** Background work: what is running, what ran, with which result. */
export function WorkerLogs() {
  const { t } = useTranslation()
  const [kind, setKind] = useState<(typeof JOB_KINDS)[number] | 'all'>('all')
  const [state, setState] = useState<(typeof JOB_STATES)[number] | 'all'>('all')
  const jobs = useApi('jobs.list', { ...NEWEST_JOBS, ...(state !== 'all' && { state }) })
  const shown = jobs.data?.jobs.filter((job) => kind === 'all' || job.kind === kind)
  return (
    <Section
      id="worker-logs"
      title={t('admin.section.worker-logs')}
      actions={
        <div className={styles.filters}>
          <Select
            label={t('jobs.kind')}
            value={kind}
            onChange={setKind}
            options={(['all', ...JOB_KINDS] as const).map((value) => ({
              value,
              label: t(`jobs.kinds.${value}`),
            }))}
          />
          <Select
            label={t('jobs.state')}
            value={state}
            onChange={setState}
            options={(['all', ...JOB_STATES] as const).map((value) => ({
              value,
              label: t(`jobs.states.${value}`),
            }))}
          />
          <ScanAll />
        </div>
      }
    >
      {jobs.error && !jobs.data ? (
        <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />
      ) : shown?.length === 0 ? (
        <EmptyState title={t(state === 'all' && kind === 'all' ? 'jobs.none' : 'jobs.noneOfThese')} />
      ) : (
        <ul className={styles.list}>
          {shown ? (
            shown.map((job) => <JobRow key={job.id} job={job} />)
          ) : (
            <li className={styles.job}>
              <Skeleton height={40} />
            </li>
          )}
        </ul>
      )}
    </Section>
  )
}

function ScanAll() {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const scan = useApiAction('jobs.scan', {
    onSuccess: ({ jobIds }) => toast(t('jobs.scanAllDone', { count: jobIds.length })),
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return (
    <Button icon={<ScanSearch />} busy={scan.isPending} onClick={() => scan.mutate({})}>
      {t('jobs.scanAll')}
    </Button>
  )
}
