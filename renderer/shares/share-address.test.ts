import { expect, test } from 'vitest'
import { shareAddress } from './share-address.ts'

test('links and what was opened before have addresses, and photos in them', () => {
  expect(shareAddress('/s/a-B_9')).toEqual({ by: { token: 'a-B_9' }, path: '/s/a-B_9', photoId: null })
  expect(shareAddress('/s/abc/photo/12')).toEqual({ by: { token: 'abc' }, path: '/s/abc', photoId: 12 })
  expect(shareAddress('/shared/3')).toEqual({ by: { share: 3 }, path: '/shared/3', photoId: null })
  expect(shareAddress('/shared/3/photo/12')).toEqual({ by: { share: 3 }, path: '/shared/3', photoId: 12 })
})

test.each([
  '/',
  '/shared',
  '/s',
  '/s/',
  '/s/a/b',
  '/s/a.b',
  '/s/a%2Fb',
  '/shared/x',
  '/shared/03',
  '/s/abc/photo/x',
])('%s is none', (location) => {
  expect(shareAddress(location)).toBe(null)
})
