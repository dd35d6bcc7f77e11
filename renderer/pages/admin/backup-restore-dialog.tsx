import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/contract.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatMoment, formatNumber } from '../../format.ts'
import { useApi, useApiAction } from '../../queries.ts'
import styles from './backup-section.module.css'

type Preview = Output<'backup.preview'>

interface BackupRestoreDialogProps {
  backup: Output<'backup.list'>['backups'][number]
  onClose: () => void
}

/** Says what would be gone, asks for the key where there are two, and restores. */
export function BackupRestoreDialog({ backup: { name, at }, onClose }: BackupRestoreDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const preview = useApi('backup.preview', { name }, { staleTime: 0 })
  const [key, setKey] = useState<'keep' | 'take'>('keep')
  const restore = useApiAction('backup.restore', {
    onSuccess: () => {
      toast(t('backup.done', { when: formatMoment(at) }))
      onClose()
      // everything on screen is of another time; whose session is gone is shown the login by it
      void client.invalidateQueries()
    },
  })
  const errors = useFormErrors(restore.error, [])
  const submit = () => {
    if (preview.data && !restore.isPending)
      restore.mutate({ name, ...(preview.data.key === 'other' && { key }) })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      keepOpen={restore.isPending}
      title={t('backup.restoreTitle', { when: formatMoment(at) })}
      description={t('backup.restoreText')}
      onSubmit={submit}
      actions={
        <>
          <FormError text={errors.whole} />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="danger" busy={restore.isPending} disabled={!preview.data}>
            {t('backup.restore')}
          </Button>
        </>
      }
    >
      {preview.data ? (
        <>
          <Counts preview={preview.data} />
          <ul className={styles.choices}>
            <li>{t('backup.lost')}</li>
            <li>{t('backup.passwords')}</li>
            <li>{t('backup.sessions')}</li>
          </ul>
          {preview.data.key === 'other' && <KeyChoice value={key} onChange={setKey} />}
        </>
      ) : preview.error ? (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <Skeleton height={180} />
      )}
    </Dialog>
  )
}

function Counts({ preview: { saved, present } }: { preview: Preview }) {
  const { t } = useTranslation()
  return (
    <table className={styles.counts}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('backup.then')}</th>
          <th scope="col">{t('backup.present')}</th>
        </tr>
      </thead>
      <tbody>
        {(['accounts', 'photos'] as const).map((what) => (
          <tr key={what}>
            <th scope="row">{t(`backup.counts.${what}`)}</th>
            <td>{formatNumber(saved[what])}</td>
            <td>{formatNumber(present[what])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface KeyChoiceProps {
  value: 'keep' | 'take'
  onChange: (value: 'keep' | 'take') => void
}

function KeyChoice({ value, onChange }: KeyChoiceProps) {
  const { t } = useTranslation()
  const name = useId()
  return (
    <fieldset className={styles.choices}>
      <legend>{t('backup.keyOther')}</legend>
      {(['keep', 'take'] as const).map((choice) => (
        <label key={choice} className={styles.choice}>
          <input type="radio" name={name} checked={value === choice} onChange={() => onChange(choice)} />
          {t(`backup.keyChoices.${choice}`)}
        </label>
      ))}
    </fieldset>
  )
}
