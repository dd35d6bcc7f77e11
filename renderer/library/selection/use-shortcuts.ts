import { useEffect, useRef } from 'react'
import type { OfferedAction } from './use-actions.tsx'
import { isElsewhere } from './use-grid-input.ts'

/** Keys of the offered actions that have one, wherever the focus is but in fields, menus and dialogs. */
export function useShortcuts(actions: readonly OfferedAction[], enabled: boolean): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    if (!enabled) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isElsewhere(event.target)) return
      const pressed = keysOf(event)
      const action = latest.current.find(({ shortcut }) => shortcut === pressed)
      if (typeof action?.does !== 'function') return
      event.preventDefault()
      action.does()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [enabled])
}

/** As `aria-keyshortcuts` names them. */
function keysOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (ctrlKey || metaKey || altKey) return ''
  return shiftKey ? `Shift+${key.toUpperCase()}` : key.toUpperCase()
}
