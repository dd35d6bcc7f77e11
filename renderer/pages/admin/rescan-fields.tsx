import type { TFunction } from 'i18next'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { WEEKDAYS } from '../../../electron/contract/values.ts'
import field from '../../components/field.module.css'
import { Select } from '../../components/select.tsx'
import { formatWeekday } from '../../format.ts'
import { type LibraryDraft, RESCAN_CHOICES, type RescanChoice } from './library-draft.ts'
import styles from './library-section.module.css'

interface RescanFieldsProps {
  draft: LibraryDraft
  onChange: (change: Partial<LibraryDraft>) => void
  error: string | null
}

/** When all folders are looked through anew: how often, on which day, at which time. */
export function RescanFields({ draft, onChange, error }: RescanFieldsProps) {
  const { t } = useTranslation()
  const note = useId()
  const { choice, day, at } = draft
  return (
    <fieldset className={styles.part} aria-describedby={note}>
      <legend className={styles.label}>{t('librarySettings.rescan')}</legend>
      <div className={styles.controls}>
        <Select
          label={t('librarySettings.howOften')}
          value={choice}
          options={RESCAN_CHOICES.map((value) => ({ value, label: choiceText(t, value) }))}
          onChange={(next) => onChange({ choice: next })}
        />
        {choice === 'week' && (
          <Select
            label={t('librarySettings.day')}
            value={day}
            options={WEEKDAYS.map((value, index) => ({ value, label: formatWeekday(index) }))}
            onChange={(next) => onChange({ day: next })}
          />
        )}
        {(choice === 'day' || choice === 'week') && (
          <input
            type="time"
            className={`${field.input} ${styles.time}`}
            aria-label={t('librarySettings.time')}
            aria-describedby={note}
            aria-invalid={error ? true : undefined}
            value={at}
            onChange={(event) => onChange({ at: event.target.value })}
          />
        )}
      </div>
      <p id={note} className={error ? styles.error : styles.hint} aria-live="polite">
        {error ?? t('librarySettings.rescanHint')}
      </p>
    </fieldset>
  )
}

function choiceText(t: TFunction, choice: RescanChoice): string {
  if (choice === 'never') return t('librarySettings.never')
  if (choice === 'day') return t('librarySettings.everyDay')
  if (choice === 'week') return t('librarySettings.everyWeek')
  return t('librarySettings.everyHours', { count: Number(choice.slice('hours-'.length)) })
}
