import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { TimelineModel } from './model.ts'

/** Without a scroll event for so long, nobody scrolls. */
const SETTLED_MS = 140
/** Kept free below the last photo, so that the line on running work covers none. */
const BELOW = 48

interface Scroller {
  scroller: RefObject<HTMLDivElement | null>
  canvas: RefObject<HTMLDivElement | null>
}

/** Ties a timeline to the element that scrolls and the tall one in it. */
export function useScroller(model: TimelineModel): Scroller {
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!scroller.current || !canvas.current) return
    return bind(model, scroller.current, canvas.current)
  }, [model])
  return { scroller, canvas }
}

function bind(model: TimelineModel, scroller: HTMLDivElement, canvas: HTMLDivElement): () => void {
  let height = 0
  let scrollTop = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const soonSettled = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      delete canvas.dataset.scrolling
      model.settle()
    }, SETTLED_MS)
  }
  const apply = () => {
    const wanted = model.canvas
    if (wanted.height !== height) {
      height = wanted.height
      canvas.style.height = `${height}px`
    }
    if (wanted.scrollTop !== scrollTop) {
      scrollTop = wanted.scrollTop
      scroller.scrollTop = scrollTop
      soonSettled()
    }
  }
  const onScroll = () => {
    // the scroller rounds to device pixels what it is told
    if (Math.abs(scroller.scrollTop - scrollTop) < 1) return
    scrollTop = scroller.scrollTop
    canvas.dataset.scrolling = ''
    model.scrolled(scrollTop, performance.now())
    soonSettled()
  }
  const measure = () => model.resize(canvas.clientWidth, Math.max(1, scroller.clientHeight - BELOW))

  const unsubscribe = model.subscribe(apply)
  scroller.addEventListener('scroll', onScroll, { passive: true })
  const observer = new ResizeObserver(measure)
  observer.observe(scroller)
  measure()
  apply()
  return () => {
    unsubscribe()
    scroller.removeEventListener('scroll', onScroll)
    observer.disconnect()
    clearTimeout(timer)
  }
}
