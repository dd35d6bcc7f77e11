import { useEffect, useLayoutEffect, useRef } from 'react'
import { type ViewerAction, viewerAction } from './keys.ts'

/** What each key does at the moment; null where it does nothing. */
export type ViewerActions = Readonly<Record<ViewerAction, (() => void) | null>>

/** Listens to the viewer's keys wherever the focus is, while `enabled`. */
export function useViewerKeys(actions: ViewerActions, enabled: boolean): void {
  const latest = useRef(actions)
  useLayoutEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    if (!enabled) return
    const onKeyDown = (event: KeyboardEvent) => {
      const action = event.defaultPrevented ? null : viewerAction(event)
      if (!action) return
      event.preventDefault()
      latest.current[action]?.()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [enabled])
}
