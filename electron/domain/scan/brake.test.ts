import { join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { findBrake } from './brake.ts'

const at = (...parts: string[]) => join(sep, 'root', ...parts)
const brake = (losses: Record<string, [known: number, vanished: number]>) =>
  findBrake(
    new Map(Object.entries(losses).map(([path, [known, vanished]]) => [path, { known, vanished }])),
    at(),
  )

test('fifty at least, and more than half', () => {
  expect(brake({ [at()]: [50, 50] })).toBe(at())
  expect(brake({ [at()]: [49, 49] })).toBeUndefined()
  expect(brake({ [at()]: [100, 50] })).toBeUndefined()
  expect(brake({ [at()]: [99, 50] })).toBe(at())
})

test('losses of a subtree count together, and the deepest one is told', () => {
  const a: [number, number] = [30, 30]
  expect(brake({ [at('x', 'a')]: a, [at('x', 'b')]: a, [at('y')]: [1000, 0] })).toBe(at('x'))
  expect(brake({ [at('x', 'a')]: a, [at('y', 'b')]: a })).toBe(at())
  expect(brake({ [at('x', 'a')]: a, [at('xb')]: a, [at('z')]: [1000, 0] })).toBeUndefined()
})

test('nothing lost, nothing known: no brake', () => {
  expect(brake({})).toBeUndefined()
  expect(brake({ [at('a')]: [1000, 0] })).toBeUndefined()
})
