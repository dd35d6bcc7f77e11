import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import styles from './correct-dialog.module.css'
import { DATE_MODES, type Draft, type Wrong } from './draft.ts'

export interface PartProps {
  draft: Draft
  wrong: Wrong
  onChange: (part: Partial<Draft>) => void
  many: boolean
}

/** How the date is put right: set, moved, told in another zone, or as the file says. */
export function DatePart({ draft, wrong, onChange, many }: PartProps) {
  const { t } = useTranslation()
  const { dateMode } = draft
  const options = DATE_MODES.map((value) => ({ value, label: t(`correct.date.${value}`) }))
  return (
    <section className={styles.part}>
      <h3 className={styles.name}>{t('correct.date.name')}</h3>
      <Select
        label={t('correct.date.name')}
        value={dateMode}
        options={options}
        onChange={(mode) => onChange({ dateMode: mode })}
      />
      {dateMode === 'set' && <SetFields draft={draft} wrong={wrong} onChange={onChange} many={many} />}
      {dateMode === 'shift' && <ShiftFields draft={draft} wrong={wrong} onChange={onChange} many={many} />}
      {(dateMode === 'set' || dateMode === 'shift' || dateMode === 'zone') && (
        <ZoneField draft={draft} wrong={wrong} onChange={onChange} many={many} />
      )}
    </section>
  )
}

function SetFields({ draft, wrong, onChange, many }: PartProps) {
  const { t } = useTranslation()
  const error = wrong.when ? t('reason.date_form') : null
  return (
    <div className={styles.row}>
      <TextField
        type="date"
        min="1000-01-01"
        max="9999-12-31"
        label={t('correct.date.day')}
        hint={many ? t('correct.date.sameForAll') : undefined}
        value={draft.day}
        error={error}
        onChange={(day) => onChange({ day })}
      />
      <TextField
        type="time"
        step={1}
        label={t('correct.date.time')}
        value={draft.time}
        onChange={(time) => onChange({ time })}
      />
    </div>
  )
}

const STEPS = ['days', 'hours', 'minutes'] as const

function ShiftFields({ draft, wrong, onChange }: PartProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.shift}>
      {STEPS.map((step, place) => (
        <TextField
          key={step}
          inputMode="numeric"
          autoComplete="off"
          placeholder="0"
          label={t(`correct.date.${step}`)}
          value={draft[step]}
          error={place === 0 && wrong.shift ? t('correct.date.wrongShift') : null}
          onChange={(text) => onChange({ [step]: text })}
        />
      ))}
      <div className={styles.way}>
        <Select
          label={t('correct.date.way')}
          value={draft.earlier ? 'earlier' : 'later'}
          options={[
            { value: 'later', label: t('correct.date.later') },
            { value: 'earlier', label: t('correct.date.earlier') },
          ]}
          onChange={(way) => onChange({ earlier: way === 'earlier' })}
        />
      </div>
    </div>
  )
}

/** All zones the browser knows by name, found by typing. */
const ZONES = Intl.supportedValuesOf('timeZone')

function ZoneField({ draft, wrong, onChange }: PartProps) {
  const { t } = useTranslation()
  const list = useId()
  return (
    <>
      <TextField
        label={t(draft.dateMode === 'zone' ? 'correct.date.zoneField' : 'correct.date.zoneWish')}
        hint={t('correct.date.zoneHint')}
        placeholder="Europe/Lisbon"
        list={list}
        autoComplete="off"
        spellCheck={false}
        value={draft.zone}
        error={wrong.zone ? t('reason.zone_unknown') : null}
        onChange={(zone) => onChange({ zone })}
      />
      <datalist id={list}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}
