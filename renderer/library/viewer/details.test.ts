import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  cameraParts,
  formatCoordinates,
  formatExposure,
  makerLine,
  pixelLine,
  plainCoordinates,
} from './details.ts'

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: {} })
})

const pixel = {
  make: 'Google',
  model: 'Pixel 8',
  lens: null,
  iso: 64,
  fNumber: 1.7,
  exposureSeconds: 0.004,
  focalLengthMm: 6.9,
}
const nothing = {
  make: null,
  model: null,
  lens: null,
  iso: null,
  fNumber: null,
  exposureSeconds: null,
  focalLengthMm: null,
}

test.each([
  [0.004, '1/250 s'],
  [1 / 8000, '1/8,000 s'],
  [0.0166, '1/60 s'],
  [0.25, '1/4 s'],
  [0.3, '0.3 s'],
  [0.5, '0.5 s'],
  [1, '1 s'],
  [2.5, '2.5 s'],
  [30, '30 s'],
])('an exposure of %d s is written %s', (seconds, text) => expect(formatExposure(seconds)).toBe(text))

describe('cameraParts', () => {
  test('says all it knows', () => {
    expect(cameraParts(pixel).join(' · ')).toBe('Pixel 8 · 1/250 s · f/1.7 · ISO 64 · 6.9 mm')
  })
  test('leaves out what is missing or makes no sense', () => {
    const little = { ...nothing, make: 'Leica', fNumber: 0, exposureSeconds: 0, iso: 200 }
    expect(cameraParts(little)).toEqual(['Leica', 'ISO 200'])
    expect(cameraParts({ ...nothing, model: '  ' })).toEqual([])
    expect(cameraParts(nothing)).toEqual([])
    expect(cameraParts(null)).toEqual([])
  })
})

test.each([
  [pixel, 'Google'],
  [{ ...pixel, make: 'NIKON CORPORATION', model: 'NIKON D70' }, null],
  [{ ...pixel, make: 'Canon', model: 'Canon EOS 6D', lens: 'EF24-105mm f/4L' }, 'EF24-105mm f/4L'],
  [{ ...pixel, make: 'SONY', model: 'DSC-W30', lens: ' ' }, 'SONY'],
  [null, null],
])('makerLine %#', (camera, text) => expect(makerLine(camera)).toBe(text))

test('coordinates, for people and for maps', () => {
  const place = { latitude: -33.8567844, longitude: 151.213108, altitude: null }
  expect(formatCoordinates(place)).toBe('33.85678° S, 151.21311° E')
  expect(formatCoordinates({ latitude: 5, longitude: -0.5, altitude: 3 })).toBe('5.00000° N, 0.50000° W')
  expect(plainCoordinates(place)).toBe('-33.856784, 151.213108')
})

test.each([
  [6000, 4000, '6,000 × 4,000 · 24 MP'],
  [4032, 3024, '4,032 × 3,024 · 12.2 MP'],
  [16, 8, '16 × 8'],
  [null, 8, null],
])('%s × %s pixels', (width, height, text) => expect(pixelLine(width, height)).toBe(text))
