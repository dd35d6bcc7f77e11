import { useCallback, useSyncExternalStore } from 'react'

const subscribe = (listener: () => void) => {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}

/** Full screen for the whole window; `toggle` is null where it may not be had. */
export function useFullscreen(): { active: boolean; toggle: (() => void) | null } {
  const active = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null)
  const toggle = useCallback(() => {
    // refused without a press of a key or button just before, which is no reason to complain
    const ignore = () => {}
    if (document.fullscreenElement) document.exitFullscreen().catch(ignore)
    else document.documentElement.requestFullscreen().catch(ignore)
  }, [])
  return { active, toggle: document.fullscreenEnabled ? toggle : null }
}
