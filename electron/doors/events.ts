import { Refusal } from '../lib/refusal.ts'
import { isFromElsewhere } from './same-origin.ts'
import { DATA_HEADERS } from './security-headers.ts'
import { isPresent, type Present, presenceOf, stillStands, type Visit, type WebDoor } from './visit.ts'

/** A browser needs one; the rest is for browsers whose tabs can't share. */
const MAX_STREAMS_PER_SESSION = 6
/** How soon a browser reconnects. */
const RETRY_MS = 3000
/** Shorter than what proxies and idle timeouts allow for. */
const HEARTBEAT_MS = 20_000
/** After this the browser reconnects and is authenticated afresh: that is how a session that ran out is noticed. */
const MAX_AGE_MS = 60 * 60_000
/** Chunks a reader may leave lying before it counts as gone. */
const MAX_UNREAD = 100

/** Serves `GET /events`. One for each web app, since it counts the streams of each session. */
export type EventsDoor = (visit: Visit) => Promise<Response>

/**
 * Hints as server-sent events, for whoever has a session. A stream ends with its session. The returned function throws
 * {@link Refusal}: `unauthenticated`, `forbidden` (`cross_site`), `throttled` for too many streams.
 */
export function createEventsDoor(door: WebDoor): EventsDoor {
  const streams = new Map<string, number>()
  const count = (presence: string, step: 1 | -1) => {
    const now = (streams.get(presence) ?? 0) + step
    if (now === 0) streams.delete(presence)
    else streams.set(presence, now)
  }

  return async (visit) => {
    if (isFromElsewhere(visit.request)) throw new Refusal('forbidden', { reason: 'cross_site' })
    const { principal } = await door.callerOf(visit)
    if (!isPresent(principal)) throw new Refusal('unauthenticated')
    const presence = presenceOf(principal)
    if ((streams.get(presence) ?? 0) >= MAX_STREAMS_PER_SESSION)
      throw new Refusal('throttled', { retryAfterSeconds: HEARTBEAT_MS / 1000 })
    count(presence, 1)
    const body = hintStream(door, principal, () => count(presence, -1))
    if (!(await stillStands(door, visit, principal))) {
      await body.cancel()
      throw new Refusal('unauthenticated')
    }
    const headers = {
      ...DATA_HEADERS,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    }
    return new Response(body, { headers })
  }
}

function hintStream({ core }: WebDoor, by: Present, onEnd: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  // what holds the stream; empty once it has ended
  const holds: (() => void)[] = []
  const release = () => {
    for (const letGo of holds.splice(0)) letGo()
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const end = () => {
        if (holds.length === 0) return
        release()
        controller.close()
      }
      const send = (text: string) => {
        if (holds.length === 0) return
        if ((controller.desiredSize ?? 0) < -MAX_UNREAD) end()
        else controller.enqueue(encoder.encode(text))
      }
      holds.push(
        core.hints.subscribe(by, (hint) => send(`id: ${hint.revision}\ndata: ${JSON.stringify(hint)}\n\n`)),
        // a visitor's is left open: that a link ended is what it has to tell
        core.live.add(by.kind === 'visitor' ? [] : [by.sessionId], end),
        every(HEARTBEAT_MS, () => send(': still here\n\n')),
        every(MAX_AGE_MS, end),
        onEnd,
      )
      send(`retry: ${RETRY_MS}\n\n`)
    },
    cancel: release,
  })
}

/** Repeats until the returned function is called; does not keep the program running. */
function every(milliseconds: number, work: () => void): () => void {
  const timer = setInterval(work, milliseconds).unref()
  return () => clearInterval(timer)
}
