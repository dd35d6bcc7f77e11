import { useEffect, useRef, useState } from 'react'
import type { Preferences } from '../../../electron/contract/settings.ts'
import { useMaybeMe } from '../../me.ts'
import { useApiAction } from '../../queries.ts'
import type { useFullscreen } from './use-fullscreen.ts'
import { type Slideshow, type SlideshowOptions, useSlideshow } from './use-slideshow.ts'

type Seconds = Preferences['slideshow']

/** For whoever has no preferences. */
const USUAL: Seconds = '5'

export interface Show extends Slideshow {
  seconds: Seconds
  /** also keeps it as what this account likes */
  setSeconds(seconds: Seconds): void
}

/** The slideshow in full screen, where that may be had; leaving either leaves both. */
export function useShow(
  options: Omit<SlideshowOptions, 'seconds'>,
  { active, toggle }: ReturnType<typeof useFullscreen>,
): Show {
  const { seconds, setSeconds } = useSeconds()
  const slideshow = useSlideshow({ ...options, seconds: Number(seconds) })
  const { state, start, stop } = slideshow
  /** full screen was entered for the show alone */
  const entered = useRef(false)
  const wasActive = useRef(active)
  useEffect(() => {
    const left = wasActive.current && !active
    wasActive.current = active
    if (!left || !entered.current) return
    entered.current = false
    stop()
  }, [active, stop])
  return {
    ...slideshow,
    seconds,
    setSeconds,
    start() {
      start()
      if (active || !toggle || state !== 'off') return
      entered.current = true
      toggle()
    },
    stop() {
      stop()
      if (active && entered.current) toggle?.()
      entered.current = false
    },
  }
}

function useSeconds() {
  const me = useMaybeMe()
  const [chosen, setChosen] = useState<Seconds | null>(null)
  const { mutate } = useApiAction('settings.set')
  return {
    seconds: chosen ?? me?.preferences.slideshow ?? USUAL,
    setSeconds(seconds: Seconds) {
      setChosen(seconds)
      // whoever looks at Mantel as somebody else changes nothing of theirs; visitors have nothing that keeps it
      if (me && !me.viewing) mutate({ slideshow: seconds, alsoDefault: false })
    },
  }
}
