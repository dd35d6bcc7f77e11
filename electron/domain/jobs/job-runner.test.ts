import { expect, test } from 'vitest'
import { gate, makeRunner, stateOf, system, waitForAbort } from '../../../test/support/job-runner.ts'
import { StorageError } from '../../db/errors.ts'
import { accounts, jobFailures, jobs } from '../../db/schema.ts'
import { JobFailedError } from './work.ts'

test('a queued job runs after start, and its outcome is kept', async () => {
  const { runner, hints } = await makeRunner(async (task, { progress }) => {
    progress(3, 3)
    return { files: 3, area: task.areaId ?? 0 }
  })
  const id = await runner.scan(2, system)
  expect(await stateOf(runner, id)).toBe('queued')
  await runner.start()
  await runner.idle()
  expect(await runner.find(id)).toMatchObject({
    state: 'done',
    result: { files: 3, area: 2 },
    done: 3,
    total: 3,
    folder: '/2',
    folderId: 2,
    startedBy: null,
  })
  expect(hints).toContainEqual({ topic: 'jobs', areas: [2] })
})

test('who asked is told by name', async () => {
  const { db, runner } = await makeRunner(async () => ({}))
  const row = { id: 7, username: 'ann', name: 'Ann', role: 'user', passwordHash: '', createdAt: 0 }
  await db.write((tx) => tx.insert(accounts).values(row))
  const id = await runner.scan(1, { kind: 'account', accountId: 7 })
  expect(await runner.find(id)).toMatchObject({ startedBy: 'Ann', startedByKind: 'account' })
  expect(await runner.list({ limit: 10, areaIds: [2] })).toEqual([])
  expect(await runner.list({ limit: 10, areaIds: [1], state: 'queued' })).toHaveLength(1)
})

test('the same work is not queued twice, and never two jobs work on one area', async () => {
  const hold = gate()
  const { runner } = await makeRunner(hold.work)
  const first = await runner.scan(1, system)
  expect(await runner.scan(1, system)).toBe(first)
  await runner.start()
  await hold.started
  expect(await runner.scan(1, system)).toBe(first)
  const other = await runner.scan(2, system)
  const third = await runner.scan(3, system)
  await expect.poll(() => stateOf(runner, other)).toBe('running')
  expect(await stateOf(runner, third)).toBe('queued')
  hold.open()
  await runner.idle()
  expect(await stateOf(runner, third)).toBe('done')
  expect(await runner.scan(1, system)).not.toBe(first)
})

test('work of another kind goes on beside a scan, as much at a time as that kind may', async () => {
  const hold = gate()
  const other = gate()
  const { runner } = await makeRunner(hold.work, { other: other.work })
  const scan = await runner.scan(1, system)
  const [first, second] = [await runner.enqueue('other', 1, system), await runner.enqueue('other', 2, system)]
  await runner.start()
  await expect.poll(() => stateOf(runner, first)).toBe('running')
  expect(await stateOf(runner, scan)).toBe('running')
  expect(await stateOf(runner, second)).toBe('queued')
  other.open()
  await expect.poll(() => stateOf(runner, second)).toBe('done')
  hold.open()
  await runner.idle()
})

test('however many of one kind wait, another kind goes on beside them', async () => {
  const { runner } = await makeRunner(async () => ({}), { other: (_, context) => waitForAbort(context) })
  for (let count = 0; count < 110; count += 1) await runner.enqueue('other', null, system)
  const scan = await runner.scan(1, system)
  await runner.start()
  await expect.poll(() => stateOf(runner, scan)).toBe('done')
})

test('progress is told while the job runs, failures too', async () => {
  const told = Promise.withResolvers<void>()
  const { runner } = await makeRunner(async (_, context) => {
    context.fail('/1/a.jpg', 'decode_failed')
    context.progress(5, 10)
    told.resolve()
    await waitForAbort(context)
    return {}
  })
  const id = await runner.scan(1, system)
  await runner.start()
  await told.promise
  expect(await runner.find(id)).toMatchObject({ state: 'running', done: 5, total: 10, failed: 1 })
  expect(await runner.failures(id)).toEqual({
    failures: [{ path: '/1/a.jpg', reason: 'decode_failed' }],
    more: 0,
  })
  await runner.cancel(id)
  expect(await runner.find(id)).toMatchObject({ state: 'cancelled', done: 5, total: 10, failed: 1 })
  expect((await runner.failures(id)).failures).toHaveLength(1)
})

test('a waiting job is cancelled without ever running; a finished one stays as it is', async () => {
  let ran = 0
  const { runner } = await makeRunner(async () => {
    ran += 1
    return {}
  })
  const cancelled = await runner.scan(1, system)
  await runner.cancel(cancelled)
  const done = await runner.scan(2, system)
  await runner.start()
  await runner.idle()
  await runner.cancel(done)
  expect(await stateOf(runner, cancelled)).toBe('cancelled')
  expect(await stateOf(runner, done)).toBe('done')
  expect(ran).toBe(1)
})

test('a job fails with its reason, a full disk is told, anything else is a crash in the log', async () => {
  const errors: Error[] = [
    new JobFailedError('root_missing'),
    new StorageError('full', 'full'),
    new Error('a bug'),
  ]
  const { runner, lines } = await makeRunner(async ({ areaId }) => {
    throw errors[(areaId ?? 0) - 1]
  })
  const ids = [await runner.scan(1, system), await runner.scan(2, system), await runner.scan(3, system)]
  await runner.start()
  await runner.idle()
  const found = await Promise.all(ids.map((id) => runner.find(id)))
  expect(found.map((job) => [job?.state, job?.error])).toEqual([
    ['failed', 'root_missing'],
    ['failed', 'storage_full'],
    ['failed', 'job_crashed'],
  ])
  expect(lines.join()).toContain('a bug')
  expect(lines).toHaveLength(1)
})

