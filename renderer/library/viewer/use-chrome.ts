import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** How long the top bar stays after the last movement. */
const IDLE_MS = 2000

/**
 * Whether the controls over the picture are seen: for two seconds after the mouse moved or a key was pressed, while the
 * keyboard's focus or the pointer is among them, and as long as `held`. A tap shows or hides them.
 */
export function useChrome(root: RefObject<HTMLElement | null>, held: boolean) {
  const [visible, setVisible] = useState(true)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const wake = useCallback(() => {
    clearTimeout(timer.current)
    setVisible(true)
    const hide = () => {
      const used = root.current?.querySelector('[data-chrome]:is(:focus-within, :hover)')
      const byKeys = used?.querySelector(':focus-visible') ?? used?.matches(':hover')
      if (byKeys) timer.current = setTimeout(hide, IDLE_MS)
      else setVisible(false)
    }
    timer.current = setTimeout(hide, IDLE_MS)
  }, [root])
  const toggle = useCallback(() => {
    if (!visible) return wake()
    clearTimeout(timer.current)
    setVisible(false)
  }, [visible, wake])

  useEffect(() => {
    const ends = new AbortController()
    const options = { signal: ends.signal, passive: true }
    const onMove = (event: PointerEvent) => {
      // fingers tap to show the controls
      if (event.pointerType === 'mouse') wake()
    }
    document.addEventListener('pointermove', onMove, options)
    document.addEventListener('keydown', wake, options)
    document.addEventListener('focusin', wake, options)
    wake()
    return () => {
      ends.abort()
      clearTimeout(timer.current)
    }
  }, [wake])
  return { visible: visible || held, toggle }
}
