import { type ClientHint, TOPICS } from '../electron/contract/events.ts'
import { setReachable } from './connection.ts'

const NAME = 'mantel-events'
/** Between two tries to open a stream the server refused; a broken one is reopened by the browser itself. */
const RETRY_MS = 5000
/** EventSource.CLOSED: the server refused, and the browser won't try again by itself. */
const CLOSED = 2

/** The parts of the browser this module stands on; tests put their own in. */
export interface EventsHost {
  locks: Pick<LockManager, 'request'> | undefined
  openChannel(name: string): Pick<BroadcastChannel, 'postMessage' | 'close'> & {
    onmessage: ((event: MessageEvent) => void) | null
  }
  openStream(url: string): Pick<EventSource, 'close' | 'readyState'> & {
    onopen: ((event: Event) => void) | null
    onmessage: ((event: MessageEvent) => void) | null
    onerror: ((event: Event) => void) | null
  }
}

const browser: EventsHost = {
  // absent outside secure contexts; every tab then has its own stream
  get locks() {
    return navigator.locks
  },
  openChannel: (name) => new BroadcastChannel(name),
  openStream: (url) => new EventSource(url),
}

const isHint = (value: unknown): value is ClientHint =>
  typeof value === 'object' &&
  value !== null &&
  'topic' in value &&
  TOPICS.some((topic) => topic === value.topic)

/** Anything may have changed: told after a gap in which hints may have been missed. */
const everything = (): ClientHint[] => TOPICS.map((topic) => ({ topic, revision: 0 }))

/** Keeps one stream open until `signal` aborts, and reports its hints. */
function keepStream(host: EventsHost, signal: AbortSignal, tell: (hint: ClientHint) => void): Promise<void> {
  return new Promise((done) => {
    let openedBefore = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let stream: ReturnType<EventsHost['openStream']> | undefined
    const open = () => {
      const current = host.openStream('/events')
      stream = current
      current.onopen = () => {
        setReachable(true)
        if (openedBefore) everything().forEach(tell)
        openedBefore = true
      }
      current.onmessage = (event) => {
        const hint: unknown = JSON.parse(String(event.data))
        if (isHint(hint)) tell(hint)
      }
      current.onerror = () => {
        // the session may have ended, or the server be gone: asking session.me shows which
        tell({ topic: 'session', revision: 0 })
        if (current.readyState === CLOSED) timer = setTimeout(open, RETRY_MS)
      }
    }
    open()
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      stream?.close()
      done()
    })
  })
}

/**
 * Subscribes to the server's hints over one stream per browser: the tab that holds the lock reads it and passes every
 * hint on to the others; when it closes, the next in line takes over and tells all that anything may have changed.
 * Returns the function that ends the subscription.
 */
export function subscribeShared(
  listener: (hint: ClientHint) => void,
  host: EventsHost = browser,
): () => void {
  const end = new AbortController()
  if (!host.locks) {
    void keepStream(host, end.signal, listener)
    return () => end.abort()
  }
  const channel = host.openChannel(NAME)
  channel.onmessage = (event) => {
    if (isHint(event.data)) listener(event.data)
  }
  const tellAll = (hint: ClientHint) => {
    listener(hint)
    channel.postMessage(hint)
  }
  const asked = Date.now()
  host.locks
    .request(NAME, { signal: end.signal }, () => {
      // whoever waited longer than a moment follows a leader that left
      if (Date.now() - asked > 1000) everything().forEach(tellAll)
      return keepStream(host, end.signal, tellAll)
    })
    .catch((error: unknown) => {
      if (!end.signal.aborted) throw error
    })
  return () => {
    end.abort()
    channel.close()
  }
}
