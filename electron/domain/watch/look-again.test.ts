import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../lib/log.ts'
import type { JobInfo, StartedBy } from '../jobs/jobs.ts'
import { createLookAgain, restLeft } from './look-again.ts'

const ran = (values: Partial<JobInfo>): JobInfo => ({
  id: 1,
  kind: 'scan',
  state: 'done',
  folder: '/a',
  folderId: 1,
  startedBy: null,
  starterId: null,
  starterHasName: false,
  startedByKind: 'system',
  queuedAt: 0,
  startedAt: 0,
  finishedAt: 0,
  done: 0,
  total: null,
  failed: 0,
  rate: null,
  secondsLeft: null,
  result: null,
  error: null,
  ...values,
})

/** A list of jobs as the test sets it, and what was queued on it. */
function make(jobs: JobInfo[] = [], now = () => 1_000_000) {
  const queued: [number, StartedBy['kind']][] = []
  const lookAgain = createLookAgain({
    jobs: {
      list: async ({ areaIds }) => jobs.filter(({ folderId }) => areaIds?.includes(folderId ?? 0)),
      scan: async (areaId, by) => queued.push([areaId, by.kind]),
    },
    clock: now,
    log: createLog(() => undefined),
    quietMs: 5,
    longestMs: 1000,
    againMs: 5,
  })
  onTestFinished(() => lookAgain.close())
  return { lookAgain, queued, jobs }
}

test('many changes in an area come to one scan of it', async () => {
  const { lookAgain, queued } = make()
  for (let index = 0; index < 500; index += 1) lookAgain.soon(1)
  lookAgain.soon(2)
  await expect.poll(() => queued.length).toBe(2)
  expect(queued.sort()).toEqual([
    [1, 'watch'],
    [2, 'watch'],
  ])
})

test('a change during a scan is looked at after it, one before a waiting scan by that', async () => {
  const running = ran({ state: 'running', finishedAt: null })
  const { lookAgain, queued, jobs } = make([running, ran({ folderId: 2, state: 'queued' })])
  lookAgain.soon(1)
  await lookAgain.now([1, 2], { kind: 'operator' })
  expect(queued).toEqual([])
  jobs[0] = ran({})
  await expect.poll(() => queued).toEqual([[1, 'operator']])
})

test('an area that the household has no longer is not scanned', async () => {
  const { lookAgain, queued } = make()
  for (const areaId of [1, 2]) lookAgain.soon(areaId)
  lookAgain.keepTo([2])
  await expect.poll(() => queued).toEqual([[2, 'watch']])
})

test('an area rests after a scan, unless somebody asks', async () => {
  const { lookAgain, queued } = make([ran({ startedAt: 0, finishedAt: 1_000_000, result: { files: 9 } })])
  lookAgain.soon(1)
  lookAgain.soon(2)
  await expect.poll(() => queued).toEqual([[2, 'watch']])
  await lookAgain.now([1], { kind: 'account', accountId: 7 })
  expect(queued.at(-1)).toEqual([1, 'account'])
})

test('the rest is nine times what looking cost, from the end of the scan', () => {
  const scan = { startedAt: 1000, finishedAt: 3000, result: { files: 100, added: 0 } }
  expect(restLeft(scan, 3000)).toBe(18_000)
  expect(restLeft(scan, 13_000)).toBe(8000)
  expect(restLeft(scan, 30_000)).toBe(0)
})

test('new files do not count: they were worked on once', () => {
  const first = {
    startedAt: 0,
    finishedAt: 3_600_000,
    result: { files: 20_000, added: 20_000, ready: 20_000 },
  }
  expect(restLeft(first, 3_600_000)).toBeLessThan(200_000)
})

test('no clock keeps an area waiting for longer than the rest, nor the longest scan for longer than an hour', () => {
  const scan = { startedAt: 1000, finishedAt: 3000, result: { files: 1 } }
  expect(restLeft(scan, -1_000_000)).toBe(18_000)
  expect(restLeft({ ...scan, finishedAt: 1e12 }, 1e12)).toBe(3_600_000)
  expect(restLeft({ ...scan, finishedAt: 500 }, 500)).toBe(0)
})
