import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { useFailureText } from '../components/failure.ts'
import { Skeleton } from '../components/skeleton.tsx'
import { ErrorState } from '../components/state.tsx'
import { useToast } from '../components/toast.tsx'
import { formatMoment, formatRecent } from '../format.ts'
import { useApi, useApiAction } from '../queries.ts'
import styles from './session-list.module.css'

/** Where an account is logged in, each session with a way to end it. */
export function SessionList({ accountId }: { accountId: number }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const failureText = useFailureText()
  const sessions = useApi('sessions.list', { accountId })
  const revoke = useApiAction('sessions.revoke', {
    onSuccess: () => {
      toast(t('sessions.ended'))
      void client.invalidateQueries({ queryKey: ['sessions.list'] })
    },
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  if (sessions.error && !sessions.data)
    return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
  if (!sessions.data) return <Skeleton height={56} />
  if (sessions.data.sessions.length === 0) return <p className={styles.none}>{t('sessions.none')}</p>
  return (
    <ul className={styles.list}>
      {sessions.data.sessions.map((session) => (
        <li key={session.id} className={styles.row}>
          <div className={styles.what}>
            <div className={styles.device}>
              {session.device || t('sessions.unknownDevice')}
              {session.current && <span className={styles.current}>{t('sessions.current')}</span>}
            </div>
            <div className={styles.facts} title={formatMoment(session.lastUsedAt)}>
              {[
                session.address,
                t('sessions.since', { when: formatRecent(session.createdAt) }),
                t('sessions.lastUsed', { when: formatRecent(session.lastUsedAt) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </div>
          {!session.current && (
            <Button
              small
              busy={revoke.isPending && revoke.variables.id === session.id}
              onClick={() => revoke.mutate({ id: session.id })}
            >
              {t('sessions.end')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
