import { expect, test } from 'vitest'
import { scrollStep } from './drag.ts'

test.each([
  ['in the middle nothing', 400, 0],
  ['just beside an edge nothing', 100 + 56, 0],
  ['near the top a little up', 100 + 50, -3],
  ['at the top edge at full speed', 100, -28],
  ['above it no faster', 0, -28],
  ['near the bottom a little down', 700 - 50, 3],
  ['below it no faster', 2000, 28],
])('%s', (_where, y, expected) => expect(scrollStep(y, 100, 700)).toBeCloseTo(expected))

test('a low view keeps a middle that rests', () => expect(scrollStep(130, 100, 160)).toBeCloseTo(0))
