import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Gestures } from './gestures.ts'
import {
  closeUpScale,
  FITTED,
  keepInside,
  mostScale,
  type Point,
  pixelScale,
  type Size,
  type Swipe,
  type Transform,
  zoomAt,
} from './zoom.ts'

const MIDDLE: Point = { x: 0, y: 0 }
/** One press of + or -. */
const STEP = 1.5

export interface Zoom {
  /** 1 is fitted */
  scale: number
  /** the element that is scaled and moved */
  layer: RefObject<HTMLDivElement | null>
  zoomIn(): void
  zoomOut(): void
  /** between fitted and the picture's own pixels */
  toggle(at?: Point): void
}

interface Options {
  /** which picture it is: another one begins fitted */
  id: number
  stage: RefObject<HTMLElement | null>
  stageSize: Size
  /** the fitted picture */
  box: Size
  /** its own size */
  pixels: Size
  onSwipe(swipe: Swipe): void
  onTap(): void
}

/** Zooms and moves a picture by keys, wheel, mouse and fingers. The picture is moved past React, frame by frame. */
export function useZoom({ id, stage, stageSize, box, pixels, onSwipe, onTap }: Options): Zoom {
  const layer = useRef<HTMLDivElement>(null)
  const current = useRef<Transform>(FITTED)
  const [scale, setScale] = useState(1)
  const density = window.devicePixelRatio || 1

  const set = useCallback((transform: Transform, drag: Point = MIDDLE) => {
    current.current = transform
    setScale(transform.scale)
    if (layer.current)
      layer.current.style.transform = `translate(${transform.x + drag.x}px, ${transform.y + drag.y}px) scale(${transform.scale})`
  }, [])

  const zoomTo = useCallback(
    (next: number, at: Point) =>
      set(zoomAt(current.current, next, at, box, stageSize, mostScale(box, pixels, density))),
    [set, box, stageSize, pixels, density],
  )
  const toggle = useCallback(
    (at: Point = MIDDLE) =>
      current.current.scale > 1 ? set(FITTED) : zoomTo(closeUpScale(box, pixels, density), at),
    [set, zoomTo, box, pixels, density],
  )

  useLayoutEffect(() => {
    if (id) set(FITTED)
  }, [id, set])
  // another size of the window or of the panel: the picture stays within
  useLayoutEffect(() => {
    set(current.current.scale === 1 ? FITTED : keepInside(current.current, box, stageSize))
  }, [set, box, stageSize])

  const handlers = useLatest({ onSwipe, onTap })
  useEffect(() => {
    if (!stage.current) return
    const gestures = new Gestures(stage.current, {
      transform: () => current.current,
      limits: () => ({ box, stage: stageSize, most: mostScale(box, pixels, density) }),
      set,
      toggle,
      swipe: (swipe) => handlers.current.onSwipe(swipe),
      tap: () => handlers.current.onTap(),
    })
    return () => gestures.end()
  }, [stage, set, toggle, box, stageSize, pixels, density, handlers])

  return useMemo(
    () => ({
      scale,
      layer,
      zoomIn: () => zoomTo(current.current.scale * STEP, MIDDLE),
      zoomOut: () => zoomTo(current.current.scale / STEP, MIDDLE),
      toggle,
    }),
    [scale, zoomTo, toggle],
  )
}

/** A value as it was drawn last, for listeners that outlive a drawing. */
function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}

/** Whether a picture zoomed to `scale` shows more pixels than its preview, `previewEdge` on the longer side, has. */
export function outgrows(
  scale: number,
  box: Size,
  pixels: Size,
  previewEdge: number,
  density: number,
): boolean {
  const longest = Math.max(pixels.width, pixels.height)
  if (longest <= previewEdge) return false
  return scale > pixelScale(box, { width: (pixels.width * previewEdge) / longest, height: 0 }, density)
}
