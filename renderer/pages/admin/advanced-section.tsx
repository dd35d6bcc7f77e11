import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../../../electron/contract/contract.ts'
import { PREVIEW_EDGES, PREVIEW_QUALITY, WORKERS } from '../../../electron/contract/values.ts'
import { TextField } from '../../components/field.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatNumber } from '../../format.ts'
import { queryKey, useApi, useApiAction } from '../../queries.ts'
import { EditedForm } from './edited-form.tsx'
import styles from './library-section.module.css'
import { Section } from './section.tsx'

type Advanced = Output<'settings.advanced'>

/** Advanced settings as a form edits them: all text, as the controls have it. */
interface Draft {
  workers: string
  edge: string
  quality: string
}

const draftOf = ({ workers, previewEdge, previewQuality }: Advanced): Draft => ({
  workers: String(workers),
  edge: String(previewEdge),
  quality: String(previewQuality),
})

const settingsOf = ({ workers, edge, quality }: Draft) =>
  ({
    workers: workers === 'auto' ? workers : Number(workers),
    previewEdge: Number(edge),
    // the server tells what is no number, too
    previewQuality: quality.trim() === '' ? null : Number(quality),
    // checked by the server: what is wrong is told at its field
  }) as Input<'settings.setAdvanced'>

/** How Mantel makes pictures on its machine. */
export function AdvancedSection() {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('settings.advanced', {})
  return (
    <Section id="advanced" title={t('admin.section.advanced')}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={styles.card}>
          {data ? (
            <AdvancedForm settings={data} />
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

function AdvancedForm({ settings }: { settings: Advanced }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  // null: as it is saved, so that what another admin changes shows
  const [edited, setEdited] = useState<Draft | null>(null)
  const draft = edited ?? draftOf(settings)
  const save = useApiAction('settings.setAdvanced', {
    onSuccess: (saved) => {
      client.setQueryData<Advanced>(queryKey('settings.advanced', {}), saved)
      setEdited(null)
      toast(t('advanced.saved'))
    },
  })
  const errors = useFormErrors(save.error, ['workers', 'previewEdge', 'previewQuality'])
  const change = (part: Partial<Draft>) => setEdited({ ...draft, ...part })
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
      <Chosen
        label={t('advanced.workers')}
        note={errors.of('workers') ?? t('advanced.workersHint')}
        value={draft.workers}
        options={workerOptions(t('advanced.automatic', { count: settings.automaticWorkers }))}
        onChange={(workers) => change({ workers })}
      />
      <Chosen
        label={t('advanced.edge')}
        note={errors.of('previewEdge') ?? t('advanced.edgeHint')}
        value={draft.edge}
        options={PREVIEW_EDGES.map((edge) => ({ value: String(edge), label: t(`advanced.edges.${edge}`) }))}
        onChange={(edge) => change({ edge })}
      />
      <div className={styles.part}>
        <TextField
          label={t('advanced.quality')}
          className={styles.short}
          type="number"
          inputMode="numeric"
          min={PREVIEW_QUALITY.least}
          max={PREVIEW_QUALITY.most}
          value={draft.quality}
          onChange={(quality) => change({ quality })}
          hint={t('advanced.qualityHint')}
          error={errors.of('previewQuality')}
        />
        <p className={styles.hint}>{t('advanced.remake')}</p>
      </div>
    </EditedForm>
  )
}

const workerOptions = (automatic: string) =>
  WORKERS.map((workers) => ({
    value: String(workers),
    label: workers === 'auto' ? automatic : formatNumber(workers),
  }))

interface ChosenProps {
  label: string
  note: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}

function Chosen({ label, note, value, options, onChange }: ChosenProps) {
  const id = useId()
  return (
    <fieldset className={styles.part} aria-describedby={id}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.controls}>
        <Select label={label} value={value} options={options} onChange={onChange} />
      </div>
      <p id={id} className={styles.hint}>
        {note}
      </p>
    </fieldset>
  )
}
