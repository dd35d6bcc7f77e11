import type { ArchiveDescription } from '../api/archive.ts'
import type { ApiError } from '../contract/errors.ts'
import { Refusal } from '../lib/refusal.ts'
import { answer } from './answer.ts'
import { askAgain } from './ask-again.ts'
import { contentDisposition } from './content-disposition.ts'
import { keysOf, type MediaAddress } from './media.ts'
import { isFromElsewhere } from './same-origin.ts'
import { MEDIA_HEADERS } from './security-headers.ts'
import { streamedBody } from './streamed-body.ts'
import { isBy, isPresent, type Present, type Visit, type WebDoor } from './visit.ts'
import { type ArchiveFiles, archiveBytes, archiveLength, type Lack } from './zip-body.ts'

/** Which archive; with `share`: of that link's photos. */
interface ArchiveAddress {
  id: string
  share?: number
}

/**
 * `GET|HEAD /zip/<id>`: an archive that `downloads.begin` or `shares.download` made ready, made while it is sent. Each photo in it is asked for when its turn comes
 * and while it is under way: one that may not be had any more is left out. The answer belongs to the session and breaks off when that ends, or
 * within about a second when the right to save photos does. Throws {@link Refusal}.
 */
export async function serveArchive(door: WebDoor, visit: Visit, address: ArchiveAddress): Promise<Response> {
  const { request } = visit
  if (isFromElsewhere(request)) throw new Refusal('forbidden', { reason: 'cross_site' })
  const caller = await door.callerOf(visit)
  const result = await door.core.openArchive(caller, address)
  if (!result.ok) return answer(result)
  const { principal } = caller
  // the procedures answer accounts and visitors alone
  if (!isPresent(principal)) throw new Refusal('unauthenticated')
  const headers = headersOf(result.value)
  return request.method === 'GET'
    ? respond(door, visit, principal, { address, archive: result.value, headers })
    : new Response(null, { headers })
}

interface Opened {
  address: ArchiveAddress
  archive: ArchiveDescription
  headers: Headers
}

async function respond(door: WebDoor, visit: Visit, by: Present, { address, archive, headers }: Opened) {
  const { core } = door
  const { peer } = visit
  const sending = createSending(door, visit, { by, share: address.share })
  const bytes = archiveBytes(archive, sending.files)
  let stopAsking = () => {}
  const body = streamedBody(
    {
      next: async () => (await bytes.next()).value ?? null,
      // waits for what is under way
      close: () => bytes.return(undefined),
    },
    {
      onClosed: () => {
        ended()
        stopAsking()
      },
      onFailed: (error) => {
        // that it may not be had is nobody's fault
        if (!(error instanceof Refusal)) core.log.error('an archive could not be sent to its end', error)
      },
      cut: peer && (() => peer.cut()),
    },
  )
  const ended = core.live.add(keysOf(by, address), body.destroy)
  // the session may have ended while the archive was looked up
  const refusal = await sending.refusalNow()
  if (refusal) {
    await body.stream.cancel()
    throw refusal
  }
  if (!body.isClosed()) stopAsking = askAgain(sending.refusalNow, body.destroy)
  return new Response(body.stream, { headers })
}

/** Opens an archive's photos for whoever asked for it, and asks again while they are under way. */
function createSending(
  door: WebDoor,
  visit: Visit,
  { by, share }: { by: Present; share: number | undefined },
) {
  const { core } = door
  let current: MediaAddress | null = null
  let lack: Lack | null = null

  async function callerNow() {
    const caller = await door.callerOf({ ...visit, headers: new Headers() })
    if (!isBy(caller, by)) throw new Refusal('unauthenticated')
    return caller
  }

  const files: ArchiveFiles = {
    async open(photoId) {
      const caller = await callerNow()
      const photo = { kind: 'original', id: photoId, version: 'zip' } as const
      const address: MediaAddress = share === undefined ? photo : { ...photo, share }
      current = address
      lack = null
      const result = await core.openMedia(caller, address)
      if (!result.ok) return lackOf(result.error)
      try {
        return { file: await core.openFile(result.value), mime: result.value.mime }
      } catch (error) {
        if (error instanceof Refusal) return lackOf(error.toApiError())
        throw error
      }
    },
    lackNow: () => lack,
    onFailed: (error) => void core.log.error('a file could not be read to its end', error),
  }

  /** Why nothing more may be sent, at this moment; null while it may. */
  async function refusalNow(): Promise<Refusal | null> {
    try {
      const caller = await callerNow()
      const asked = current
      if (!asked) return null
      const result = await core.mayHaveMedia(caller, asked)
      const found = result.ok ? null : lackOf(result.error)
      if (asked === current) lack = found
      return null
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }
  return { files, refusalNow }
}

/** What keeps everything from being had, not one photo alone. */
const OF_ALL: ReadonlySet<string | undefined> = new Set([
  'stopping',
  'restoring',
  'storage_full',
  'storage_read_only',
  'storage_busy',
  'link_ended',
])

/** Why this photo can't be had. Throws {@link Refusal} where the same holds for all others. */
function lackOf({ code, reason, message }: ApiError): Lack {
  const isOfOne = (code === 'not_found' || code === 'unavailable') && !OF_ALL.has(reason)
  if (!isOfOne) throw new Refusal(code, reason && { reason })
  return { why: reason ? message : 'it is not there any more, or not for you' }
}

function headersOf(archive: ArchiveDescription): Headers {
  const headers = new Headers({
    ...MEDIA_HEADERS,
    'accept-ranges': 'none',
    'cache-control': 'no-store',
    'content-disposition': contentDisposition('attachment', archive.fileName),
    'content-type': 'application/zip',
  })
  const length = archiveLength(archive)
  if (length !== null) headers.set('content-length', String(length))
  return headers
}
