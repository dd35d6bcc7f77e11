import { useCallback, useMemo, useState } from 'react'
import type { FieldName, WantedField } from './wanted-field.ts'

export interface Panel {
  isOpen: boolean
  toggle(): void
  close(): void
  /** opens it with the focus in one of its fields */
  openAt(field: FieldName): void
  wanted: WantedField
}

/** The panel beside the picture. */
export function usePanel(): Panel {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState<FieldName | null>(null)
  const onFocused = useCallback(() => setName(null), [])
  const wanted = useMemo(() => ({ name, onFocused }), [name, onFocused])
  return {
    isOpen,
    wanted,
    toggle: () => setOpen((open) => !open),
    close: () => setOpen(false),
    openAt(field) {
      setOpen(true)
      setName(field)
    },
  }
}
