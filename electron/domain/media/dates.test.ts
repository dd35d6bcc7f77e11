import { describe, expect, it } from 'vitest'
import { hostWallTime, milliseconds, offsetBetween, parseOffset, parseWallTime } from './dates.ts'
import { dateOfName } from './name-dates.ts'

describe('dates as files write them', () => {
  it.each([
    ['2017:04:08 09:55:10', '2017-04-08T09:55:10.000', null],
    ['2017-04-08T09:55:10.5+02:00', '2017-04-08T09:55:10.500', '+02:00'],
    ['2017-04-08T09:55Z', '2017-04-08T09:55:00.000', '+00:00'],
    ['2005:09:07 15:07:40-07:00', '2005-09-07T15:07:40.000', '-07:00'],
    ['2017-04-08', '2017-04-08T00:00:00.000', null],
    ['2012: 1: 9  4: 5: 6', '2012-01-09T04:05:06.000', null],
    ['1601:06:06 16:39:33', '1601-06-06T16:39:33.000', null],
    ['2016:12:31 23:59:60', '2016-12-31T23:59:59.000', null],
    ['2024:02:29 00:00:00', '2024-02-29T00:00:00.000', null],
  ])('%s', (text, at, offset) => {
    expect(parseWallTime(text)).toEqual({ at, offset })
  })

  it.each([
    '0000:00:00 00:00:00',
    '2024:13:01 00:00:00',
    '2023:02:29 00:00:00',
    '2024:04:31 10:00:00',
    '2024:04:30 25:00:00',
    '    :  :     :  :  ',
    '200Ô-04-07T19:06:16',
    '',
    'yesterday',
  ])('%s is none', (text) => {
    expect(parseWallTime(text)).toBeNull()
  })

  it('reads fractions and offsets in all their forms', () => {
    expect(['9', '25', '950488', '', 'x', ' 7'].map(milliseconds)).toEqual([900, 250, 950, 0, 0, 700])
    expect(
      ['Z', '+2', '+0200', '-09:30', '+05:45', '+15:00', '-13:00', 'CET', null].map(parseOffset),
    ).toEqual(['+00:00', '+02:00', '+02:00', '-09:30', '+05:45', null, null, null, null])
  })

  it('finds the offset between a wall and the satellites, unless they are of different moments', () => {
    expect(offsetBetween('2024-04-14T02:20:31.000', '2024-04-13T20:35:00.000')).toBe('+05:45')
    expect(offsetBetween('2023-06-07T13:45:55.000', '2023-06-07T12:44:55.000')).toBe('+01:00')
    expect(offsetBetween('2023-06-07T13:45:55.000', '2023-06-07T12:36:00.000')).toBeNull()
    expect(offsetBetween('2023-06-09T13:45:55.000', '2023-06-07T12:45:55.000')).toBeNull()
    expect(offsetBetween('2023-06-07T13:45:00.000', '2023-06-07T13:30:00.000')).toBeNull()
  })

  it("gives a file's time in the host's zone, with its offset then", () => {
    const summer = Date.UTC(2024, 6, 6, 12, 13, 14, 15)
    const time = hostWallTime(summer + 0.6)
    expect(Date.parse(`${time?.at}${time?.offset}`)).toBe(summer)
    expect(hostWallTime(Number.NaN)).toBeNull()
  })
})

describe('dates in file names', () => {
  it.each([
    ['IMG_20240706_121314.jpg', '2024-07-06T12:13:14.000', null],
    ['20240706_121314.jpg', '2024-07-06T12:13:14.000', null],
    ['2024-07-06 12.13.14.jpg', '2024-07-06T12:13:14.000', null],
    ['telegram_2020-01-30_09-57-18.jpg', '2020-01-30T09:57:18.000', null],
    ['IMG-20200130-WA0001.jpg', '2020-01-30T00:00:00.000', null],
    ['PXL_20240706_121314567.jpg', '2024-07-06T12:13:14.567', '+00:00'],
    ['PXL_20240706_121314567.MP.jpg', '2024-07-06T12:13:14.567', '+00:00'],
    ['Screenshot_20240706-121314.png', '2024-07-06T12:13:14.000', null],
    ['Screenshot 2024-07-06 at 12.13.14.png', '2024-07-06T12:13:14.000', null],
    ['Screenshot_2024-07-06-12-13-14-123_com.app.png', '2024-07-06T12:13:14.123', null],
    ['signal-2020-01-30-095718.jpg', '2020-01-30T09:57:18.000', null],
    ['FB_IMG_1531234567890.jpg', '2018-07-10T14:56:07.890', '+00:00'],
    ['2024-07-06 (2).jpg', '2024-07-06T00:00:00.000', null],
    ['UTC-20240413-203531-Kathmandu.jpg', '2024-04-13T20:35:31.000', null],
  ])('%s', (name, at, offset) => {
    expect(dateOfName(name)).toEqual({ at, offset })
  })

  it.each([
    'IMG_4120.JPG',
    'DSC_0001.jpg',
    '120240706_1213141.jpg',
    'IMG_20241306_121314.jpg',
    '18991231_101010.jpg',
    'a3c9f20240706121314bb77012345.jpg',
    '',
  ])('%s tells none', (name) => {
    expect(dateOfName(name)).toBeNull()
  })
})
