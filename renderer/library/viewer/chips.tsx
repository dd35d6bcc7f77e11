import { Users, X } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './overlay.module.css'
import { type FieldName, useWantedFocus, type WantedField } from './wanted-field.ts'

interface Chip {
  id: number
  text: string
  /** everyone with the folder sees it */
  shared?: boolean
  /** null where it may not be taken off */
  onRemove: (() => void) | null
}

/** What a photo has been given, each to be taken off again. */
export function Chips({ chips }: { chips: readonly Chip[] }) {
  const { t } = useTranslation()
  if (chips.length === 0) return null
  return (
    <ul className={styles.chips}>
      {chips.map(({ id, text, shared, onRemove }) => (
        <li key={id} className={styles.chip}>
          {shared && <Users role="img" aria-label={t('viewer.overlay.forAll')} />}
          <span>{text}</span>
          {onRemove && (
            <button
              type="button"
              className={styles.remove}
              aria-label={t('viewer.overlay.remove', { name: text })}
              title={t('viewer.overlay.remove', { name: text })}
              onClick={onRemove}
            >
              <X />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

interface AdderProps {
  field: FieldName
  label: string
  placeholder: string
  /** what there is already, offered while one writes */
  known: readonly string[]
  onAdd: (text: string) => void
  wanted: WantedField
}

/** A line to write what is to be added, completed from what there is; Enter adds it. */
export function Adder({ field, label, placeholder, known, onAdd, wanted }: AdderProps) {
  const [text, setText] = useState('')
  const list = useId()
  const input = useRef<HTMLInputElement>(null)
  useWantedFocus(input, field, wanted)
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    onAdd(text.trim())
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    setText('')
    event.currentTarget.closest<HTMLElement>('[data-viewer]')?.focus({ preventScroll: true })
  }
  return (
    <form onSubmit={add}>
      <input
        ref={input}
        className={styles.adder}
        aria-label={label}
        placeholder={placeholder}
        list={list}
        autoComplete="off"
        enterKeyHint="done"
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <datalist id={list}>
        {known.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </form>
  )
}
