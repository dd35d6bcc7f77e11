import { type RefObject, useLayoutEffect } from 'react'

/**
 * While the viewer is open: the page below can be neither reached nor read out, the focus is in the viewer, and
 * everything is dark, the viewer's dialogs too.
 */
export function useDarkRoom(root: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const page = document.getElementById('root')
    const { dataset } = document.documentElement
    const { theme } = dataset
    page?.setAttribute('inert', '')
    dataset.theme = 'dark'
    root.current?.focus({ preventScroll: true })
    return () => {
      page?.removeAttribute('inert')
      if (theme === undefined) delete dataset.theme
      else dataset.theme = theme
    }
  }, [root])
}
