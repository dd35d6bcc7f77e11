import { expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

const MIB = 2 ** 20
const idsOf = (sizes: number[]) =>
  piecesOf(sizes.map((sizeBytes, id) => ({ id, sizeBytes }))).map(({ ids }) => ids)

test('pieces hold as many small files as one request takes', () => {
  const pieces = idsOf(Array.from({ length: 45 }, () => MIB))
  expect(pieces.map((ids) => ids.length)).toEqual([20, 20, 5])
  expect(pieces.flat()).toEqual(Array.from({ length: 45 }, (_, id) => id))
})

test('large files come in smaller pieces, and a very large one by itself', () => {
  expect(idsOf([30 * MIB, 30 * MIB, 30 * MIB, 4000 * MIB, MIB])).toEqual([[0, 1], [2], [3], [4]])
  expect(idsOf([])).toEqual([])
})
