import { type RefObject, useEffect } from 'react'

export type FieldName = 'caption' | 'tag' | 'album'

/** The field of the panel that a key asked for. */
export interface WantedField {
  name: FieldName | null
  /** it has the focus now */
  onFocused: () => void
}

/** Gives a field the focus once it is wanted. */
export function useWantedFocus(
  field: RefObject<HTMLElement | null>,
  name: FieldName,
  wanted: WantedField | undefined,
): void {
  const isWanted = wanted?.name === name
  useEffect(() => {
    if (!isWanted) return
    field.current?.focus()
    wanted?.onFocused()
  }, [field, isWanted, wanted])
}
