import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../electron/contract/audit.ts'
import { AUDIT_ACTIONS, type AuditAction } from '../../../electron/contract/audit-actions.ts'
import type { Input } from '../../../electron/contract/contract.ts'
import { type ApiFailure, call } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { queryKey, useApi } from '../../queries.ts'
import { AuditRow } from './audit-row.tsx'
import styles from './audit-section.module.css'
import { Section } from './section.tsx'

/** Kinds of entries to choose among, each with the beginnings of its actions. */
const KINDS = {
  people: ['account.'],
  folders: ['grants.', 'folder.'],
  security: ['account.passwordChanged', 'session.', 'totp.', 'appPassword.'],
  viewed: ['account.viewed'],
  links: ['link.', 'share.'],
  settings: ['flags.', 'settings.', 'defaults.'],
  data: ['backup.', 'overlays.', 'household.'],
} as const
type Kind = keyof typeof KINDS

const actionsOf = (kind: Kind): AuditAction[] =>
  AUDIT_ACTIONS.filter((action) => KINDS[kind].some((beginning) => action.startsWith(beginning)))

const DAY_MS = 24 * 60 * 60_000
const PERIODS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, year: 365 * DAY_MS } as const
type Period = keyof typeof PERIODS

interface Filters {
  /** an account's id, or the name of an actor that is none */
  actor: 'all' | `id ${number}` | `name ${string}`
  kind: Kind | 'all'
  about: 'all' | `${number}`
  period: Period | 'all'
}

const NO_FILTER: Filters = { actor: 'all', kind: 'all', about: 'all', period: 'all' }

function inputOf({ actor, kind, about, period }: Filters, now: number): Input<'audit.list'> {
  const [form, ...rest] = actor.split(' ')
  return {
    ...(form === 'id' && { actorId: Number(rest[0]) }),
    ...(form === 'name' && { actorName: rest.join(' ') }),
    ...(kind !== 'all' && { actions: actionsOf(kind) }),
    ...(about !== 'all' && { objectKind: 'account' as const, objectId: Number(about) }),
    ...(period !== 'all' && { from: now - PERIODS[period] }),
  }
}

/** The audit log: who changed which account, folder or setting, when and from where. */
export function AuditSection() {
  const { t } = useTranslation()
  const [filters, setFilters] = useState(NO_FILTER)
  // counted from when it was chosen, so that a page that stays open asks for one and the same
  const [now, setNow] = useState(Date.now)
  const log = useLog(inputOf(filters, now))
  const entries = log.data?.pages.flatMap((page) => page.entries)
  const choose = (chosen: Partial<Filters>) => {
    setFilters({ ...filters, ...chosen })
    setNow(Date.now())
  }
  return (
    <Section
      id="audit"
      title={t('admin.section.audit')}
      actions={<FilterFields filters={filters} actors={log.data?.pages[0]?.actors ?? []} onChoose={choose} />}
    >
      <p className={styles.text}>{t('audit.text')}</p>
      {log.error && !entries ? (
        <ErrorState error={log.error} onRetry={() => void log.refetch()} />
      ) : entries?.length === 0 ? (
        <EmptyState title={t(filters === NO_FILTER ? 'audit.empty' : 'audit.emptyOfThese')} />
      ) : (
        <ul className={styles.list}>
          {entries ? (
            entries.map((entry) => <AuditRow key={entry.id} entry={entry} />)
          ) : (
            <li className={styles.entry}>
              <Skeleton height={40} />
            </li>
          )}
        </ul>
      )}
      {log.hasNextPage && (
        <div>
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('audit.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}

/** The log by pages; hints have all of them asked for again. */
function useLog(input: Input<'audit.list'>) {
  return useInfiniteQuery({
    queryKey: queryKey('audit.list', input),
    queryFn: ({ pageParam }) => call('audit.list', { ...input, ...(pageParam && { before: pageParam }) }),
    initialPageParam: 0,
    getNextPageParam: ({ entries, more }) => (more ? entries.at(-1)?.id : undefined),
    // what is shown stays until the other choice is there
    placeholderData: (previous) => previous,
    throwOnError: (_: ApiFailure) => false,
  })
}

interface FilterFieldsProps {
  filters: Filters
  actors: readonly AuditEntry['actor'][]
  onChoose: (chosen: Partial<Filters>) => void
}

function FilterFields({ filters, actors, onChoose }: FilterFieldsProps) {
  const { t } = useTranslation()
  const people = useApi('accounts.list', {}).data?.accounts ?? []
  return (
    <div className={styles.filters}>
      <Select
        label={t('audit.who')}
        value={filters.actor}
        onChange={(actor) => onChoose({ actor })}
        options={[
          { value: 'all', label: t('audit.anyone') },
          ...actors.map(({ kind, id, name }) => ({
            value: id === null ? (`name ${name}` as const) : (`id ${id}` as const),
            label: kind === 'account' ? name : t(`audit.${kind}`),
          })),
        ]}
      />
      <Select
        label={t('audit.kind')}
        value={filters.kind}
        onChange={(kind) => onChoose({ kind })}
        options={(['all', 'people', 'folders', 'security', 'viewed', 'settings', 'data'] as const).map(
          (value) => ({ value, label: t(`audit.kinds.${value}`) }),
        )}
      />
      <Select
        label={t('audit.about')}
        value={filters.about}
        onChange={(about) => onChoose({ about })}
        options={[
          { value: 'all', label: t('audit.aboutAll') },
          ...people.map(({ id, username }) => ({ value: `${id}` as const, label: username })),
        ]}
      />
      <Select
        label={t('audit.period')}
        value={filters.period}
        onChange={(period) => onChoose({ period })}
        options={(['all', 'day', 'week', 'month', 'year'] as const).map((value) => ({
          value,
          label: t(`audit.periods.${value}`),
        }))}
      />
    </div>
  )
}
