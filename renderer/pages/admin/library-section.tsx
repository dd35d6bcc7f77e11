import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/contract.ts'
import type { LibrarySettings } from '../../../electron/contract/library-settings.ts'
import { useFailureText } from '../../components/failure.ts'
import field from '../../components/field.module.css'
import { Field } from '../../components/field.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { Switch } from '../../components/switch.tsx'
import { useToast } from '../../components/toast.tsx'
import { queryKey, useApi, useApiAction } from '../../queries.ts'
import { EditedForm } from './edited-form.tsx'
import { draftOf, type LibraryDraft, refusedLine, settingsOf } from './library-draft.ts'
import styles from './library-section.module.css'
import { RescanFields } from './rescan-fields.tsx'
import { Section } from './section.tsx'

/** What holds for all folders: whether they are watched, when they are looked through, what is left out. */
export function LibrarySection() {
  const { t } = useTranslation()
  const settings = useApi('settings.library', {})
  return (
    <Section id="library" title={t('admin.section.library')}>
      {settings.error && !settings.data ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <div className={styles.card}>
          {settings.data ? (
            <>
              <WatchRow watch={settings.data.watch} />
              <SettingsForm settings={settings.data} />
            </>
          ) : (
            <div className={styles.part}>
              <Skeleton height={280} />
            </div>
          )}
        </div>
      )}
    </Section>
  )
}

/** Saves, and shows what was saved without asking for it again. */
function useSave(onSaved: (settings: LibrarySettings) => void) {
  const client = useQueryClient()
  return useApiAction('settings.setLibrary', {
    onSuccess: (settings) => {
      client.setQueryData<Output<'settings.library'>>(queryKey('settings.library', {}), settings)
      onSaved(settings)
    },
  })
}

function WatchRow({ watch }: { watch: boolean }) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const hint = useId()
  const save = useSave((settings) =>
    toast(t(settings.watch ? 'librarySettings.watchOn' : 'librarySettings.watchOff')),
  )
  const change = (checked: boolean) =>
    save.mutate({ watch: checked }, { onError: (error) => toast(failureText(error), { bad: true }) })
  return (
    <div className={styles.watch}>
      <div>
        <div className={styles.label}>{t('librarySettings.watch')}</div>
        <p id={hint} className={styles.hint}>
          {t('librarySettings.watchHint')}
        </p>
      </div>
      <Switch label={t('librarySettings.watch')} checked={watch} onChange={change} describedBy={hint} />
    </div>
  )
}

function SettingsForm({ settings }: { settings: LibrarySettings }) {
  const { t } = useTranslation()
  const toast = useToast()
  const hint = useId()
  // null: as it is saved, so that what another admin changes shows
  const [edited, setEdited] = useState<LibraryDraft | null>(null)
  const draft = edited ?? draftOf(settings)
  const save = useSave(() => {
    setEdited(null)
    toast(t('librarySettings.saved'))
  })
  const errors = useFormErrors(save.error, ['rescan', 'ignore'])
  const line = refusedLine(save.error?.error.fields)
  const problem = errors.of('ignore')
  const change = (part: Partial<LibraryDraft>) => setEdited({ ...draft, ...part })
  return (
    <EditedForm
      errors={errors}
      isEdited={edited !== null}
      isSaving={save.isPending}
      onSave={() => save.mutate(settingsOf(draft))}
      onDiscard={() => {
        setEdited(null)
        save.reset()
      }}
    >
      <RescanFields draft={draft} onChange={change} error={errors.of('rescan')} />
      <div className={styles.part}>
        <Field
          label={t('librarySettings.ignore')}
          error={problem && line !== null ? t('librarySettings.line', { line, problem }) : problem}
        >
          {(control) => (
            <>
              {/* above, so that an error below moves nothing */}
              <p id={hint} className={styles.hint}>
                {t('librarySettings.ignoreHint')}
              </p>
              <textarea
                {...control}
                aria-describedby={`${hint} ${control['aria-describedby']}`}
                className={`${field.input} ${styles.patterns}`}
                rows={5}
                spellCheck={false}
                autoCapitalize="off"
                placeholder={'exports/\n*.tmp.jpg'}
                value={draft.patterns}
                onChange={(event) => change({ patterns: event.target.value })}
              />
            </>
          )}
        </Field>
      </div>
    </EditedForm>
  )
}
