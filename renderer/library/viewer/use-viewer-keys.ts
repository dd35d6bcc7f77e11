import { useEffect, useLayoutEffect, useRef } from 'react'
import { type ViewerAction, viewerAction } from './keys.ts'

/** What each key does at the moment; null or left out where it does nothing. */
export type ViewerActions = Readonly<Partial<Record<ViewerAction, (() => void) | null>>>

/** Whether a key was pressed in something that lies over the viewer: a menu, a list to choose from, a message. */
const isElsewhere = (target: EventTarget | null) =>
  target instanceof Element &&
  target !== document.body &&
  target !== document.documentElement &&
  target.closest('[data-viewer]') === null

/** Listens to the viewer's keys wherever the focus is, while `enabled`. */
export function useViewerKeys(actions: ViewerActions, enabled: boolean): void {
  const latest = useRef(actions)
  useLayoutEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    if (!enabled) return
    const onKeyDown = (event: KeyboardEvent) => {
      const action = event.defaultPrevented || isElsewhere(event.target) ? null : viewerAction(event)
      if (!action) return
      event.preventDefault()
      latest.current[action]?.()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [enabled])
}
