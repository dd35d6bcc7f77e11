import { expect, test } from 'vitest'
import { gate, makeRunner, stateOf, system, waitForAbort } from '../../../test/support/job-runner.ts'
import { jobs } from '../../db/schema.ts'
import type { JobWork } from './work.ts'

const operator = { kind: 'operator' } as const

/** Work that lists a failure and counts on each time it is begun, and ends at the second. */
function inTwoParts() {
  const parts = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const goOn = Promise.withResolvers<void>()
  let begun = 0
  const work: JobWork = async (_, context) => {
    begun += 1
    context.fail('/1/a.jpg', 'file_unreadable')
    if (begun === 1) {
      context.progress(40, 100, { added: 40 })
      parts[0]?.resolve()
      return waitForAbort(context)
    }
    context.fail('/1/b.jpg', 'decode_failed')
    context.progress(1, null)
    parts[1]?.resolve()
    await goOn.promise
    context.progress(100, 100)
    return { files: 100, added: 60 + (context.earlier?.added ?? 0) }
  }
  return { work, first: parts[0]?.promise, second: parts[1]?.promise, goOn: () => goOn.resolve() }
}

test('a running job that is paused keeps its row, and goes on with it when it is resumed', async () => {
  const { work, first, second, goOn } = inTwoParts()
  const { runner, hints } = await makeRunner(work)
  const id = await runner.scan(1, system)
  await runner.start()
  await first
  hints.length = 0
  expect(await runner.pause(id)).toBe('paused')
  expect(hints).toContainEqual({ topic: 'jobs', areas: [1] })
  const paused = await runner.find(id)
  expect(paused).toMatchObject({ state: 'paused', done: 40, total: 100, failed: 1, finishedAt: null })
  expect((await runner.failures(id)).failures).toHaveLength(1)

  expect(['queued', 'running']).toContain(await runner.resume(id))
  await second
  // it counts anew, but stands where it stood until it has caught up
  expect(await runner.find(id)).toMatchObject({ state: 'running', done: 40, total: 100, failed: 2 })
  goOn()
  await runner.idle()
  const done = await runner.find(id)
  expect(done).toMatchObject({
    state: 'done',
    done: 100,
    total: 100,
    failed: 2,
    result: { files: 100, added: 100 },
  })
  expect(done?.startedAt).toBe(paused?.startedAt)
  // listed once each, though the first came in both parts
  const { failures } = await runner.failures(id)
  expect(failures.map(({ path }) => path)).toEqual(['/1/a.jpg', '/1/b.jpg'])
  expect(await runner.list({ limit: 10 })).toHaveLength(1)
})

test('a waiting job is paused without ever running, and lets others go first', async () => {
  const ran: (number | null)[] = []
  const { runner } = await makeRunner(async ({ areaId }) => {
    ran.push(areaId)
    return {}
  })
  const waiting = await runner.scan(1, system)
  expect(await runner.pause(waiting)).toBe('paused')
  await runner.scan(2, system)
  await runner.start()
  await runner.idle()
  expect(ran).toEqual([2])
  await runner.resume(waiting)
  await runner.idle()
  expect(ran).toEqual([2, 1])
})

test('a paused job makes room for others of its kind', async () => {
  const hold = gate()
  const { runner } = await makeRunner(async () => ({}), {
    other: (task, context) => (task.areaId === 1 ? hold.work(task, context) : Promise.resolve({})),
  })
  const [first, second] = [await runner.enqueue('other', 1, system), await runner.enqueue('other', 2, system)]
  await runner.start()
  await hold.started
  expect(await stateOf(runner, second)).toBe('queued')
  await runner.pause(first)
  await expect.poll(() => stateOf(runner, second)).toBe('done')
  expect(await stateOf(runner, first)).toBe('paused')
})

test('what has ended or is on its way already stays as it is', async () => {
  const hold = gate()
  const { runner } = await makeRunner(hold.work)
  const id = await runner.scan(1, system)
  expect(await runner.resume(id)).toBe('queued')
  await runner.start()
  await hold.started
  expect(await runner.resume(id)).toBe('running')
  hold.open()
  await runner.idle()
  expect(await runner.pause(id)).toBe('done')
  expect(await runner.resume(id)).toBe('done')
  await expect(runner.pause(999)).rejects.toMatchObject({ code: 'not_found' })
  await expect(runner.resume(999)).rejects.toMatchObject({ code: 'not_found' })
})

test('a job that comes to its end while it is being paused is done', async () => {
  const asked = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const { runner } = await makeRunner(async (_, { signal }) => {
    signal.addEventListener('abort', () => asked.resolve())
    started.resolve()
    await asked.promise
    return { files: 1 }
  })
  const id = await runner.scan(1, system)
  await runner.start()
  await started.promise
  expect(await runner.pause(id)).toBe('done')
})

test('a paused job can be cancelled, and stays paused over a restart', async () => {
  const hold = gate()
  const first = await makeRunner(hold.work)
  const [kept, dropped] = [await first.runner.scan(1, system), await first.runner.scan(2, system)]
  await first.runner.start()
  await hold.started
  await first.runner.pause(kept)
  await first.runner.pause(dropped)
  await first.runner.cancel(dropped)
  expect(await stateOf(first.runner, dropped)).toBe('cancelled')
  await first.runner.close()

  let ran = 0
  const count: JobWork = async () => {
    ran += 1
    return {}
  }
  const second = await makeRunner(count, { db: first.db })
  await second.runner.start()
  await second.runner.idle()
  expect([ran, await stateOf(second.runner, kept)]).toEqual([0, 'paused'])
  expect(await first.db.read.$count(jobs)).toBe(2)
  await second.runner.resume(kept)
  await second.runner.idle()
  expect([ran, await stateOf(second.runner, kept)]).toEqual([1, 'done'])
})

test('only people and the command line wake a paused job by asking for the same work', async () => {
  const { runner } = await makeRunner(async () => ({}))
  const id = await runner.scan(1, { kind: 'schedule' })
  await runner.pause(id)
  await runner.start()
  for (const kind of ['system', 'schedule', 'watch'] as const) expect(await runner.scan(1, { kind })).toBe(id)
  await runner.idle()
  expect(await stateOf(runner, id)).toBe('paused')
  expect(await runner.scan(1, operator)).toBe(id)
  await runner.idle()
  expect(await runner.find(id)).toMatchObject({ state: 'done', startedByKind: 'schedule' })
  expect(await runner.list({ limit: 10 })).toHaveLength(1)
})
