import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { viewerAction } from './keys.ts'

/** Stands for a DOM element, which Node has none of. */
class FakeElement extends EventTarget {
  readonly #inControl: boolean
  constructor(inControl: boolean) {
    super()
    this.#inControl = inControl
  }
  closest() {
    return this.#inControl ? this : null
  }
}

const press = (key: string, extras: Partial<Parameters<typeof viewerAction>[0]> = {}) =>
  viewerAction({
    key,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    shiftKey: false,
    target: null,
    ...extras,
  })

beforeEach(() => {
  vi.stubGlobal('Element', FakeElement)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('viewerAction', () => {
  test.each([
    ['ArrowRight', 'next'],
    ['PageDown', 'next'],
    ['ArrowLeft', 'previous'],
    ['PageUp', 'previous'],
    ['Home', 'first'],
    ['End', 'last'],
    ['Escape', 'close'],
    ['+', 'zoomIn'],
    ['-', 'zoomOut'],
    ['0', 'zoomReset'],
    ['z', 'zoomToggle'],
    ['Z', 'zoomToggle'],
    ['i', 'info'],
    ['f', 'fullscreen'],
    ['d', 'download'],
    ['?', 'help'],
    ['x', null],
    ['Tab', null],
    ['Enter', null],
  ])('%s → %s', (key, action) => expect(press(key)).toBe(action))

  test('with Control, Alt or Meta a key is the browser’s', () => {
    expect(press('f', { ctrlKey: true })).toBeNull()
    expect(press('ArrowLeft', { altKey: true })).toBeNull()
    expect(press('0', { metaKey: true })).toBeNull()
  })

  test('Space leafs, unless it presses the focused control', () => {
    expect(press(' ')).toBe('next')
    expect(press(' ', { shiftKey: true })).toBe('previous')
    expect(press(' ', { target: new FakeElement(false) })).toBe('next')
    expect(press(' ', { target: new FakeElement(true) })).toBeNull()
  })
})
