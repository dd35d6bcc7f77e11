import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../../../electron/contract/contract.ts'
import { BACKUPS_KEPT } from '../../../electron/contract/values.ts'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { TextField } from '../../components/field.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { queryKey, useApi, useApiAction } from '../../queries.ts'
import styles from './backup-section.module.css'
import card from './library-section.module.css'

type Settings = Output<'settings.backup'>

/** The settings as a form edits them. */
interface Draft {
  at: string
  keep: string
  folder: string
  withKey: boolean
}

const draftOf = ({ at, keep, folder, withKey }: Settings): Draft => ({
  at,
  keep: String(keep),
  folder: folder ?? '',
  withKey,
})

const settingsOf = ({ at, keep, folder, withKey }: Draft, { mayChoosePlace }: Settings) =>
  ({
    at,
    // the server tells what is no number, too
    keep: keep.trim() === '' ? null : Number(keep),
    ...(mayChoosePlace && { folder: folder.trim() === '' ? null : folder.trim(), withKey }),
    // checked by the server: what is wrong is told at its field
  }) as Input<'settings.setBackup'>

/** When backups are made, how many are kept, where they go and whether the key goes along. */
export function BackupSettingsForm() {
  const settings = useApi('settings.backup', {})
  if (settings.data) return <Form settings={settings.data} />
  return (
    <div className={card.part}>
      {settings.error ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <Skeleton height={240} />
      )}
    </div>
  )
}

function Form({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  // null: as it is saved, so that what another admin changes shows
  const [edited, setEdited] = useState<Draft | null>(null)
  const draft = edited ?? draftOf(settings)
  const save = useApiAction('settings.setBackup', {
    onSuccess: (saved) => {
      client.setQueryData<Settings>(queryKey('settings.backup', {}), saved)
      setEdited(null)
      toast(t('backup.saved'))
    },
  })
  const errors = useFormErrors(save.error, ['at', 'keep', 'folder'])
  const change = (part: Partial<Draft>) => setEdited({ ...draft, ...part })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!save.isPending) save.mutate(settingsOf(draft, settings))
  }
  return (
    <form onSubmit={submit} noValidate>
      <div ref={errors.ref} className={card.part}>
        <div className={styles.controls}>
          <TextField
            label={t('backup.at')}
            type="time"
            className={card.time}
            value={draft.at}
            onChange={(at) => change({ at })}
            hint={t('backup.atHint')}
            error={errors.of('at')}
          />
          <TextField
            label={t('backup.keep')}
            type="number"
            inputMode="numeric"
            className={card.short}
            min={BACKUPS_KEPT.least}
            max={BACKUPS_KEPT.most}
            value={draft.keep}
            onChange={(keep) => change({ keep })}
            hint={t('backup.keepHint')}
            error={errors.of('keep')}
          />
        </div>
        {settings.mayChoosePlace ? (
          <>
            <TextField
              label={t('backup.folder')}
              value={draft.folder}
              placeholder={settings.folderInUse}
              spellCheck={false}
              autoCapitalize="off"
              onChange={(folder) => change({ folder })}
              hint={t('backup.folderHint')}
              error={errors.of('folder')}
            />
            <Checkbox
              text={t('backup.withKey')}
              checked={draft.withKey}
              onChange={(withKey) => change({ withKey })}
            />
            <p className={card.hint}>{t('backup.withKeyHint')}</p>
          </>
        ) : (
          <p className={card.hint}>{t('backup.place', { folder: settings.folderInUse })}</p>
        )}
      </div>
      <div className={card.actions}>
        <FormError text={errors.whole} />
        {edited && (
          <Button
            look="quiet"
            onClick={() => {
              setEdited(null)
              save.reset()
            }}
          >
            {t('backup.discard')}
          </Button>
        )}
        <Button type="submit" look="primary" busy={save.isPending} disabled={edited === null}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
