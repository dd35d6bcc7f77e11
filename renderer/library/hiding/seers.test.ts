import { expect, test } from 'vitest'
import { addSeers } from './seers.ts'

const ben = { accountId: 2, name: 'Ben', by: 'folder', count: 3 } as const
const olga = { accountId: 1, name: 'Olga', by: 'household', count: 3 } as const

test('what is known of the pieces is added up, those with a folder first', () => {
  expect(addSeers([], [olga])).toEqual([olga])
  expect(addSeers([olga], [ben, { ...olga, count: 4 }])).toEqual([ben, { ...olga, count: 7 }])
})

test('a folder with some of them counts more than being an admin', () => {
  const byFolder = { ...olga, by: 'folder' } as const
  expect(addSeers([olga], [byFolder])).toEqual([{ ...byFolder, count: 6 }])
  expect(addSeers([byFolder], [olga])).toEqual([{ ...byFolder, count: 6 }])
})
