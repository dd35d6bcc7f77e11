import { type KeyboardEvent, useRef, useState } from 'react'
import styles from './overlay.module.css'
import { useWantedFocus, type WantedField } from './wanted-field.ts'

interface CaptionFieldProps {
  label: string
  placeholder: string
  value: string
  onSave: (caption: string) => void
  wanted?: WantedField
}

/** A caption, written where it stands: kept by Enter or by leaving the field, Escape takes it back. */
export function CaptionField({ label, placeholder, value, onSave, wanted }: CaptionFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  /** Escape leaves the field without keeping what was written */
  const dropped = useRef(false)
  useWantedFocus(field, 'caption', wanted)

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isKept = event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing
    if (!isKept && event.key !== 'Escape') return
    event.preventDefault()
    dropped.current = event.key === 'Escape'
    event.currentTarget.closest<HTMLElement>('[data-viewer]')?.focus({ preventScroll: true })
  }
  const onBlur = () => {
    const written = draft?.trim()
    if (!dropped.current && written !== undefined && written !== value) onSave(written)
    dropped.current = false
    setDraft(null)
  }
  return (
    <textarea
      ref={field}
      className={styles.caption}
      aria-label={label}
      placeholder={placeholder}
      rows={1}
      maxLength={20_000}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    />
  )
}
