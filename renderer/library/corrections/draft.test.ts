import { describe, expect, test } from 'vitest'
import type { Photo } from '../../../electron/contract/photos.ts'
import { afterwards, correctionOf, EMPTY_DRAFT, isNothing } from './draft.ts'

const read = (draft: Partial<typeof EMPTY_DRAFT>) => correctionOf({ ...EMPTY_DRAFT, ...draft })

describe('what is filled in', () => {
  test('nothing', () => expect(isNothing(read({}).correction)).toBe(true))

  test('a date, with and without a zone', () => {
    const set = { dateMode: 'set', day: '2024-07-06', time: '12:13' } as const
    expect(read(set)).toEqual({
      correction: { rule: { takenAt: '2024-07-06T12:13:00.000' }, file: {} },
      wrong: {},
    })
    expect(read({ ...set, time: '12:13:14', zone: 'Asia/Tokyo' }).correction.rule).toEqual({
      takenAt: '2024-07-06T12:13:14.000',
      zone: 'Asia/Tokyo',
    })
    expect(read({ ...set, time: '' }).wrong).toEqual({ when: true })
    expect(read({ ...set, zone: 'Mars' }).wrong).toEqual({ zone: true })
  })

  test('a shift', () => {
    const shift = { dateMode: 'shift', days: '1', hours: '2', minutes: '3' } as const
    expect(read(shift).correction.rule).toEqual({ shiftMs: 93_780_000 })
    expect(read({ ...shift, earlier: true }).correction.rule).toEqual({ shiftMs: -93_780_000 })
    for (const days of ['-1', '1.5', 'x']) expect(read({ ...shift, days }).wrong).toEqual({ shift: true })
    expect(read({ dateMode: 'shift', days: '0' }).wrong).toEqual({ shift: true })
  })

  test('what is left over of another mode counts for nothing', () => {
    expect(read({ dateMode: 'keep', zone: 'Mars', days: 'x' })).toEqual({
      correction: { rule: {}, file: {} },
      wrong: {},
    })
    expect(read({ dateMode: 'zone' }).wrong).toEqual({ zone: true })
  })

  test('a place', () => {
    expect(read({ placeMode: 'set', coordinates: '38.7, -9.1' }).correction.rule).toEqual({
      place: { latitude: 38.7, longitude: -9.1 },
    })
    expect(read({ placeMode: 'set', coordinates: 'Lisbon' }).wrong).toEqual({ place: true })
    expect(read({ placeMode: 'none' }).correction.rule).toEqual({ place: null })
    expect(read({ dateMode: 'file', placeMode: 'file' }).correction).toEqual({
      rule: {},
      file: { date: 'file', place: 'file' },
    })
  })
})

test('a photo as it would be', () => {
  const photo = {
    takenAt: '2024-03-30T02:30:00.000',
    takenOffset: null,
    gps: null,
    file: {
      takenAt: '2000-01-01T00:00:00.000',
      takenOffset: '+01:00',
      gps: { latitude: 1, longitude: 2, altitude: null },
    },
  } as Photo // the parts that are asked for
  const after = (draft: Partial<typeof EMPTY_DRAFT>) => afterwards(photo, read(draft).correction)
  expect(after({ dateMode: 'shift', days: '1', zone: 'Europe/Berlin' })).toEqual({
    takenAt: '2024-03-31T02:30:00.000',
    takenOffset: '+01:00',
    clock: 'skipped',
    gps: null,
  })
  expect(after({ dateMode: 'file', placeMode: 'file' })).toEqual({
    takenAt: '2000-01-01T00:00:00.000',
    takenOffset: '+01:00',
    clock: 'plain',
    gps: { latitude: 1, longitude: 2, altitude: null },
  })
  expect(after({ dateMode: 'shift', days: '1000000', earlier: true })).toBeNull()
})
