import { useTranslation } from 'react-i18next'
import { JOB_KINDS, JOB_STATES } from '../../electron/contract/values.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { Select } from '../components/select.tsx'
import { folderName } from '../paths.ts'
import { useApi } from '../queries.ts'
import { type JobFilter, PERIODS } from './job-filter.ts'
import styles from './jobs.module.css'

const ALL = 'all'

interface JobFiltersProps {
  filter: JobFilter
  onChange: (filter: JobFilter) => void
}

/** Chooses which jobs of the household are shown; for admins. */
export function JobFilters({ filter, onChange }: JobFiltersProps) {
  const { t } = useTranslation()
  const { jobId, kind, state, folderId, startedBy, period, withFailures = false } = filter
  const folders = useApi('folders.list', {}).data?.folders ?? []
  const people = useApi('accounts.list', {}).data?.accounts ?? []
  /** the filter with one of its parts set, or left out */
  const change = (part: JobFilter, without?: keyof JobFilter) => {
    const next = { ...filter, ...part }
    if (without) delete next[without]
    delete next.jobId
    onChange(next)
  }
  const who = [
    { value: 'house', label: t('jobs.house') },
    ...people.map(({ id, name, username }) => ({ value: String(id), label: name || username })),
  ]
  const withAll = <T extends string>(label: string, options: readonly { value: T; label: string }[]) => [
    { value: ALL, label } as const,
    ...options,
  ]
  const isSet = Object.keys(filter).length > 0
  return (
    <div className={styles.filters}>
      <Select
        label={t('jobs.kind')}
        value={kind ?? ALL}
        onChange={(value) => (value === ALL ? change({}, 'kind') : change({ kind: value }))}
        options={withAll(
          t('jobs.kinds.all'),
          JOB_KINDS.map((value) => ({ value, label: t(`jobs.kinds.${value}`) })),
        )}
      />
      <Select
        label={t('jobs.state')}
        value={state ?? ALL}
        onChange={(value) => (value === ALL ? change({}, 'state') : change({ state: value }))}
        options={withAll(
          t('jobs.states.all'),
          JOB_STATES.map((value) => ({ value, label: t(`jobs.states.${value}`) })),
        )}
      />
      <Select
        label={t('jobs.folder')}
        value={folderId === undefined ? ALL : String(folderId)}
        onChange={(value) => (value === ALL ? change({}, 'folderId') : change({ folderId: Number(value) }))}
        options={withAll(
          t('jobs.anyFolder'),
          folders.map(({ id, path }) => ({ value: String(id), label: folderName(path) })),
        )}
      />
      <Select
        label={t('jobs.who')}
        value={startedBy === undefined ? ALL : String(startedBy)}
        onChange={(value) =>
          value === ALL
            ? change({}, 'startedBy')
            : change({ startedBy: value === 'house' ? value : Number(value) })
        }
        options={withAll(t('jobs.anybody'), who)}
      />
      <Select
        label={t('jobs.period')}
        value={period ?? ALL}
        onChange={(value) => (value === ALL ? change({}, 'period') : change({ period: value }))}
        options={withAll(
          t('jobs.anyTime'),
          PERIODS.map((value) => ({ value, label: t(`jobs.periods.${value}`) })),
        )}
      />
      <Checkbox
        text={t('jobs.withFailures')}
        checked={withFailures}
        onChange={(checked) => (checked ? change({ withFailures: true }) : change({}, 'withFailures'))}
      />
      {isSet && (
        <Button small look="quiet" onClick={() => onChange({})}>
          {jobId === undefined ? t('jobs.noFilter') : t('jobs.showAll')}
        </Button>
      )}
    </div>
  )
}
