import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, Holdings } from '../../electron/contract/removal.ts'
import { REMOVAL_MODES, type RemovalMode } from '../../electron/contract/values.ts'
import card from '../components/choice-card.module.css'
import { classes } from '../components/classes.ts'
import { Select } from '../components/select.tsx'
import styles from './removal-choice.module.css'

interface RemovalChoiceProps {
  /** whose account is deleted */
  name: string
  holdings: Holdings
  candidates: readonly Candidate[]
  value: RemovalMode
  onChange: (mode: RemovalMode) => void
  receiver: Candidate | undefined
  onReceiver: (id: number) => void
  /** what is wrong with the receiver */
  error: string | null
}

/** What becomes of what somebody added, as cards; handing on is offered where there is something, and somebody to have it. */
export function RemovalChoice(props: RemovalChoiceProps) {
  const { name, holdings, candidates, value, onChange } = props
  const { t } = useTranslation()
  const group = useId()
  const canTransfer = candidates.length > 0 && holdings.albums + holdings.shares > 0
  const modes = REMOVAL_MODES.filter((mode) => mode !== 'transfer' || canTransfer)
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>{t('deletePerson.choice', { name })}</legend>
      {modes.map((mode) => (
        // the chooser stands beside the label: within it, a press on it would be one on the card
        <div key={mode} className={classes(card.card, styles.card)}>
          <label className={classes(card.label, styles.label)}>
            <input
              type="radio"
              className={classes(card.radio, styles.radio)}
              name={group}
              value={mode}
              checked={value === mode}
              aria-describedby={`${group}-${mode}`}
              onChange={() => onChange(mode)}
            />
            <span>{t(`deletePerson.mode.${mode}`)}</span>
          </label>
          <p id={`${group}-${mode}`} className={classes(card.text, styles.text)}>
            {t(`deletePerson.modeText.${mode}`, { name })}
            {mode === 'now' &&
              holdings.albumsOfSeveral > 0 &&
              ` ${t('deletePerson.albumsOfSeveral', { count: holdings.albumsOfSeveral })}`}
          </p>
          {mode === 'transfer' && value === mode && <Receiver {...props} />}
        </div>
      ))}
    </fieldset>
  )
}

/** Who gets albums and links. */
function Receiver({ candidates, receiver, onReceiver, error }: RemovalChoiceProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.receiver}>
      <Select
        label={t('deletePerson.receiver')}
        value={String(receiver?.id ?? '')}
        options={candidates.map(({ id, name, username }) => ({
          value: String(id),
          label: name && name !== username ? `${name} (${username})` : username,
        }))}
        onChange={(id) => onReceiver(Number(id))}
      />
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </div>
  )
}