test('retrying queues the same work anew', async () => {
  const { runner } = await makeRunner(async () => {
    throw new JobFailedError('root_missing')
  })
  const id = await runner.scan(3, system)
  await runner.start()
  await runner.idle()
  const again = await runner.retry(id, { kind: 'operator' })
  expect(again).not.toBe(id)
  expect(await runner.find(again)).toMatchObject({ kind: 'scan', folderId: 3, startedByKind: 'operator' })
  await expect(runner.retry(999, system)).rejects.toMatchObject({ code: 'not_found' })
  await expect(runner.cancel(999)).rejects.toMatchObject({ code: 'not_found' })
})

test('what a stop interrupted is marked so and done again at the next start', async () => {
  const hold = gate()
  const first = await makeRunner(hold.work)
  const id = await first.runner.scan(1, system)
  await first.runner.start()
  await hold.started
  await first.runner.close()
  expect(await stateOf(first.runner, id)).toBe('interrupted')

  const done: (number | null)[] = []
  const second = await makeRunner(
    async ({ areaId }) => {
      done.push(areaId)
      return {}
    },
    { db: first.db },
  )
  await second.runner.start()
  await second.runner.idle()
  expect(done).toEqual([1])
  expect(await second.runner.find(id)).toMatchObject({ state: 'interrupted', error: 'job_restarted' })

  const third = await makeRunner(async () => ({}), { db: first.db })
  await third.runner.start()
  await third.runner.idle()
  expect(await third.runner.list({ limit: 10 })).toHaveLength(2)
})

test('what a crash interrupted is done again too', async () => {
  const { db, runner } = await makeRunner(async () => ({}))
  const row = { kind: 'scan', areaId: 2, state: 'running', startedByKind: 'operator', queuedAt: 0 } as const
  await db.write((tx) => tx.insert(jobs).values(row))
  await runner.start()
  await runner.idle()
  const states = (await runner.list({ limit: 10 })).map(({ state, startedByKind }) => [state, startedByKind])
  expect(states).toEqual([
    ['done', 'operator'],
    ['interrupted', 'operator'],
  ])
})

test('only the newest 500 jobs are kept, with their failures, and all that are still to be done', async () => {
  const hold = gate()
  const { db, runner } = await makeRunner(hold.work, { other: async () => ({}) })
  const running = [await runner.scan(1, system), await runner.scan(2, system)]
  const [waiting, paused] = [await runner.scan(3, system), await runner.enqueue('other', 1, system)]
  await runner.pause(paused)
  const old = { kind: 'scan', areaId: 1, state: 'done', startedByKind: 'system', queuedAt: 0 } as const
  const failure = { jobId: paused + 1, areaId: 1, path: '/1/a.jpg', reason: 'decode_failed' }
  for (let batch = 0; batch < 3; batch += 1)
    await db.write((tx) => tx.insert(jobs).values(Array.from({ length: 200 }, () => old)))
  await db.write((tx) => tx.insert(jobFailures).values([failure, { ...failure, jobId: paused }]))
  const last = await runner.enqueue('other', 2, system)
  await runner.start()
  await hold.started
  await expect.poll(() => db.read.$count(jobs)).toBe(504)
  expect(await db.read.select({ jobId: jobFailures.jobId }).from(jobFailures)).toEqual([{ jobId: paused }])
  const kept = await runner.list({ limit: 1000 })
  expect(kept.slice(0, 5).map(({ id, state }) => [id, state])).toEqual([
    [paused, 'paused'],
    [waiting, 'queued'],
    ...running.toReversed().map((id) => [id, 'running']),
    [last, 'done'],
  ])
  hold.open()
  await runner.idle()
})

test('what a busy folder made by itself does not push out what people asked for', async () => {
  const { db, runner } = await makeRunner(async () => ({}))
  const done = { kind: 'scan', areaId: 1, state: 'done', startedByKind: 'operator', queuedAt: 0 } as const
  const rows = Array.from({ length: 150 }, (_, index) => [
    { ...done, startedByKind: 'watch' as const, failed: index === 0 ? 1 : 0 },
    { ...done, kind: index % 2 === 0 ? 'previews' : 'scan' },
  ])
  for (const pair of rows) await db.write((tx) => tx.insert(jobs).values(pair))
  await runner.scan(2, system)
  await runner.start()
  await runner.idle()
  const kept = await runner.list({ limit: 1000 })
  expect(
    kept.filter(({ startedByKind, kind }) => startedByKind === 'operator' && kind === 'scan'),
  ).toHaveLength(75)
  // the one in which something failed stays as well
  expect(kept.filter(({ startedByKind }) => startedByKind === 'watch').at(-1)).toMatchObject({ failed: 1 })
  expect(kept).toHaveLength(1 + 75 + 1 + 100)
})

test('a thousand failures are kept, in their order; those beyond are counted', async () => {
  const { db, runner } = await makeRunner(async (_, { fail }) => {
    for (let index = 0; index < 2500; index += 1) fail(`/1/${index}.jpg`, 'decode_failed')
    return {}
  })
  const id = await runner.scan(1, system)
  await runner.start()
  await runner.idle()
  const { failures, more } = await runner.failures(id)
  expect(failures.map(({ path }) => path)).toEqual(
    Array.from({ length: 1000 }, (_, index) => `/1/${index}.jpg`),
  )
  expect(more).toBe(1500)
  expect((await runner.find(id))?.failed).toBe(2500)
  expect(await db.read.$count(jobFailures)).toBe(1000)
})
