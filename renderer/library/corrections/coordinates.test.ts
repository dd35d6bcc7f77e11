import { expect, test } from 'vitest'
import { parseCoordinates } from './coordinates.ts'

test.each([
  ['38.7, -9.1', 38.7, -9.1],
  [' 38.7 -9.1 ', 38.7, -9.1],
  ['38.7,-9.1', 38.7, -9.1],
  ['38.7/-9.1', 38.7, -9.1],
  ['(38.7; −9.1)', 38.7, -9.1],
  ['38,7; -9,1', 38.7, -9.1],
  ['38,7 -9,1', 38.7, -9.1],
  ['38,7, 9,1', 38.7, 9.1],
  ['38,-9', 38, -9],
  ['38, 9', 38, 9],
  ['38,9', 38, 9],
  ["38°42'N 9°8'W", 38.7, -9.1333333],
  ['38° 42′ 10.8″ N, 9° 8′ 24″ W', 38.703, -9.14],
  ["38°42'10,8''N 9°8'24''O", 38.703, 9.14],
  ['48.30280° N, 8.92750° E', 48.3028, 8.9275],
  ['N 38.7 W 9.1', 38.7, -9.1],
  ["N38°42.5' W9°8.5'", 38.7083333, -9.1416667],
  ['9.1W 38.7N', 38.7, -9.1],
  ["33°52'S 151°12'E", -33.8666667, 151.2],
  ['geo:38.7,-9.1?z=12', 38.7, -9.1],
  ['https://www.openstreetmap.org/#map=15/38.7/-9.1', 38.7, -9.1],
  ['https://www.openstreetmap.org/?mlat=38.7&mlon=-9.1#map=5/1/2', 38.7, -9.1],
  ['https://www.google.com/maps/@38.7,-9.1,15z', 38.7, -9.1],
  ['0, 0', 0, 0],
  ['-90, 180', -90, 180],
])('%s', (text, latitude, longitude) => {
  const found = parseCoordinates(text)
  expect(found?.latitude).toBeCloseTo(latitude, 6)
  expect(found?.longitude).toBeCloseTo(longitude, 6)
})

test.each([
  '',
  'Lisbon',
  '38.7',
  '38.7, -9.1, 12',
  '91, 0',
  '0, 181',
  '38.7N 9.1N',
  "38°61'N 9°8'W",
  '38.7, x',
  'N 38.7 9.1',
])('%j is no place', (text) => expect(parseCoordinates(text)).toBeNull())
