/** What a drag over the photos asks of the page. Points are in client pixels. */
export interface DragHost {
  /** a drag may begin at this element: with the mouse at once, with a finger after a long press */
  mayBegin(target: Element): boolean
  /** the drag began at the photo of this element */
  begin(target: Element): void
  /** the pointer is here now; called again while the page scrolls under it */
  over(x: number, y: number): void
}

/** A mouse that moves less is still a click. */
const MOVED_PX = 6
/** A finger that stays so long means the photo, not the page. */
const PRESS_MS = 450
/** A finger that moves more before that scrolls. */
const STILL_PX = 10
/** From this near to an edge on, the page scrolls; the nearer the faster, up to so many pixels a frame. */
const EDGE_PX = 56
const FASTEST_PX = 28

/** How far to scroll in a frame for a pointer at `y` in a view from `top` to `bottom`: negative is up. */
export function scrollStep(y: number, top: number, bottom: number): number {
  const edge = Math.min(EDGE_PX, (bottom - top) / 4)
  const beyond = y < top + edge ? y - (top + edge) : Math.max(0, y - (bottom - edge))
  return Math.sign(beyond) * Math.ceil(Math.min(1, Math.abs(beyond) / edge) * FASTEST_PX)
}

interface Pressed {
  pointer: number
  target: Element
  x: number
  y: number
}

/** Selecting by dragging: with the mouse, or with a finger after a long press; scrolls on at the edges. */
export class DragSelect {
  readonly #scroller: HTMLElement
  readonly #host: DragHost
  readonly #ends = new AbortController()
  #pressed: Pressed | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #dragging = false
  #swallowsClick = false
  #frame = 0

  constructor(scroller: HTMLElement, host: DragHost) {
    this.#scroller = scroller
    this.#host = host
    const { signal } = this.#ends
    scroller.addEventListener('pointerdown', this.#onDown, { signal })
    // there from the start: browsers ask nobody who comes later whether a finger scrolls
    scroller.addEventListener('touchmove', this.#onTouchMove, { signal, passive: false })
    scroller.addEventListener('contextmenu', this.#onContextMenu, { signal })
    document.addEventListener('pointermove', this.#onMove, { signal })
    document.addEventListener('pointerup', this.#onEnd, { signal })
    document.addEventListener('pointercancel', this.#onEnd, { signal })
    // before the page's own handlers: the click that ends a drag is none
    scroller.addEventListener('click', this.#onClick, { signal, capture: true })
  }

  /** Stops listening. */
  end(): void {
    this.#ends.abort()
    this.#stop()
  }

  readonly #onDown = (event: PointerEvent) => {
    this.#stop()
    this.#swallowsClick = false
    const { target, button, isPrimary, shiftKey, ctrlKey, metaKey, altKey } = event
    if (!isPrimary || button !== 0 || shiftKey || ctrlKey || metaKey || altKey) return
    if (!(target instanceof Element) || !this.#host.mayBegin(target)) return
    this.#pressed = { pointer: event.pointerId, target, x: event.clientX, y: event.clientY }
    if (event.pointerType === 'mouse') return
    this.#timer = setTimeout(() => this.#begin(), PRESS_MS)
  }

  readonly #onMove = (event: PointerEvent) => {
    const pressed = this.#pressed
    if (!pressed || event.pointerId !== pressed.pointer) return
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y)
    if (!this.#dragging) {
      if (event.pointerType === 'mouse' && moved > MOVED_PX) this.#begin()
      else if (event.pointerType !== 'mouse' && moved > STILL_PX) this.#stop()
    }
    if (!this.#dragging) return
    pressed.x = event.clientX
    pressed.y = event.clientY
    this.#host.over(pressed.x, pressed.y)
    this.#scrollOn()
  }

  readonly #onTouchMove = (event: TouchEvent) => {
    if (this.#dragging) event.preventDefault()
  }

  /** A long press opens no menu of the browser's. */
  readonly #onContextMenu = (event: MouseEvent) => {
    if (this.#dragging || this.#timer !== undefined) event.preventDefault()
  }

  readonly #onEnd = () => this.#stop()

  readonly #onClick = (event: MouseEvent) => {
    // keys click without pressing
    if (!this.#swallowsClick || event.detail === 0) return
    this.#swallowsClick = false
    event.preventDefault()
    event.stopPropagation()
  }

  #begin(): void {
    this.#clearTimer()
    if (!this.#pressed) return
    this.#dragging = true
    this.#swallowsClick = true
    this.#host.begin(this.#pressed.target)
  }

  #stop(): void {
    this.#clearTimer()
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#pressed = null
    this.#dragging = false
  }

  #clearTimer(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #scrollOn(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#scroll)
  }

  readonly #scroll = () => {
    this.#frame = 0
    const pressed = this.#pressed
    if (!pressed || !this.#dragging) return
    const { top, bottom } = this.#scroller.getBoundingClientRect()
    const step = scrollStep(pressed.y, top, bottom)
    if (step === 0) return
    this.#scroller.scrollTop += step
    this.#host.over(pressed.x, pressed.y)
    this.#scrollOn()
  }
}
