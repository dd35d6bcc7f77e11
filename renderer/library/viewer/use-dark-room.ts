import { type RefObject, useLayoutEffect } from 'react'

/**
 * While the viewer is open: the page below can be neither reached nor read out, the focus is in the viewer, and
 * everything is dark, its dialogs too.
 */
export function useDarkRoom(root: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const page = document.getElementById('root')
    const { style } = document.documentElement
    const before = style.colorScheme
    page?.setAttribute('inert', '')
    style.colorScheme = 'dark'
    root.current?.focus({ preventScroll: true })
    return () => {
      page?.removeAttribute('inert')
      style.colorScheme = before
    }
  }, [root])
}
