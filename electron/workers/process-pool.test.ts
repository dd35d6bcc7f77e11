import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { ProcessPool } from './process-pool.ts'
import type { FromWorker, ToWorker } from './protocol.ts'
import type { Spawner } from './spawn.ts'

const MIB = 2 ** 20

/** A pool of processes that say what the test has them say; requests and replies are names. */
function makePool(size: number) {
  const started: ReturnType<typeof makeProcess>[] = []
  function makeProcess() {
    let listen = (_message: unknown) => {}
    const process = {
      /** the request it works on */
      at: '',
      isKilled: false,
      say: (message: FromWorker<string, never>) => listen(message),
      beat: (mib: number) => listen({ type: 'beat', rss: mib * MIB }),
      reply: (mib: number) => listen({ type: 'reply', id: process.id, reply: process.at, rss: mib * MIB }),
      id: 0,
    }
    const spawned = {
      pid: undefined,
      // the pool's own messages
      send: (message: unknown) => hear(message as ToWorker<string>),
      onMessage: (listener: (message: unknown) => void) => {
        listen = listener
      },
      onExit: () => {},
      kill: () => {
        process.isKilled = true
      },
    }
    function hear(message: ToWorker<string>) {
      if (message.type === 'request') Object.assign(process, { at: message.request, id: message.id })
    }
    return Object.assign(process, { spawned })
  }
  const spawner: Spawner = () => {
    const process = makeProcess()
    started.push(process)
    setImmediate(() => process.say({ type: 'ready' }))
    return process.spawned
  }
  const memory = { memoryLimit: 700 * MIB, memoryBudget: 800 * MIB, recycleAbove: 300 * MIB }
  const pool = new ProcessPool<string, string>({ spawner, worker: 'media', size, idleMs: 1000, ...memory })
  onTestFinished(() => pool.close())
  return { started, pool, ask: (request: string) => pool.ask({ request, deadlineMs: () => 10_000 }) }
}

test('beyond the budget the largest goes on alone, and the other is begun again when it has ended', async () => {
  const { started, ask } = makePool(2)
  const answers = [ask('large'), ask('other'), ask('later')]
  await turn()
  const [large, other] = started
  expect([large?.at, other?.at]).toEqual(['large', 'other'])
  large?.beat(400)
  other?.beat(390)
  expect(other?.isKilled).toBe(false)
  large?.beat(650)
  expect([large?.isKilled, other?.isKilled]).toEqual([false, true])
  await turn()
  // nothing is begun beside it
  expect(started).toHaveLength(2)
  large?.reply(650)
  expect(await answers[0]).toEqual({ ok: true, reply: 'large' })
  await turn()
  expect(started.slice(2).map(({ at }) => at)).toEqual(['other', 'later'])
  for (const process of started.slice(2)) process.reply(100)
  expect(await Promise.all(answers.slice(1))).toEqual([
    { ok: true, reply: 'other' },
    { ok: true, reply: 'later' },
  ])
})

test('one alone may hold what a process may, and no more', async () => {
  const { started, ask } = makePool(2)
  const answer = ask('bomb')
  await turn()
  started[0]?.beat(700)
  expect(started[0]?.isKilled).toBe(false)
  started[0]?.beat(701)
  expect(await answer).toMatchObject({ ok: false, failure: 'worker_memory' })
})

test('what bursts a process that had answered before is tried in a fresh one', async () => {
  const { started, ask } = makePool(1)
  const first = ask('first')
  await turn()
  started[0]?.reply(250)
  await first
  const second = ask('second')
  started[0]?.beat(701)
  expect(started[0]?.isKilled).toBe(true)
  await turn()
  expect(started[1]?.at).toBe('second')
  started[1]?.beat(690)
  started[1]?.reply(200)
  expect(await second).toEqual({ ok: true, reply: 'second' })
})

test('an idle process makes room before one at work', async () => {
  const { started, ask } = makePool(2)
  const answers = [ask('a'), ask('b')]
  await turn()
  started[0]?.reply(250)
  await answers[0]
  started[1]?.beat(600)
  expect(started.map(({ isKilled }) => isKilled)).toEqual([true, false])
  started[1]?.reply(600)
  expect(await answers[1]).toEqual({ ok: true, reply: 'b' })
})

test('another size holds at once: more are started for what waits, and those too many end with their work', async () => {
  const { started, ask, pool } = makePool(1)
  const answers = ['a', 'b', 'c', 'd'].map(ask)
  await turn()
  expect(started.map(({ at }) => at)).toEqual(['a'])
  pool.resize(3, 800 * MIB)
  await turn()
  expect(started.map(({ at }) => at)).toEqual(['a', 'b', 'c'])
  pool.resize(1, 800 * MIB)
  expect(started.map(({ isKilled }) => isKilled)).toEqual([false, false, false])
  started[0]?.reply(100)
  started[1]?.reply(100)
  expect(started.map(({ isKilled }) => isKilled)).toEqual([true, true, false])
  started[2]?.reply(100)
  await turn()
  expect(started[2]?.at).toBe('d')
  started[2]?.reply(100)
  await Promise.all(answers)
  expect(started).toHaveLength(3)
})
