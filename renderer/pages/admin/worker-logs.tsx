import { ScanSearch } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'
import { filterOf, questionOf } from '../../jobs/job-filter.ts'
import { JobFilters } from '../../jobs/job-filters.tsx'
import { JobList } from '../../jobs/job-list.tsx'
import { useApiAction } from '../../queries.ts'
import { Section } from './section.tsx'
import { partOf, useAddressHash } from './use-anchors.ts'

/** Background work: what is running, what ran, with which result; the address may say which (`job-filter.ts`). */
export function WorkerLogs() {
  const { t } = useTranslation()
  const hash = useAddressHash()
  const [asked, setAsked] = useState({ hash, filter: filterOf(hash) })
  // a link to these logs has its own filter; one to another part leaves them as they are
  if (asked.hash !== hash)
    setAsked({ hash, filter: partOf(hash) === 'worker-logs' ? filterOf(hash) : asked.filter })
  const { filter } = asked
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Section id="worker-logs" title={t('admin.section.worker-logs')} actions={<ScanAll />}>
      <JobFilters filter={filter} onChange={(next) => setAsked({ hash, filter: next })} />
      <JobList
        key={JSON.stringify(filter)}
        question={questionOf(filter)}
        none={t(isFiltered ? 'jobs.noneOfThese' : 'jobs.none')}
        opened={filter.jobId !== undefined}
      />
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
