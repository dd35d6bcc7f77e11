import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  closeUpScale,
  FITTED,
  fitInto,
  keepInside,
  mostScale,
  pinch,
  swipeOf,
  wheelFactor,
  zoomAt,
} from './zoom.ts'

const stage = { width: 1200, height: 800 }
const photo = { width: 6000, height: 4000 }
const box = fitInto(photo, stage, true)
const sizes = fc.record({
  width: fc.integer({ min: 1, max: 20_000 }),
  height: fc.integer({ min: 1, max: 20_000 }),
})
const points = fc.record({
  x: fc.double({ min: -600, max: 600, noNaN: true }),
  y: fc.double({ min: -400, max: 400, noNaN: true }),
})

describe('fitInto', () => {
  test.each([
    ['a large picture fills the stage', photo, { width: 1200, height: 800 }],
    ['an upright one its height', { width: 3000, height: 4000 }, { width: 600, height: 800 }],
    ['one with fewer pixels is not enlarged', { width: 600, height: 400 }, { width: 600, height: 400 }],
    ['a tiny one is, so that it can be seen', { width: 16, height: 8 }, { width: 320, height: 160 }],
    ['nothing is known', { width: 0, height: 0 }, { width: 0, height: 0 }],
  ])('%s', (_what, pixels, expected) => expect(fitInto(pixels, stage, true)).toEqual(expected))

  test('a mere shape fills the stage', () => {
    expect(fitInto({ width: 1.5, height: 1 }, stage, false)).toEqual({ width: 1200, height: 800 })
  })

  test('it never leaves the stage and keeps the shape', () => {
    fc.assert(
      fc.property(sizes, (pixels) => {
        const { width, height } = fitInto(pixels, stage, true)
        expect(width).toBeLessThanOrEqual(stage.width + 1e-6)
        expect(height).toBeLessThanOrEqual(stage.height + 1e-6)
        expect((width * pixels.height) / (height * pixels.width)).toBeCloseTo(1, 6)
      }),
    )
  })
})

describe('zoom', () => {
  test('what lies under the pointer stays under it, unless the picture would leave the stage', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 1, max: 8, noNaN: true }), (point, scale) => {
        const from = zoomAt(FITTED, 3, { x: 0, y: 0 }, box, stage, 8)
        const to = zoomAt(from, scale, point, box, stage, 8)
        const under = (transform: typeof from) => ({
          x: (point.x - transform.x) / transform.scale,
          y: (point.y - transform.y) / transform.scale,
        })
        const kept = keepInside(to, box, stage)
        expect(kept).toEqual(to)
        const loose = point.x - (point.x - from.x) * (scale / from.scale)
        if (Math.abs(loose - to.x) < 1e-9) expect(under(to).x).toBeCloseTo(under(from).x, 6)
        else expect(Math.abs(to.x)).toBeCloseTo((box.width * to.scale - stage.width) / 2, 6)
      }),
    )
  })

  test('all the way out is the fitted picture in the middle', () => {
    const close = zoomAt(FITTED, 4, { x: 300, y: -200 }, box, stage, 8)
    expect(close.x).not.toBe(0)
    expect(zoomAt(close, 0.2, { x: 10, y: 10 }, box, stage, 8)).toEqual(FITTED)
  })

  test('a side that fits stays in the middle', () => {
    const upright = fitInto({ width: 2000, height: 4000 }, stage, true)
    expect(keepInside({ scale: 1.5, x: 90, y: 90 }, upright, stage)).toEqual({ scale: 1.5, x: 0, y: 90 })
  })

  test('its limits: twice the pixels, four times the size of small ones', () => {
    expect(mostScale(box, photo, 1)).toBe(10)
    expect(mostScale(box, photo, 2)).toBe(5)
    expect(mostScale({ width: 320, height: 160 }, { width: 16, height: 8 }, 1)).toBe(4)
    expect(closeUpScale(box, photo, 1)).toBe(5)
    expect(closeUpScale({ width: 600, height: 400 }, { width: 600, height: 400 }, 1)).toBe(2)
  })

  test('two fingers zoom and move at once', () => {
    const to = pinch(
      FITTED,
      [
        { x: -50, y: 0 },
        { x: 50, y: 0 },
      ],
      [
        { x: -80, y: 20 },
        { x: 120, y: 20 },
      ],
      box,
      stage,
      8,
    )
    expect(to).toEqual({ scale: 2, x: 20, y: 20 })
  })

  test('the wheel: towards oneself zooms out, and as far as away zooms in', () => {
    const turn = (deltaY: number, ctrlKey = false, deltaMode = 0) =>
      wheelFactor({ deltaY, ctrlKey, deltaMode })
    expect(turn(100)).toBeLessThan(1)
    expect(turn(100) * turn(-100)).toBeCloseTo(1)
    expect(turn(-3, false, 1)).toBeCloseTo(turn(-48))
    expect(turn(-10, true)).toBeGreaterThan(turn(-10))
    expect(turn(-1e9)).toBeLessThan(2)
  })
})

describe('swipeOf', () => {
  test.each([
    [{ x: -120, y: 10 }, 400, 'next'],
    [{ x: 120, y: -30 }, 400, 'previous'],
    [{ x: -40, y: 2 }, 60, 'next'],
    [{ x: -40, y: 2 }, 400, null],
    [{ x: 10, y: 130 }, 400, 'close'],
    [{ x: 10, y: -130 }, 400, null],
    [{ x: 3, y: 2 }, 10, null],
  ] as const)('%j in %i ms → %s', (by, time, expected) => expect(swipeOf(by, time)).toBe(expected))
})
