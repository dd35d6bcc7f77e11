import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../lib/log.ts'
import { createWatchClient, type WatchState } from './watch-client.ts'
import type { FromWatcher, ToWatcher } from './watch-messages.ts'

/** A client whose processes do what the test says for each root. */
function make(behave: (root: string, say: (message: FromWatcher) => void, die: () => void) => void) {
  const asked: string[] = []
  const lines: string[] = []
  const states: (WatchState | undefined)[] = []
  let processes = 0
  const client = createWatchClient({
    spawner: () => {
      processes += 1
      let hear: (message: unknown) => void = () => {}
      let exit: (detail: string) => void = () => {}
      let isDead = false
      const say = (message: FromWatcher) => void setImmediate(() => isDead || hear(message))
      const die = () => {
        isDead = true
        exit('signal SIGSEGV')
      }
      say({ type: 'ready' })
      return {
        pid: 1,
        send: (message) => {
          // the client sends nothing else
          const told = message as ToWatcher
          if (told.type !== 'watch') return
          asked.push(told.root)
          behave(told.root, say, die)
        },
        onMessage: (listener) => {
          hear = listener
        },
        onExit: (listener) => {
          exit = listener
        },
        kill: () => {
          isDead = true
        },
      }
    },
    log: createLog((line) => lines.push(line)),
    onChanged: () => undefined,
    onState: (root) => states.push(client.stateOf(root)),
    pauseMs: 1,
    retryMs: 5,
  })
  onTestFinished(() => client.close())
  const set = (...roots: string[]) => client.set(roots.map((root) => ({ root, leaveOut: [] })))
  return { client, set, asked, lines, states, processes: () => processes }
}

test('a root that brings the process down every time does not keep the others from being watched', async () => {
  const { client, set, lines } = make((root, say, die) => {
    if (root === '/bad') setImmediate(die)
    else say({ type: 'watching', root })
  })
  set('/bad', '/good', '/fine')
  await expect.poll(() => client.stateOf('/good')).toEqual({ state: 'watched' })
  await expect.poll(() => client.stateOf('/fine')).toEqual({ state: 'watched' })
  expect(lines.filter((line) => line.includes('not watched')).length).toBeLessThanOrEqual(1)
})

test('a root that can not be watched says why, once in the log, and is tried again', async () => {
  const { client, set, asked, lines, states } = make((root, say) => {
    if (asked.filter((one) => one === root).length > 3) say({ type: 'watching', root })
    else say({ type: 'refused', root, problem: 'watch_failed', detail: 'no luck' })
  })
  set('/a')
  await expect.poll(() => client.stateOf('/a')).toEqual({ state: 'watched' })
  expect(states[0]).toEqual({ state: 'failed', reason: 'watch_failed' })
  expect(asked).toHaveLength(4)
  expect(lines).toHaveLength(1)
})

test('what only people change is not tried again soon, and is told with its reason', async () => {
  const { client, set, asked, processes } = make((root, say) => {
    if (root === '/share') say({ type: 'refused', root, problem: 'watch_network', detail: 'NFS' })
    else say({ type: 'watching', root })
  })
  set('/share', '/a')
  await expect.poll(() => client.stateOf('/a')).toEqual({ state: 'watched' })
  expect(client.stateOf('/share')).toEqual({ state: 'failed', reason: 'watch_network' })
  expect(asked).toEqual(['/share', '/a'])
  expect(processes()).toBe(1)
})

test('without roots there is no process', async () => {
  const { client, set, processes } = make((root, say) => say({ type: 'watching', root }))
  set()
  expect(processes()).toBe(0)
  set('/a')
  await expect.poll(() => client.stateOf('/a')).toEqual({ state: 'watched' })
  set()
  expect(client.stateOf('/a')).toBeUndefined()
  expect(processes()).toBe(1)
})

test('a process that holds leftovers is replaced', async () => {
  let isSpent = true
  const { client, set, processes } = make((root, say) => {
    say({ type: 'watching', root })
    if (isSpent) say({ type: 'spent' })
    isSpent = false
  })
  set('/a')
  await expect.poll(processes).toBe(2)
  await expect.poll(() => client.stateOf('/a')).toEqual({ state: 'watched' })
})
