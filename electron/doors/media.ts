import type { AccountPrincipal } from '../access/principal.ts'
import type { FileDescription } from '../api/media.ts'
import { Refusal } from '../lib/refusal.ts'
import { answer } from './answer.ts'
import { contentDisposition } from './content-disposition.ts'
import { fileBody, type OpenFile } from './file-body.ts'
import { isKnown, readRange } from './range.ts'
import { isFromElsewhere } from './same-origin.ts'
import { MEDIA_HEADERS } from './security-headers.ts'
import { stillStands, type Visit, type WebDoor } from './visit.ts'

/** Which bytes an address asks for; `version` is only there to tell caches apart. */
export interface MediaAddress {
  kind: string
  id: number
  version: string
}

/**
 * `GET|HEAD /media/<kind>/<id>/<version>`: a picture's bytes, whole or in part. The answer belongs to the session and breaks
 * off when that ends. Throws {@link Refusal}.
 */
export async function serveMedia(door: WebDoor, visit: Visit, address: MediaAddress): Promise<Response> {
  const { request } = visit
  if (isFromElsewhere(request)) throw new Refusal('forbidden', { reason: 'cross_site' })
  const caller = await door.callerOf(visit)
  const result = await door.core.openMedia(caller, address)
  if (!result.ok) return answer(result)
  const { principal } = caller
  // the byte procedure answers accounts alone
  if (principal.kind !== 'account') throw new Refusal('unauthenticated')
  const file = result.value
  const headers = headersOf(file, new URL(request.url).searchParams.has('download'))
  if (isKnown(request.headers.get('if-none-match'), `"${file.etag}"`))
    return new Response(null, { status: 304, headers })

  const open = await door.core.openFile(file)
  try {
    return await respond(door, visit, principal, { open, headers, etag: `"${file.etag}"` })
  } catch (error) {
    await open.close()
    throw error
  }
}

interface Opened {
  open: OpenFile
  headers: Headers
  etag: string
}

/** From here on the file is closed by the body, or here where there is none. */
async function respond(door: WebDoor, visit: Visit, by: AccountPrincipal, { open, headers, etag }: Opened) {
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

  const body = fileBody(open, part, {
    onClosed: () => ended(),
    onFailed: (error) => void core.log.error('a file could not be read to its end', error),
    cut: peer && (() => peer.cut()),
  })
  const ended = core.live.add(by.sessionId, body.destroy)
  if (!(await stillStands(door, visit, by))) {
    await body.stream.cancel()
    throw new Refusal('unauthenticated')
  }
  return new Response(body.stream, { status: wanted === 'whole' ? 200 : 206, headers })
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
