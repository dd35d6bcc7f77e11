import { expect, test } from 'vitest'
import type { Album } from '../../../electron/contract/albums.ts'
import { albumsAbove, albumsIn, placesFor, yearsOf } from './album-tree.ts'

const album = (id: number, title: string, parentId: number | null = null): Album => ({
  id,
  parentId,
  title,
  description: '',
  order: 'date',
  count: 0,
  cover: null,
  from: null,
  to: null,
  may: { edit: true },
})
const albums = [
  album(1, 'Trips 10'),
  album(2, 'Trips 9'),
  album(3, 'Lisbon', 1),
  album(4, 'Alfama', 3),
  album(5, 'Oslo', 1),
]
const titles = (found: readonly Album[]) => found.map(({ title }) => title)

test('albums stand by title, numbers as numbers', () => {
  expect(titles(albumsIn(albums, null))).toEqual(['Trips 9', 'Trips 10'])
  expect(titles(albumsIn(albums, 1))).toEqual(['Lisbon', 'Oslo'])
})

test('what is above one, the outermost first; a ring ends', () => {
  expect(titles(albumsAbove(albums, album(4, 'Alfama', 3)))).toEqual(['Trips 10', 'Lisbon'])
  expect(albumsAbove([album(1, 'a', 2), album(2, 'b', 1)], album(1, 'a', 2))).toHaveLength(2)
})

test('an album is never put into itself or what is inside it', () => {
  expect(placesFor(albums, 3).map((place) => [place.album.title, place.depth])).toEqual([
    ['Trips 9', 0],
    ['Trips 10', 0],
    ['Oslo', 1],
  ])
  expect(placesFor(albums, null)).toHaveLength(5)
})

test.each([
  [null, null, ''],
  ['2024-01-02T00:00:00.000', '2024-07-06T00:00:00.000', '2024'],
  ['2019-01-02T00:00:00.000', '2024-07-06T00:00:00.000', '2019 – 2024'],
])('from %s to %s is %j', (from, to, years) => {
  expect(yearsOf({ from, to })).toBe(years)
})
