import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { decode, encode } from './codec.ts'

test.each([
  undefined,
  null,
  true,
  '',
  'ä\u2028',
  0,
  -0,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  12345678901234567890n,
  new Date(0),
  new Date(Number.NaN),
  /a/gi,
  [1, [2, undefined]],
  { a: { b: [] } },
  new Map<unknown, unknown>([[{ k: 1 }, new Set([1, 'x'])]]),
  new Uint8Array([0, 255]),
  new Float64Array([Math.PI]),
  new DataView(new ArrayBuffer(4), 1, 2),
  new ArrayBuffer(3),
])('survives like a structured clone: %s', (value) => {
  expect(isDeepStrictEqual(decode(encode(value)), structuredClone(value))).toBe(true)
})

test('keeps what is the same the same, cycles included', () => {
  const shared = { n: 1 }
  const value: Record<string, unknown> = { a: shared, b: [shared] }
  value.self = value
  const back = decode(encode(value)) as typeof value & { b: unknown[] } // of the same shape
  expect(back.self).toBe(back)
  expect(back.b[0]).toBe(back.a)
})

test('a view keeps its place in its buffer', () => {
  const buffer = new Uint8Array([1, 2, 3, 4]).buffer
  const back = decode(encode([new Uint8Array(buffer, 1, 2), buffer])) as [Uint8Array, ArrayBuffer] // likewise
  expect([...back[0]]).toEqual([2, 3])
  expect(back[0].buffer).toBe(back[1])
})

test('a name like __proto__ stays a plain property', () => {
  const back = decode(encode(JSON.parse('{"__proto__": {"x": 1}}'))) as object // an object went in
  expect(Object.keys(back)).toEqual(['__proto__'])
  expect('x' in back).toBe(false)
})

test('errors keep name and message', () => {
  expect(decode(encode(new TypeError('no')))).toMatchObject({ name: 'TypeError', message: 'no' })
})

test.each([[() => 1], [{ f: () => 1 }], [Symbol('s')], [new Blob(['x'])], [Promise.resolve()]])(
  'refuses what cannot be cloned: %s',
  (value) => {
    expect(() => encode(value)).toThrow(/could not be cloned/)
  },
)
