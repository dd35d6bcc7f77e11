import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { isKnown, readRange } from './range.ts'

const etag = '"abc"'
const read = (range: string | null, { size = 1000, ifRange = null as string | null } = {}) =>
  readRange({ range, ifRange, etag, size })

test.each([
  ['bytes=0-99', { first: 0, last: 99 }],
  ['bytes=900-', { first: 900, last: 999 }],
  ['bytes=-100', { first: 900, last: 999 }],
  ['bytes=-5000', { first: 0, last: 999 }],
  ['bytes=990-5000', { first: 990, last: 999 }],
  ['bytes=0-99999999999999999999', { first: 0, last: 999 }],
  ['bytes=999-999', { first: 999, last: 999 }],
  ['BYTES = 1 - 2 ', { first: 1, last: 2 }],
])('%s is a part', (range, part) => {
  expect(read(range)).toEqual(part)
})

test.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0', 'bytes=99999999999999999999-'])(
  '%s lies outside',
  (range) => {
    expect(read(range)).toBe('unsatisfiable')
  },
)

test.each([
  null,
  '',
  'bytes=',
  'bytes=-',
  'bytes=5-2',
  'bytes=0-1,4-5',
  'items=0-1',
  'bytes=a-b',
  'bytes=0x0-1',
])('%s is ignored', (range) => {
  expect(read(range)).toBe('whole')
})

test('nothing of an empty file can be had in parts', () => {
  expect(read('bytes=0-', { size: 0 })).toBe('unsatisfiable')
  expect(read('bytes=-1', { size: 0 })).toBe('unsatisfiable')
  expect(read(null, { size: 0 })).toBe('whole')
})

test('If-Range: a part only of the very same bytes', () => {
  const range = 'bytes=0-1'
  expect(read(range, { ifRange: etag })).toEqual({ first: 0, last: 1 })
  for (const ifRange of ['"other"', 'W/"abc"', 'Sat, 21 Nov 2026 10:00:00 GMT', ''])
    expect(read(range, { ifRange })).toBe('whole')
})

test('a part never reaches beyond the file', () => {
  const size = integer({ min: 1, max: 10_000 })
  const place = integer({ min: 0, max: 12_000 })
  assert(
    property(size, place, place, (bytes, from, to) => {
      const wanted = readRange({ range: `bytes=${from}-${to}`, ifRange: null, etag, size: bytes })
      if (typeof wanted === 'string') return from > to || from >= bytes
      return wanted.first === from && wanted.last === Math.min(to, bytes - 1)
    }),
  )
})

test('If-None-Match names a tag among several, weakly, or any', () => {
  for (const known of ['"abc"', 'W/"abc"', '"x", "abc"', '"x",W/"abc"', '*', ' * '])
    expect(isKnown(known, etag), known).toBe(true)
  for (const unknown of [null, '', '"x"', 'abc', '"abcd"', 'W/"x"'])
    expect(isKnown(unknown, etag)).toBe(false)
})
