import {
  keepInside,
  type Point,
  pinch,
  type Size,
  type Swipe,
  swipeOf,
  type Transform,
  wheelFactor,
  zoomAt,
} from './zoom.ts'

interface Host {
  transform(): Transform
  limits(): { box: Size; stage: Size; most: number }
  /** `drag` moves the picture beyond where it may rest, while a finger is on it */
  set(transform: Transform, drag?: Point): void
  toggle(at: Point): void
  swipe(swipe: Swipe): void
  /** a finger touched the picture briefly, once */
  tap(): void
}

/** A second tap within this time and distance makes both a double tap. */
const DOUBLE_MS = 280
const DOUBLE_PX = 32
/** A finger that moves less has not moved. */
const STILL_PX = 8

interface Finger {
  start: Point
  now: Point
  at: number
}

/** Wheel, mouse and fingers over the viewer's stage. Points are pixels from its middle. */
export class Gestures {
  readonly #stage: HTMLElement
  readonly #host: Host
  readonly #fingers = new Map<number, Finger>()
  readonly #ends = new AbortController()
  #lastTap: { at: number; point: Point; timer: ReturnType<typeof setTimeout> } | null = null
  #pointer = 'mouse'
  /** two fingers were down: what the last one does is no swipe */
  #pinched = false

  constructor(stage: HTMLElement, host: Host) {
    this.#stage = stage
    this.#host = host
    const { signal } = this.#ends
    stage.addEventListener('wheel', this.#onWheel, { signal, passive: false })
    stage.addEventListener('dblclick', this.#onDoubleClick, { signal })
    stage.addEventListener('pointerdown', this.#onDown, { signal })
    stage.addEventListener('pointermove', this.#onMove, { signal })
    stage.addEventListener('pointerup', this.#onUp, { signal })
    stage.addEventListener('pointercancel', this.#onCancel, { signal })
  }

  /** Stops listening. */
  end(): void {
    this.#ends.abort()
    if (this.#lastTap) clearTimeout(this.#lastTap.timer)
  }

  #point(event: MouseEvent): Point {
    const { left, top, width, height } = this.#stage.getBoundingClientRect()
    return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 }
  }

  readonly #onWheel = (event: WheelEvent) => {
    event.preventDefault()
    const { box, stage, most } = this.#host.limits()
    const from = this.#host.transform()
    this.#host.set(zoomAt(from, from.scale * wheelFactor(event), this.#point(event), box, stage, most))
  }

  readonly #onDoubleClick = (event: MouseEvent) => {
    // some browsers make one of two taps, which are told apart from swipes below
    if (this.#pointer !== 'mouse') return
    if (event.target instanceof Element && event.target.closest('button, a')) return
    this.#host.toggle(this.#point(event))
  }

  readonly #onDown = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button, a'))) return
    this.#pointer = event.pointerType
    const point = this.#point(event)
    this.#fingers.set(event.pointerId, { start: point, now: point, at: event.timeStamp })
    if (this.#fingers.size > 1) this.#pinched = true
    this.#stage.setPointerCapture(event.pointerId)
  }

  readonly #onMove = (event: PointerEvent) => {
    const finger = this.#fingers.get(event.pointerId)
    if (!finger) return
    const before = finger.now
    finger.now = this.#point(event)
    const { box, stage, most } = this.#host.limits()
    const from = this.#host.transform()
    const [first, second] = [...this.#fingers.values()]
    if (first && second) {
      const then: [Point, Point] = finger === first ? [before, second.now] : [first.now, before]
      this.#host.set(pinch(from, then, [first.now, second.now], box, stage, most))
    } else if (from.scale > 1) {
      const moved = { ...from, x: from.x + finger.now.x - before.x, y: from.y + finger.now.y - before.y }
      this.#host.set(keepInside(moved, box, stage))
    } else if (event.pointerType !== 'mouse' && !this.#pinched) {
      const way = difference(finger)
      const sideways = Math.abs(way.x) > Math.abs(way.y)
      this.#host.set(from, sideways ? { x: way.x, y: 0 } : { x: 0, y: Math.max(0, way.y) / 2 })
    }
  }

  readonly #onUp = (event: PointerEvent) => {
    const finger = this.#fingers.get(event.pointerId)
    this.#fingers.delete(event.pointerId)
    if (!finger || event.pointerType === 'mouse') return
    const from = this.#host.transform()
    const way = difference(finger)
    const alone = !this.#pinched
    if (this.#fingers.size === 0) this.#pinched = false
    if (alone && Math.hypot(way.x, way.y) < STILL_PX) {
      this.#tapped(finger.now, event.timeStamp)
      return
    }
    if (from.scale > 1 || !alone) return
    this.#host.set(from)
    const swipe = swipeOf(way, event.timeStamp - finger.at)
    if (swipe) this.#host.swipe(swipe)
  }

  readonly #onCancel = (event: PointerEvent) => {
    this.#fingers.delete(event.pointerId)
    if (this.#fingers.size === 0) this.#pinched = false
    this.#host.set(this.#host.transform())
  }

  /** Two quick taps at one place toggle the zoom; a single one is told only when no second came. */
  #tapped(point: Point, at: number): void {
    const last = this.#lastTap
    if (last) clearTimeout(last.timer)
    this.#lastTap = null
    const near = last && Math.hypot(point.x - last.point.x, point.y - last.point.y) < DOUBLE_PX
    if (near && at - last.at < DOUBLE_MS) {
      this.#host.toggle(point)
      return
    }
    const timer = setTimeout(() => this.#host.tap(), DOUBLE_MS)
    this.#lastTap = { at, point, timer }
  }
}

const difference = ({ start, now }: Finger): Point => ({ x: now.x - start.x, y: now.y - start.y })
