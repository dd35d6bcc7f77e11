import { useEffect, useEffectEvent } from 'react'

/** Calls `act` at a key that is meant for the list wherever the focus is, while `enabled` and nobody types. */
export function useListKey(key: string, enabled: boolean, act: () => void): void {
  const now = useEffectEvent(act)
  useEffect(() => {
    if (!enabled) return
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented)
        return
      if (
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, [role=dialog], [role=menu], [role=listbox]')
      )
        return
      event.preventDefault()
      now()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [key, enabled])
}
