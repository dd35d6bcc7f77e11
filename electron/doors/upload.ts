import { UPLOAD_HEADER } from '../contract/values.ts'
import type { Incoming } from '../core.ts'
import { Refusal } from '../lib/refusal.ts'
import { answer } from './answer.ts'
import { askAgain } from './ask-again.ts'
import { keysOf } from './media.ts'
import { isFromElsewhere } from './same-origin.ts'
import { isBy, isPresent, type Present, type Visit, type WebDoor } from './visit.ts'

/** The least that has to come in a while: who sends less only takes a place. */
const PACE = { bytes: 32 * 1024, ms: 30_000 }
/** What still comes of a file that is refused is taken for so long, as browsers read no answer before they have sent. */
const DRAIN = { bytes: 16 * 2 ** 20, ms: 3000 }

type Reader = ReadableStreamDefaultReader<Uint8Array>

/**
 * `POST /upload/<link>`: a file that somebody sends through a link; what is said of it comes in a header, the body is its bytes. It breaks off
 * when the session or the right to send ends; a file that did not come whole leaves nothing. Answers as `uploads.finish` does. Throws
 * {@link Refusal}.
 */
export async function receiveUpload(door: WebDoor, visit: Visit, share: number): Promise<Response> {
  const { request } = visit
  if (request.headers.get('x-mantel') !== '1') throw new Refusal('forbidden', { reason: 'header_missing' })
  if (isFromElsewhere(request)) throw new Refusal('forbidden', { reason: 'cross_site' })
  const reader = request.body?.getReader()
  if (!reader) throw new Refusal('invalid', { reason: 'upload_empty' })
  try {
    return await receive(door, visit, { share, reader })
  } catch (error) {
    await drain(reader)
    throw error
  }
}

interface Receiving {
  share: number
  reader: Reader
}

async function receive(door: WebDoor, visit: Visit, { share, reader }: Receiving): Promise<Response> {
  const { core } = door
  const caller = await door.callerOf(visit)
  const begun = await core.uploads.begin(caller, { ...describedBy(visit.request), share })
  if (!begun.ok) {
    await drain(reader)
    return answer(begun)
  }
  const incoming = core.uploads.incoming(begun.value.id)
  try {
    // the procedure answers accounts and visitors alone
    const { principal } = caller
    if (!isPresent(principal)) throw new Refusal('unauthenticated')
    await fill(door, visit, { by: principal, share, reader, incoming })
    const now = await callerNow(door, visit, principal)
    return answer(await core.uploads.finish(now, { id: begun.value.id }))
  } finally {
    await incoming.close()
  }
}

/** What is said of a file; what it is not is refused by the procedure's own schema. */
function describedBy(request: Request): { name: string; size: number } {
  try {
    // checked by the procedure
    return JSON.parse(decodeURIComponent(request.headers.get(UPLOAD_HEADER) ?? '')) as {
      name: string
      size: number
    }
  } catch {
    throw new Refusal('invalid', { reason: 'malformed' })
  }
}

interface Filling {
  by: Present
  share: number
  reader: Reader
  incoming: Incoming
}

/** Hands on what comes until all of it is there. Throws {@link Refusal} as soon as it is to end. */
async function fill(door: WebDoor, visit: Visit, { by, share, reader, incoming }: Filling): Promise<void> {
  const ended = Promise.withResolvers<never>()
  // heard below; unheard it would end the program where the last bytes are there already
  ended.promise.catch(() => undefined)
  const refusalNow = async () => {
    const result = await door.core.uploads.may(await callerNow(door, visit, by), { share })
    return result.ok
      ? null
      : new Refusal(result.error.code, result.error.reason && { reason: result.error.reason })
  }
  // an edit of the link may leave the right to send as it was
  const destroy = () =>
    void refusalNow().then(
      (refusal) => refusal && ended.reject(refusal),
      (error) => ended.reject(error),
    )
  const stopAsking = askAgain(refusalNow, destroy)
  const remove = door.core.live.add(keysOf(by, { share }), destroy)
  const pace = keepPace(() => ended.reject(new Refusal('invalid', { reason: 'upload_too_slow' })))
  try {
    for (;;) {
      const next = reader.read().catch(() => {
        throw new Refusal('invalid', { reason: 'upload_incomplete' })
      })
      const { done, value } = await Promise.race([next, ended.promise])
      if (done) return
      pace.come(value.byteLength)
      await Promise.race([incoming.write(value), ended.promise])
    }
  } finally {
    pace.stop()
    stopAsking()
    remove()
  }
}

async function callerNow(door: WebDoor, visit: Visit, by: Present) {
  const caller = await door.callerOf({ ...visit, headers: new Headers() })
  if (!isBy(caller, by)) throw new Refusal('unauthenticated')
  return caller
}

/** Calls `late` where less than {@link PACE} comes. */
function keepPace(late: () => void) {
  let come = 0
  const timer = setInterval(() => {
    if (come < PACE.bytes) late()
    come = 0
  }, PACE.ms)
  timer.unref()
  return {
    come: (bytes: number) => {
      come += bytes
    },
    stop: () => clearInterval(timer),
  }
}

/** Takes and drops what still comes, for a while. Never throws. */
async function drain(reader: Reader): Promise<void> {
  const over = Promise.withResolvers<null>()
  const timer = setTimeout(() => over.resolve(null), DRAIN.ms)
  try {
    for (let come = 0; come < DRAIN.bytes; ) {
      const next = await Promise.race([reader.read(), over.promise])
      if (!next || next.done) return
      come += next.value.byteLength
    }
  } catch {
    // its sender is gone
  } finally {
    clearTimeout(timer)
  }
}
