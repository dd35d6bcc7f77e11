/**
 * The scrolled element shows a window of the virtual timeline: its pixel `y` is virtual pixel `base + y`. Chromium cuts
 * elements above 16.7 million device pixels (Firefox and Safari are near), which a zoomed page reaches at a quarter
 * of that, so the element stays well below. `base` also takes up corrections: when a month above turns out taller than
 * guessed, `base` grows by the difference and nothing on screen moves. Both are put right while nobody scrolls.
 */
export const CANVAS_LIMIT = 2_000_000
/** The window follows when scrolling comes this near to one of its ends. */
const MARGIN = 400_000

export interface CanvasState {
  /** virtual pixel at the canvas' top; negative while a gap is left above the timeline's start */
  base: number
  scrollTop: number
  /** height of what is visible */
  viewport: number
  /** virtual height of the timeline */
  total: number
}

/** How tall the scrolled element is, in pixels. */
export function canvasHeight({ base, viewport, total }: Omit<CanvasState, 'scrollTop'>): number {
  return Math.max(viewport, Math.min(total - base, CANVAS_LIMIT))
}

/** The virtual pixel at the top of what is visible, kept within the timeline. */
export function virtualTop({ base, scrollTop, viewport, total }: CanvasState): number {
  return Math.min(Math.max(0, base + scrollTop), Math.max(0, total - viewport))
}

/** The base that leaves most room to scroll on from `v`; none is needed while everything fits. */
export function idealBase(v: number, total: number): number {
  if (total <= CANVAS_LIMIT) return 0
  return Math.round(Math.min(Math.max(0, v - CANVAS_LIMIT / 2), total - CANVAS_LIMIT))
}

/** Whether the window should move at once: else scrolling would stop short of the timeline's end, or run past it. */
export function mustRebase(state: CanvasState): boolean {
  const { base, scrollTop, viewport, total } = state
  const height = canvasHeight(state)
  const nearTop = base > 0 && scrollTop < viewport
  const nearBottom = base + height < total && scrollTop + 2 * viewport > height
  const outside = base + scrollTop < 0 || (scrollTop > 0 && base + scrollTop > total - viewport + 1)
  return nearTop || nearBottom || outside
}

/** Whether the window should move as soon as nobody scrolls. */
export function shouldRebase(state: CanvasState): boolean {
  const { base, scrollTop, viewport, total } = state
  if (total <= CANVAS_LIMIT) return base !== 0
  if (base < 0 || base + CANVAS_LIMIT > total) return true
  const nearTop = base > 0 && scrollTop < MARGIN
  const nearBottom = base + CANVAS_LIMIT < total && scrollTop + viewport > CANVAS_LIMIT - MARGIN
  return nearTop || nearBottom
}

/** Where the canvas stands in the timeline, and the scroller in the canvas. */
export class ScrollWindow {
  base = 0
  scrollTop = 0
  viewport = 0
  total = 0

  /** The virtual pixel at the view's top. */
  get v(): number {
    return virtualTop(this)
  }

  get canvasHeight(): number {
    return canvasHeight(this)
  }

  /** Puts virtual pixel `v` at the view's top by moving the scroller. */
  goTo(v: number): void {
    const kept = this.#keep(v)
    this.base = idealBase(kept, this.total)
    this.scrollTop = kept - this.base
  }

  /** The same by moving the canvas under the scroller, so that a scroll under way goes on; else like {@link goTo}. */
  slipTo(v: number): void {
    const kept = this.#keep(v)
    this.base = kept - this.scrollTop
    if (kept === 0 || mustRebase(this)) this.goTo(kept)
  }

  #keep(v: number): number {
    return Math.min(Math.max(0, v), Math.max(0, this.total - this.viewport))
  }
}
