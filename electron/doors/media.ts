import type { FileDescription } from '../api/file-description.ts'
import type { BytesInput } from '../core.ts'
import { liveLink } from '../lib/live-key.ts'
import { Refusal } from '../lib/refusal.ts'
import { answer } from './answer.ts'
import { askAgain } from './ask-again.ts'
import { contentDisposition } from './content-disposition.ts'
import { fileBody, type OpenFile } from './file-body.ts'
import { isKnown, readRange } from './range.ts'
import { isFromElsewhere } from './same-origin.ts'
import { MEDIA_HEADERS } from './security-headers.ts'
import { isBy, isPresent, type Present, type Visit, type WebDoor } from './visit.ts'

/**
 * Which bytes an address asks for; `version` is only there to tell caches apart. With `share`: as that link shows them; with `upload`: of a
 * file that was sent and is held.
 */
export type MediaAddress = BytesInput

/**
 * `GET|HEAD /media/<kind>/<id>/<version>`: a picture's bytes, whole or in part. The answer belongs to the session and breaks
 * off when that ends, or within about a second when the right to the picture does. Throws {@link Refusal}.
 */
export async function serveMedia(door: WebDoor, visit: Visit, address: MediaAddress): Promise<Response> {
  const { request } = visit
  if (isFromElsewhere(request)) throw new Refusal('forbidden', { reason: 'cross_site' })
  const hasChanged = door.core.watchWrites()
  const caller = await door.callerOf(visit)
  const result = await door.core.openMedia(caller, address)
  if (!result.ok) return answer(result)
  const { principal } = caller
  // the byte procedures answer accounts alone, whoever views as one, and visitors
  if (!isPresent(principal)) throw new Refusal('unauthenticated')
  const file = result.value
  const headers = headersOf(file, {
    download: new URL(request.url).searchParams.has('download'),
    // what a link shows is left in no browser's cache: it may be taken back
    cache: 'share' in address || 'upload' in address ? 'no-store' : 'private, no-cache',
  })
  if (isKnown(request.headers.get('if-none-match'), `"${file.etag}"`))
    return new Response(null, { status: 304, headers })

  const open = await door.core.openFile(file)
  try {
    return await respond(door, visit, principal, {
      address,
      open,
      headers,
      etag: `"${file.etag}"`,
      hasChanged,
    })
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
  /** whether anything was written since it was found that the caller may have this */
  hasChanged: () => boolean
}

/** From here on the file is closed by the body, or here where there is none. */
async function respond(door: WebDoor, visit: Visit, by: Present, opened: Opened) {
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
  const ended = core.live.add(keysOf(by, address), body.destroy)
  // rendering may have taken its time, and what ended meanwhile could not end this
  const refusal = opened.hasChanged() ? await refusalNow(door, visit, { by, address }) : null
  if (refusal) {
    await body.stream.cancel()
    throw refusal
  }
  if (!body.isClosed()) stopAsking = askAgain(() => refusalNow(door, visit, { by, address }), body.destroy)
  return new Response(body.stream, { status: wanted === 'whole' ? 200 : 206, headers })
}

/** What bytes under way end with. */
export const keysOf = (by: Present, address: { share?: number } | MediaAddress) => [
  ...(by.kind === 'visitor' ? [] : [by.sessionId]),
  ...('share' in address && address.share !== undefined ? [liveLink(address.share)] : []),
]

interface Asked {
  by: Present
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

interface Handing {
  download: boolean
  cache: string
}

function headersOf({ mime, fileName, etag, inline }: FileDescription, { download, cache }: Handing): Headers {
  return new Headers({
    ...MEDIA_HEADERS,
    'accept-ranges': 'bytes',
    'cache-control': cache,
    'content-disposition': contentDisposition(inline && !download ? 'inline' : 'attachment', fileName),
    'content-type': mime,
    etag: `"${etag}"`,
  })
}
