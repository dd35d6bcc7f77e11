import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { Skeleton } from '../components/skeleton.tsx'
import { ErrorState } from '../components/state.tsx'
import { useToast } from '../components/toast.tsx'
import { formatRecent } from '../format.ts'
import { useApi, useApiAction } from '../queries.ts'
import styles from './session-list.module.css'

interface Listed {
  id: number
  label: string
}

/** An account's app passwords, each with the way to take it back. */
export function AppPasswordList({ accountId }: { accountId: number }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('appPasswords.list', { accountId })
  const [revoking, setRevoking] = useState<Listed | null>(null)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={56} />
  if (data.appPasswords.length === 0) return <p className={styles.none}>{t('appPasswords.none')}</p>
  return (
    <>
      <ul className={styles.list} aria-label={t('appPasswords.title')}>
        {data.appPasswords.map(({ id, label, access, createdAt, lastUsedAt }) => (
          <li key={id} className={styles.row}>
            <div className={styles.what}>
              <div className={styles.device}>{label}</div>
              <div className={styles.facts}>
                {[
                  t(`appPasswords.accesses.${access}`),
                  t('appPasswords.created', { when: formatRecent(createdAt) }),
                  lastUsedAt === null
                    ? t('appPasswords.never')
                    : t('appPasswords.lastUsed', { when: formatRecent(lastUsedAt) }),
                ].join(' · ')}
              </div>
            </div>
            <Button
              small
              aria-label={`${t('appPasswords.revoke')}: ${label}`}
              onClick={() => setRevoking({ id, label })}
            >
              {t('appPasswords.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      {revoking && <RevokeDialog appPassword={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

function RevokeDialog({ appPassword, onClose }: { appPassword: Listed; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const { id, label } = appPassword
  const revoke = useApiAction('appPasswords.revoke', {
    onSuccess: () => {
      toast(t('appPasswords.revoked', { label }))
      void client.invalidateQueries({ queryKey: ['appPasswords.list'] })
      onClose()
    },
  })
  const errors = useFormErrors(revoke.error, [])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('appPasswords.revokeTitle', { label })}
      description={t('appPasswords.revokeText')}
      onSubmit={() => !revoke.isPending && revoke.mutate({ id })}
      actions={
        <FormActions danger busy={revoke.isPending} submit={t('appPasswords.revoke')} onClose={onClose} />
      }
    >
      <FormError text={errors.whole} />
    </Dialog>
  )
}
