/** Where and how a pointer was pressed. Points are in client pixels. */
export interface Press {
  target: Element
  x: number
  y: number
  /** with the mouse a drag begins at once, with a finger after a long press */
  byMouse: boolean
  shiftKey: boolean
}

/** How a drag ended: the pointer was let go of, Escape was pressed, or the browser needed the pointer for something else. */
export type DragEnd = 'dropped' | 'cancelled' | 'lost'

/** A drag under way. */
export interface Dragging {
  /** the pointer is here now; called again while the page scrolls under it */
  over(x: number, y: number): void
  end?(how: DragEnd): void
}

/** What a drag over the photos asks of the page. */
export interface DragHost {
  mayBegin(press: Press): boolean
  begin(press: Press): Dragging | null
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

interface Pressed extends Press {
  pointer: number
}

/** Drags over the photos: with the mouse, or with a finger after a long press; scrolls on at the edges. Escape gives one up. */
export class GridDrag {
  readonly #scroller: HTMLElement
  readonly #host: DragHost
  readonly #ends = new AbortController()
  #pressed: Pressed | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #dragging: Dragging | null = null
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
    document.addEventListener('pointerup', this.#onUp, { signal })
    document.addEventListener('pointercancel', this.#onCancel, { signal })
    // before anything else that Escape would end
    window.addEventListener('keydown', this.#onKeyDown, { signal, capture: true })
    // before the page's own handlers: the click that ends a drag is none
    scroller.addEventListener('click', this.#onClick, { signal, capture: true })
  }

  /** Stops listening. */
  end(): void {
    this.#ends.abort()
    this.#stop('lost')
  }

  readonly #onDown = (event: PointerEvent) => {
    this.#stop('lost')
    this.#swallowsClick = false
    const { target, button, isPrimary, shiftKey, ctrlKey, metaKey, altKey } = event
    if (!isPrimary || button !== 0 || ctrlKey || metaKey || altKey || !(target instanceof Element)) return
    const byMouse = event.pointerType === 'mouse'
    const press = { target, x: event.clientX, y: event.clientY, byMouse, shiftKey }
    if (!this.#host.mayBegin(press)) return
    this.#pressed = { ...press, pointer: event.pointerId }
    if (byMouse) return
    this.#timer = setTimeout(() => this.#begin(), PRESS_MS)
  }

  readonly #onMove = (event: PointerEvent) => {
    const pressed = this.#pressed
    if (!pressed || event.pointerId !== pressed.pointer) return
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y)
    if (!this.#dragging) {
      if (pressed.byMouse && moved > MOVED_PX) this.#begin()
      else if (!pressed.byMouse && moved > STILL_PX) this.#stop('lost')
    }
    if (!this.#dragging) return
    pressed.x = event.clientX
    pressed.y = event.clientY
    this.#dragging.over(pressed.x, pressed.y)
    this.#scrollOn()
  }

  readonly #onTouchMove = (event: TouchEvent) => {
    if (this.#dragging) event.preventDefault()
  }

  /** A long press opens no menu of the browser's. */
  readonly #onContextMenu = (event: MouseEvent) => {
    if (this.#dragging || this.#timer !== undefined) event.preventDefault()
  }

  readonly #onUp = (event: PointerEvent) => {
    if (event.pointerId === this.#pressed?.pointer) this.#stop('dropped')
  }
  readonly #onCancel = () => this.#stop('lost')

  readonly #onKeyDown = (event: KeyboardEvent) => {
    if (!this.#dragging || event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    this.#stop('cancelled')
  }

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
    this.#swallowsClick = true
    this.#dragging = this.#host.begin(this.#pressed)
    if (!this.#dragging) this.#pressed = null
  }

  #stop(how: DragEnd): void {
    this.#clearTimer()
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#pressed = null
    const ended = this.#dragging
    this.#dragging = null
    ended?.end?.(how)
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
    this.#dragging.over(pressed.x, pressed.y)
    this.#scrollOn()
  }
}
