import { expect, test } from 'vitest'
import { filterOf, type JobFilter, logsAddress, questionOf } from './job-filter.ts'

const hashOf = (address: string) => address.slice(address.indexOf('#') + 1)

test('an address asks for what it was made of', () => {
  const filters: JobFilter[] = [
    {},
    { jobId: 12 },
    { kind: 'rebuild-thumbnails', state: 'paused', folderId: 3 },
    { startedBy: 'house', period: 'week', withFailures: true },
    { startedBy: 7 },
  ]
  for (const filter of filters) expect(filterOf(hashOf(logsAddress(filter)))).toEqual(filter)
  expect(logsAddress({})).toBe('/admin#worker-logs')
})

test('what an address asks wrongly does not count', () => {
  expect(filterOf('worker-logs?job=x&kind=magic&state=&folder=-2&by=0.5&period=ever')).toEqual({})
  expect(filterOf('people')).toEqual({})
})

test('a period begins at a whole hour, so that it is the same question for a while', () => {
  const at = Date.UTC(2026, 5, 10, 12, 34)
  expect(questionOf({ period: 'day', kind: 'scan' }, at)).toEqual({
    kind: 'scan',
    since: Date.UTC(2026, 5, 9, 12),
  })
  expect(questionOf({ jobId: 4, withFailures: true })).toEqual({ id: 4, withFailures: true })
})
