import { type RefObject, useLayoutEffect } from 'react'

/** What Tab stops at. */
const CONTROLS = ':is(button, a[href], input, textarea, [tabindex="0"]):not(:disabled, [tabindex="-1"])'

/** Tab goes from the last control to the first and back; without it the focus would leave the page in between. */
function goRound(event: KeyboardEvent): void {
  const { currentTarget: viewer, target } = event
  if (event.key !== 'Tab' || !(viewer instanceof HTMLElement) || !(target instanceof Node)) return
  if (!viewer.contains(target)) return
  const controls = [...viewer.querySelectorAll<HTMLElement>(CONTROLS)].filter((control) =>
    control.checkVisibility(),
  )
  const [from, to] = event.shiftKey ? [controls[0], controls.at(-1)] : [controls.at(-1), controls[0]]
  if (!to || (target !== from && !(event.shiftKey && target === viewer))) return
  event.preventDefault()
  to.focus()
}

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
    const viewer = root.current
    viewer?.focus({ preventScroll: true })
    viewer?.addEventListener('keydown', goRound)
    return () => {
      viewer?.removeEventListener('keydown', goRound)
      page?.removeAttribute('inert')
      if (theme === undefined) delete dataset.theme
      else dataset.theme = theme
    }
  }, [root])
}
