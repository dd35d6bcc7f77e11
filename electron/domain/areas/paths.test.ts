import { join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { deepestHolding, isBelow, isWithin, rangeBelow } from './paths.ts'

const at = (...parts: string[]) => join(sep, ...parts)

test('folders are compared by components, never by string prefix', () => {
  expect(isBelow(at('a', 'b'), at('a'))).toBe(true)
  expect(isBelow(at('ab'), at('a'))).toBe(false)
  expect(isBelow(at('a'), at('a'))).toBe(false)
  expect(isWithin(at('a'), at('a'))).toBe(true)
  expect(isWithin(at('a-b', 'c'), at('a'))).toBe(false)
  expect(isBelow(at('a'), sep)).toBe(true)
})

test('the deepest area holds a path', () => {
  const areas = [{ path: at('p') }, { path: at('p', 'ann') }, { path: at('p', 'ann', '2024') }]
  expect(deepestHolding(areas, at('p', 'ann', '2024', 'may'))?.path).toBe(at('p', 'ann', '2024'))
  expect(deepestHolding(areas, at('p', 'ann', '2024'))?.path).toBe(at('p', 'ann', '2024'))
  expect(deepestHolding(areas, at('p', 'anna'))?.path).toBe(at('p'))
  expect(deepestHolding(areas, at('q'))).toBeUndefined()
})

test('a range holds exactly what lies below, in the order of bytes', () => {
  const { from, to } = rangeBelow(at('a', 'b'))
  const holds = (path: string) =>
    Buffer.compare(Buffer.from(path), Buffer.from(from)) >= 0 &&
    Buffer.compare(Buffer.from(path), Buffer.from(to)) < 0
  expect([at('a', 'b', 'c'), at('a', 'b', '\u{1f4f7}'), at('a', 'b', ' ')].every(holds)).toBe(true)
  expect([at('a', 'b'), at('a', 'b c'), at('a', 'b-'), at('a', 'b0'), at('a', 'bb')].some(holds)).toBe(false)
})
