import { expect, test } from 'vitest'
import type { LibrarySettings } from '../../../electron/contract/library-settings.ts'
import { draftOf, RESCAN_CHOICES, refusedLine, settingsOf } from './library-draft.ts'

const schedules: LibrarySettings['rescan'][] = [
  { every: 'never' },
  { every: 'hours', hours: 6 },
  { every: 'day', at: '04:30' },
  { every: 'week', day: 'friday', at: '23:00' },
]

test('a draft that nobody touched saves what was', () => {
  for (const rescan of schedules) {
    const settings = { rescan, ignore: ['*.tmp', '', '# note', ' blank '] }
    expect(settingsOf(draftOf({ watch: true, ...settings }))).toEqual({
      rescan,
      ignore: ['*.tmp', '', '# note', ' blank'],
    })
  }
})

test('every choice is a schedule', () => {
  const draft = draftOf({ watch: true, rescan: { every: 'never' }, ignore: [] })
  expect(RESCAN_CHOICES.map((choice) => settingsOf({ ...draft, choice }).rescan)).toEqual([
    { every: 'never' },
    { every: 'hours', hours: 1 },
    { every: 'hours', hours: 3 },
    { every: 'hours', hours: 6 },
    { every: 'hours', hours: 12 },
    { every: 'day', at: '03:00' },
    { every: 'week', day: 'sunday', at: '03:00' },
  ])
})

test('lines keep their numbers; what Windows or an empty field adds is no pattern', () => {
  const draft = draftOf({ watch: true, rescan: { every: 'never' }, ignore: [] })
  expect(settingsOf(draft).ignore).toEqual([])
  expect(settingsOf({ ...draft, patterns: '\n  \n' }).ignore).toEqual([])
  expect(settingsOf({ ...draft, patterns: '\na\r\nb\n\n' }).ignore).toEqual(['', 'a', 'b'])
})

test('the line to blame is counted from one', () => {
  expect(refusedLine({ 'ignore.3': 'pattern_too_long' })).toBe(4)
  expect(refusedLine({ ignore: 'patterns_too_many' })).toBeNull()
  expect(refusedLine({ 'rescan.at': 'time_form' })).toBeNull()
  expect(refusedLine(undefined)).toBeNull()
})
