import { isSeated, type Seated } from '../access/principal.ts'
import type { FileDescription } from '../api/media.ts'
import { Refusal } from '../lib/refusal.ts'
import { answer } from './answer.ts'
import { contentDisposition } from './content-disposition.ts'
import { fileBody, type OpenFile } from './file-body.ts'
import { isKnown, readRange } from './range.ts'
import { isFromElsewhere } from './same-origin.ts'
import { MEDIA_HEADERS } from './security-headers.ts'
import { isBy, type Visit, type WebDoor } from './visit.ts'

/** Which bytes an address asks for; `version` is only there to tell caches apart. */
export interface MediaAddress {
  kind: string
  id: number
  version: string
}

/** How often it is asked whether the bytes under way may still be had, milliseconds. */
const ASK_AGAIN_MS = 700

/**
 * `GET|HEAD /media/<kind>/<id>/<version>`: a picture's bytes, whole or in part. The answer belongs to the session and breaks
 * off when that ends, or within about a second when the right to the picture does. Throws {@link Refusal}.
 */
export async function serveMedia(door: WebDoor, visit: Visit, address: MediaAddress): Promise<Response> {
  const { request } = visit
  if (isFromElsewhere(request)) throw new Refusal('forbidden', { reason: 'cross_site' })
  const caller = await door.callerOf(visit)
  const result = await door.core.openMedia(caller, address)
  if (!result.ok) return answer(result)
  const { principal } = caller
  // the byte procedure answers accounts alone, and whoever views as one
  if (!isSeated(principal)) throw new Refusal('unauthenticated')
  const file = result.value
  const headers = headersOf(file, new URL(request.url).searchParams.has('download'))
  if (isKnown(request.headers.get('if-none-match'), `"${file.etag}"`))
    return new Response(null, { status: 304, headers })

  const open = await door.core.openFile(file)
  try {
    return await respond(door, visit, principal, { address, open, headers, etag: `"${file.etag}"` })
  } catch (error) {
    await open.close()
    throw error
  }
}

interface Opened {
  address: MediaAddress
  open: OpenFile
  headers: Headers
  etag: string
}

/** From here on the file is closed by the body, or here where there is none. */
async function respond(door: WebDoor, visit: Visit, by: Seated, opened: Opened) {
  const { address, open, headers, etag } = opened
  const { request, peer } = visit
  const { core } = door
  const { size } = open
  const isGet = request.method === 'GET'
  const range = isGet ? request.headers.get('range') : null
  const wanted = readRange({ range, ifRange: request.headers.get('if-range'), etag, size })
  const bodiless = async (status: number) => {
    await open.close()
    return new Response(null, { status, headers })
  }
  if (wanted === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`)
    return bodiless(416)
  }
  const part = wanted === 'whole' ? { first: 0, last: size - 1 } : wanted
  headers.set('content-length', String(part.last - part.first + 1))
  if (wanted !== 'whole') headers.set('content-range', `bytes ${part.first}-${part.last}/${size}`)
  if (!isGet || size === 0) return bodiless(200)

  let stopAsking = () => {}
  const body = fileBody(open, part, {
    onClosed: () => {
      ended()
      stopAsking()
    },
    onFailed: (error) => void core.log.error('a file could not be read to its end', error),
    cut: peer && (() => peer.cut()),
  })
  const ended = core.live.add(by.sessionId, body.destroy)
  // rendering may have taken its time
  const refusal = await refusalNow(door, visit, { by, address })
  if (refusal) {
    await body.stream.cancel()
    throw refusal
  }
  if (!body.isClosed()) stopAsking = askAgain(() => refusalNow(door, visit, { by, address }), body.destroy)
  return new Response(body.stream, { status: wanted === 'whole' ? 200 : 206, headers })
}

interface Asked {
  by: Seated
  address: MediaAddress
}

/** Why these bytes can't be had any more, at this moment; null while they can. */
async function refusalNow(door: WebDoor, visit: Visit, { by, address }: Asked): Promise<Refusal | null> {
  const caller = await door.callerOf({ ...visit, headers: new Headers() })
  if (!isBy(caller, by)) return new Refusal('unauthenticated')
  const result = await door.core.mayHaveMedia(caller, address)
  return result.ok
    ? null
    : new Refusal(result.error.code, result.error.reason && { reason: result.error.reason })
}

/**
 * Asks about once a second, and destroys what is under way when the answer is no, or none can be had.
 * @returns the function that stops it
 */
function askAgain(ask: () => Promise<Refusal | null>, destroy: () => void): () => void {
  let timer: NodeJS.Timeout
  const next = () => {
    timer = setTimeout(async () => {
      const refusal = await ask().catch((error: unknown) => error)
      if (refusal) destroy()
      else if (!isOver) next()
    }, ASK_AGAIN_MS)
    timer.unref()
  }
  let isOver = false
  next()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}

function headersOf({ mime, fileName, etag, inline }: FileDescription, download: boolean): Headers {
  return new Headers({
    ...MEDIA_HEADERS,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': contentDisposition(inline && !download ? 'inline' : 'attachment', fileName),
    'content-type': mime,
    etag: `"${etag}"`,
  })
}
