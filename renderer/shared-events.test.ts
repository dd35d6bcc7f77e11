import { describe, expect, test } from 'vitest'
import { type ClientHint, TOPICS } from '../electron/contract/events.ts'
import { type EventsHost, subscribeShared } from './shared-events.ts'

type Stream = ReturnType<EventsHost['openStream']> & { closed: boolean }
type Channel = ReturnType<EventsHost['openChannel']>

/** One browser: its tabs share locks and channels; every stream opened is kept. */
function makeBrowser({ locks = true } = {}) {
  const streams: Stream[] = []
  const channels = new Set<Channel>()
  let tail: Promise<unknown> = Promise.resolve()

  // the parts of LockManager.request that are used: a queue that an aborted waiter leaves
  const request = (_name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>) => {
    const turn = tail.then(() => (signal.aborted ? Promise.reject(signal.reason) : work()))
    tail = turn.catch(() => {})
    return turn
  }
  const host: EventsHost = {
    locks: locks ? { request: request as unknown as LockManager['request'] } : undefined,
    openChannel() {
      const channel: Channel = {
        onmessage: null,
        postMessage(data: unknown) {
          for (const other of channels) if (other !== channel) other.onmessage?.({ data } as MessageEvent)
        },
        close: () => channels.delete(channel),
      }
      channels.add(channel)
      return channel
    },
    openStream() {
      const stream: Stream = {
        closed: false,
        readyState: 1,
        onopen: null,
        onmessage: null,
        onerror: null,
        close() {
          stream.closed = true
        },
      }
      streams.push(stream)
      return stream
    },
  }
  const openTab = () => {
    const heard: ClientHint[] = []
    const close = subscribeShared((hint) => heard.push(hint), host)
    return { heard, close }
  }
  const send = (data: unknown) => streams.at(-1)?.onmessage?.({ data: JSON.stringify(data) } as MessageEvent)
  return { streams, openTab, send }
}

const settle = () => new Promise((done) => setTimeout(done, 0))
const library: ClientHint = { topic: 'library', revision: 7 }

describe('tabs of one browser', () => {
  test('share one stream, and each hears every hint once', async () => {
    const browser = makeBrowser()
    const tabs = [browser.openTab(), browser.openTab(), browser.openTab()]
    await settle()
    expect(browser.streams).toHaveLength(1)
    browser.send(library)
    for (const { heard } of tabs) expect(heard).toEqual([library])
  })

  test('the next takes over when the reading one closes', async () => {
    const browser = makeBrowser()
    const [first, second] = [browser.openTab(), browser.openTab()]
    await settle()
    first.close()
    await settle()
    expect(browser.streams.map(({ closed }) => closed)).toEqual([true, false])
    browser.send(library)
    expect(second.heard).toContainEqual(library)
    expect(first.heard).toEqual([])
  })

  test('a waiting tab that closes opens no stream later', async () => {
    const browser = makeBrowser()
    const [first, second] = [browser.openTab(), browser.openTab()]
    await settle()
    second.close()
    first.close()
    await settle()
    expect(browser.streams).toHaveLength(1)
  })
})

test('after a gap everything may have changed', async () => {
  const browser = makeBrowser()
  const tab = browser.openTab()
  await settle()
  const [stream] = browser.streams
  stream?.onopen?.(new Event('open'))
  expect(tab.heard).toEqual([])
  stream?.onopen?.(new Event('open'))
  expect(tab.heard.map(({ topic }) => topic)).toEqual([...TOPICS])
})

test('a refused or broken stream makes the session be looked at', async () => {
  const browser = makeBrowser()
  const tab = browser.openTab()
  await settle()
  browser.streams[0]?.onerror?.(new Event('error'))
  expect(tab.heard).toEqual([{ topic: 'session', revision: 0 }])
})

test('what is no hint is passed on to nobody', async () => {
  const browser = makeBrowser()
  const tab = browser.openTab()
  await settle()
  browser.send({ topic: 'weather', revision: 1 })
  browser.send('library')
  expect(tab.heard).toEqual([])
})

test('without locks every tab has a stream of its own', () => {
  const browser = makeBrowser({ locks: false })
  browser.openTab()
  browser.openTab()
  expect(browser.streams).toHaveLength(2)
})
