import { constants, setPriority } from 'node:os'
import type { FromWorker, ToWorker } from './protocol.ts'

/** How often a working process tells that it lives, and what memory it holds: decoders take up a gigabyte a second. */
const BEAT_MS = 25

/** What a worker's handler can do besides answering. */
export type Conversation<Event> = {
  /** Sends an event and waits until the parent has dealt with it, so that memory stays flat. Answers whether it said yes. */
  tell: (event: Event) => Promise<boolean>
  /** Whether the parent has lost interest. */
  isCancelled: () => boolean
}

/** Electron's port of a utility process, as far as it is used here. */
type ParentPort = {
  on: (event: 'message', listener: (message: { data: unknown }) => void) => void
  postMessage: (message: unknown) => void
}

/**
 * Runs a worker process: takes requests one after the other and answers each. Works as a child of `fork` and of
 * Electron's `utilityProcess`. Never returns; the process ends with its parent.
 */
export function serveRequests<Request, Reply, Event = never>(
  handle: (request: Request, conversation: Conversation<Event>) => Promise<Reply>,
): void {
  lowerPriority()
  const send = connect<ToWorker<Request>>((message) => {
    if (message.type === 'request') void answer(message.id, message.request)
    else if (message.id === current?.id) current.hear(message)
  })
  let current: {
    id: number
    hear: (message: Exclude<ToWorker<Request>, { type: 'request' }>) => void
  } | null = null

  const answer = async (id: number, request: Request) => {
    let isCancelled = false
    let wake = (_answer: boolean) => {}
    current = {
      id,
      hear: (message) => {
        if (message.type === 'cancel') isCancelled = true
        wake(message.type === 'ack' && message.answer)
      },
    }
    const tell = (event: Event) =>
      new Promise<boolean>((resolve) => {
        wake = resolve
        say({ type: 'event', id, event })
        if (isCancelled) resolve(false)
      })
    const beat = setInterval(() => say({ type: 'beat', rss: process.memoryUsage.rss() }), BEAT_MS)
    try {
      const reply = await handle(request, { tell, isCancelled: () => isCancelled })
      say({ type: 'reply', id, reply, rss: process.memoryUsage.rss() })
    } catch (error) {
      say({
        type: 'fault',
        id,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    } finally {
      clearInterval(beat)
      current = null
    }
  }
  const say = (message: FromWorker<Reply, Event>) => send(message)
  say({ type: 'ready' })
}

/** Work in the background must not slow down what the person at the computer does. */
export function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch {
    // Some systems and containers refuse; then it runs at normal priority.
  }
}

/** Connects to the parent, whichever kind it is; returns how to send. The process ends with its parent. */
export function connect<Message>(listener: (message: Message) => void): (message: unknown) => void {
  // `parentPort` exists in Electron's utility processes only, so Node's types don't know it.
  const { parentPort } = process as typeof process & { parentPort?: ParentPort }
  if (parentPort) {
    // What comes from the parent is this program's own.
    parentPort.on('message', (event) => listener(event.data as Message))
    return (message) => parentPort.postMessage(message)
  }
  process.on('message', (message) => listener(message as Message))
  process.on('disconnect', () => process.exit(0))
  return (message) => void process.send?.(message)
}
