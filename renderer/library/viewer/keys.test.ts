import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { viewerAction } from './keys.ts'

/** Stands for a DOM element, which Node has none of. */
class FakeElement extends EventTarget {
  readonly #within: readonly string[]
  constructor(within: readonly string[]) {
    super()
    this.#within = within
  }
  closest(selector: string) {
    return this.#within.some((name) => selector.split(', ').includes(name)) ? this : null
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
    ['z', 'zoomToggle'],
    ['Z', 'zoomToggle'],
    ['i', 'info'],
    [' ', 'slideshow'],
    ['?', 'help'],
    ['f', 'favourite'],
    ['s', 'favourite'],
    ['0', 'rate0'],
    ['5', 'rate5'],
    ['6', null],
    ['d', 'caption'],
    ['t', 'tag'],
    ['l', 'album'],
    ['x', null],
    ['a', null],
    ['Tab', null],
    ['Enter', null],
  ])('%s → %s', (key, action) => expect(press(key)).toBe(action))

  test.each([
    ['F', 'fullscreen'],
    ['A', 'archive'],
    ['P', 'private'],
    ['D', 'download'],
    ['I', null],
    // signs that some keyboards have above others
    ['?', 'help'],
    ['+', 'zoomIn'],
  ])('⇧ %s → %s', (key, action) => expect(press(key, { shiftKey: true })).toBe(action))

  test('with Control, Alt or Meta a key is the browser’s, but for taking back', () => {
    expect(press('f', { ctrlKey: true })).toBeNull()
    expect(press('ArrowLeft', { altKey: true })).toBeNull()
    expect(press('+', { metaKey: true })).toBeNull()
    expect(press('z', { ctrlKey: true })).toBe('undo')
    expect(press('z', { metaKey: true })).toBe('undo')
    expect(press('z', { ctrlKey: true, shiftKey: true })).toBeNull()
  })

  test('what has the focus gets its keys first', () => {
    expect(press(' ', { target: new FakeElement([]) })).toBe('slideshow')
    expect(press(' ', { target: new FakeElement(['button']) })).toBeNull()
    expect(press('i', { target: new FakeElement(['button']) })).toBe('info')
    expect(press('i', { target: new FakeElement(['textarea']) })).toBeNull()
    expect(press('5', { target: new FakeElement(['input']) })).toBeNull()
    expect(press('z', { target: new FakeElement(['input']), ctrlKey: true })).toBeNull()
  })
})
