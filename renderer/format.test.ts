import i18next from 'i18next'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  applyDateFormat,
  formatBytes,
  formatDay,
  formatDuration,
  formatList,
  formatMoment,
  formatMonth,
  formatNumber,
  formatRecent,
  formatShortDay,
  formatWallClock,
  regionalLocale,
} from './format.ts'

/** Intl puts narrow and unbreakable blanks where people write plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

beforeAll(async () => {
  vi.stubGlobal('navigator', { languages: ['en-GB', 'de-DE'] })
  await i18next.init({ lng: 'en', resources: {} })
})

test.each([
  ['en', ['de-DE', 'en-GB', 'en-US'], 'en-GB'],
  ['de', ['de-AT'], 'de-AT'],
  ['de', ['en-GB'], 'de'],
  ['en', [], 'en'],
])('%s on a device with %j is written as %s', (language, device, expected) => {
  expect(regionalLocale(language, device)).toBe(expected)
})

describe('in English of Britain', () => {
  test('days and clock of a wall time, whatever zone the reader is in', () => {
    expect(formatDay('2024-07-06T23:30:00.000')).toBe('Saturday, 6 July 2024')
    expect(formatWallClock('2024-07-06T23:30:00.000')).toBe('23:30')
  })

  test('numbers, lists and bytes', () => {
    expect(formatNumber(12408)).toBe('12,408')
    expect(formatList(['Ada', 'Ben', 'Rose'])).toBe('Ada, Ben and Rose')
    expect(plain(formatBytes(0))).toBe('0 bytes')
    expect(plain(formatBytes(3_400_000))).toBe('3.4 MB')
    expect(plain(formatBytes(345_600))).toBe('346 kB')
  })
})

test.each([
  [0.2, '1 sec'],
  [34, '34 secs'],
  [59.6, '1 min'],
  [240, '4 mins'],
  [7200, '2 hrs'],
])('%d seconds are %s', (seconds, expected) => expect(formatDuration(seconds)).toBe(expected))

test('a precise length of time keeps its seconds below an hour', () => {
  expect(formatDuration(95, { precise: true })).toBe('1 min 35 secs')
  expect(formatDuration(120, { precise: true })).toBe('2 mins')
})

describe('an instant not long ago', () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).getTime()
  const now = at(21, 18)

  test.each([
    ['today', at(21, 9), '09:05'],
    ['last night', at(20, 23), 'Friday'],
    ['six days ago', at(15, 12), 'Sunday'],
    ['a week ago', at(14, 12), '14 Nov 2026'],
  ])('%s', (_when, moment, expected) => expect(formatRecent(moment, now)).toBe(expected))
})

describe('a date format of their own', () => {
  const moment = new Date(2026, 10, 7, 9, 5).getTime()
  const written = () =>
    [
      formatDay('2024-07-06T23:30:00.000'),
      formatShortDay('2024-07-06'),
      formatMonth('2024-07'),
      plain(formatMoment(moment)),
      formatRecent(moment, moment + 30 * 86_400_000),
    ].join(' | ')

  afterEach(async () => {
    applyDateFormat('system')
    await i18next.changeLanguage('en')
  })

  test.each([
    [
      'en',
      'day-month',
      'Saturday, 6 July 2024 | Sat, 6 Jul 2024 | July 2024 | 7 Nov 2026, 09:05 | 7 Nov 2026',
    ],
    [
      'en',
      'month-day',
      'Saturday, July 6, 2024 | Sat, Jul 6, 2024 | July 2024 | Nov 7, 2026, 09:05 | Nov 7, 2026',
    ],
    ['en', 'iso', 'Saturday, 2024-07-06 | Sat, 2024-07-06 | 2024-07 | 2026-11-07 09:05 | 2026-11-07'],
    [
      'de',
      'day-month',
      'Samstag, 6. Juli 2024 | Sa., 6. Juli 2024 | Juli 2024 | 7. Nov. 2026, 09:05 | 7. Nov. 2026',
    ],
    [
      'de',
      'month-day',
      'Samstag, Juli 6, 2024 | Sa., Juli 6, 2024 | Juli 2024 | Nov. 7, 2026, 09:05 | Nov. 7, 2026',
    ],
    ['de', 'iso', 'Samstag, 2024-07-06 | Sa, 2024-07-06 | 2024-07 | 2026-11-07 09:05 | 2026-11-07'],
  ] as const)('%s, %s', async (language, preference, expected) => {
    await i18next.changeLanguage(language)
    applyDateFormat(preference)
    expect(written()).toBe(expected)
  })

  test('whoever shows dates is told that they are written in another way', () => {
    const told = vi.fn()
    i18next.on('languageChanged', told)
    applyDateFormat('iso')
    applyDateFormat('iso')
    i18next.off('languageChanged', told)
    expect(told).toHaveBeenCalledTimes(1)
  })
})
