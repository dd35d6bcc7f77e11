export interface Size {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

/** How the fitted picture is shown: scaled about its middle, then moved by (x, y) pixels. 1 is fitted. */
export interface Transform extends Point {
  scale: number
}

export const FITTED: Transform = { scale: 1, x: 0, y: 0 }

/** Pictures smaller than this are enlarged to it, larger ones never beyond their own pixels. */
const LEAST_SIDE = 320
/** How far one may zoom: to this many times the picture's pixels, and at least so many times the fitted size. */
const MOST_PIXELS = 2
const MOST_FITTED = 4

/** The size at which a picture fits a stage; `pixels` is its own size, or only its shape while `exact` is false. */
export function fitInto(pixels: Size, stage: Size, exact: boolean): Size {
  if (!(pixels.width > 0) || !(pixels.height > 0)) return { width: 0, height: 0 }
  const scale = Math.min(stage.width / pixels.width, stage.height / pixels.height)
  const longest = Math.max(pixels.width, pixels.height)
  const most = exact ? Math.max(1, LEAST_SIDE / longest) : scale
  const used = Math.max(0, Math.min(scale, most))
  return { width: pixels.width * used, height: pixels.height * used }
}

/** The scale at which one picture pixel is one pixel of the screen. */
export const pixelScale = (box: Size, pixels: Size, density: number) =>
  box.width > 0 ? pixels.width / density / box.width : 1

/** How far a picture may be zoomed in. */
export const mostScale = (box: Size, pixels: Size, density: number) =>
  Math.max(MOST_FITTED, MOST_PIXELS * pixelScale(box, pixels, density))

/** Where `z` and a double click go from the fitted picture: its own pixels, or twice the size if it has few of them. */
export function closeUpScale(box: Size, pixels: Size, density: number): number {
  const natural = pixelScale(box, pixels, density)
  return natural > 1.25 ? natural : 2
}

/** Keeps a picture's edges from coming into a stage that it more than fills, and centres it where it does not. */
export function keepInside({ scale, x, y }: Transform, box: Size, stage: Size): Transform {
  const spareX = Math.max(0, (box.width * scale - stage.width) / 2)
  const spareY = Math.max(0, (box.height * scale - stage.height) / 2)
  return { scale, x: clamp(x, -spareX, spareX), y: clamp(y, -spareY, spareY) }
}

/** Zooms to `scale` so that what lies under `point` (pixels from the stage's middle) stays under it. */
export function zoomAt(
  from: Transform,
  scale: number,
  point: Point,
  box: Size,
  stage: Size,
  most: number,
): Transform {
  const next = clamp(scale, 1, most)
  const by = next / from.scale
  const moved = { scale: next, x: point.x - (point.x - from.x) * by, y: point.y - (point.y - from.y) * by }
  return next === 1 ? FITTED : keepInside(moved, box, stage)
}

/** Two fingers moved: the picture follows their middle and their distance. */
export function pinch(
  from: Transform,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
  box: Size,
  stage: Size,
  most: number,
): Transform {
  const middle = ([a, b]: readonly [Point, Point]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
  const distance = ([a, b]: readonly [Point, Point]) => Math.hypot(a.x - b.x, a.y - b.y)
  const start = middle(before)
  const end = middle(after)
  const scale = from.scale * (distance(after) / Math.max(1, distance(before)))
  const moved = { scale: from.scale, x: from.x + end.x - start.x, y: from.y + end.y - start.y }
  return zoomAt(moved, scale, end, box, stage, most)
}

export type Swipe = 'next' | 'previous' | 'close'

/** Distance a finger must go, and the speed (pixels a millisecond) that makes up for less. */
const SWIPE_DISTANCE = 80
const SWIPE_SPEED = 0.45
const SWIPE_LEAST = 24

/** What a finger's way over the fitted picture means: sideways leafs, down closes. */
export function swipeOf(by: Point, milliseconds: number): Swipe | null {
  const sideways = Math.abs(by.x) > Math.abs(by.y)
  const distance = sideways ? Math.abs(by.x) : by.y
  const quick = distance / Math.max(1, milliseconds) > SWIPE_SPEED && distance > SWIPE_LEAST
  if (distance < SWIPE_DISTANCE && !quick) return null
  if (sideways) return by.x < 0 ? 'next' : 'previous'
  return 'close'
}

/** The factor a turn of the wheel zooms by; trackpads pinch as small turns with Control held. */
export function wheelFactor(event: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const pixels =
    event.deltaMode === 1 ? event.deltaY * 16 : event.deltaMode === 2 ? event.deltaY * 400 : event.deltaY
  return Math.exp(-clamp(pixels, -200, 200) * (event.ctrlKey ? 0.01 : 0.002))
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
