import { expect, test } from 'vitest'
import { layerIn, layerSearch } from './layer.ts'
import { filterAt, splitAddress } from './list-address.ts'

test.each([
  ['/', { path: '/', photoId: null }],
  ['/photo/12', { path: '/', photoId: 12 }],
  ['/favourites', { path: '/favourites', photoId: null }],
  ['/folders/7/photo/12', { path: '/folders/7', photoId: 12 }],
  ['/photo/', null],
  ['/photo/0', null],
  ['/photo/1e3', null],
  ['/photo/12x', null],
  ['/photo/99999999999999999999', null],
])('%s is the list and the photo %j', (location, expected) => {
  expect(splitAddress(location)).toEqual(expected)
})

test.each([
  ['', undefined],
  ['?of=everyone', 'everyone'],
  ['of=everyone', 'everyone'],
  ['?of=3', { accountId: 3 }],
  ['?of=0', undefined],
  ['?of=-1', undefined],
  ['?of=1.5', undefined],
  ['?of=mine', undefined],
  ['?of=', undefined],
] as const)('%s asks for the layer %j', (search, expected) => {
  expect(layerIn(search)).toEqual(expected)
})

test.each(['everyone', { accountId: 3 }, undefined] as const)(
  'the layer %j is found in its address',
  (view) => {
    expect(layerIn(layerSearch(view))).toEqual(view)
  },
)

test.each([
  ['/', undefined],
  ['/favourites', { by: 'favourites' }],
  ['/rated/4', { by: 'rating', atLeast: 4 }],
  ['/on-this-day', { by: 'onThisDay', day: '07-06' }],
  ['/folders/12', { by: 'folder', folderId: 12 }],
  ['/folders/12/all', { by: 'folder', folderId: 12, deep: true }],
  ['/albums/12', { by: 'album', albumId: 12 }],
  ['/tags/12', { by: 'tag', tagId: 12, deep: true }],
  ['/albums', null],
  ['/albums/12/all', null],
  ['/folders/12/all/all', null],
  ['/folders/all', null],
  ['/albums/x', null],
  ['/albums/12/more', null],
  ['/rated/6', null],
  ['/rated', null],
  ['/favourites/1', null],
  ['/constructor', null],
  ['/toString/1', null],
  ['/admin', null],
])('%s is the list %j', (path, filter) => {
  expect(filterAt(path, '07-06')).toEqual(filter)
})
