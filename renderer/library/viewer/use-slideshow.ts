import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { settledPreview } from './prepared.ts'
import type { Glimpse } from './use-neighbours.ts'

/** Photos that can't be shown are passed by rather than looked at. */
const NOTHING_TO_SEE_MS = 1000

export interface Slideshow {
  state: 'off' | 'playing' | 'paused'
  start(): void
  /** between playing and paused */
  toggle(): void
  stop(): void
}

export interface SlideshowOptions {
  shown: Glimpse
  next: Glimpse | null
  /** how long a photo is shown */
  seconds: number
  /** waits meanwhile: a dialog is open */
  held: boolean
  onNext(photo: Glimpse): void
  /** no photo comes after this one; elsewhere `next` is null while it is being loaded */
  isLast: boolean
  /** the last photo was shown */
  onEnd(): void
}

/**
 * Shows one photo after another. A photo comes once it can be drawn at once, however long that takes; leafing by hand
 * goes on from there.
 */
export function useSlideshow(options: SlideshowOptions): Slideshow {
  const { shown, next, seconds, held } = options
  const [state, setState] = useState<Slideshow['state']>('off')
  const latest = useRef(options)
  useLayoutEffect(() => {
    latest.current = options
  })
  const milliseconds = shown.state === 'ready' ? seconds * 1000 : NOTHING_TO_SEE_MS
  const runs = state === 'playing' && !held
  const which = `${shown.id} ${next?.id}`
  useEffect(() => {
    if (!runs || !which) return
    let gone = false
    const goOn = async () => {
      const { next: coming } = latest.current
      if (coming?.state === 'ready') await settledPreview(coming)
      if (gone) return
      if (coming) latest.current.onNext(coming)
      else if (latest.current.isLast) latest.current.onEnd()
    }
    const timer = setTimeout(() => void goOn(), milliseconds)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [runs, which, milliseconds])

  return {
    state,
    start: useCallback(() => setState('playing'), []),
    toggle: useCallback(() => setState((before) => (before === 'playing' ? 'paused' : 'playing')), []),
    stop: useCallback(() => setState('off'), []),
  }
}
