import type { ApiError, Result } from '../../../electron/contract/errors.ts'
import { UPLOAD_HEADER, uploadUrl } from '../../../electron/contract/values.ts'
import { ApiFailure } from '../../api.ts'
import { inOwnWindow } from '../../transport.ts'

/** What came of a file that was sent. `known`: it was there already. */
export type Sent = 'held' | 'known'

interface Sending {
  share: number
  file: File
  /** what a visitor calls themselves; empty: nothing */
  sender: string
  signal: AbortSignal
  /** bytes that have gone */
  onProgress: (bytes: number) => void
}

const brokenOff: ApiError = { code: 'unavailable', message: 'The file could not be sent' }

/**
 * Sends a file through a link. Throws {@link ApiFailure} where it is refused or can't be sent, and the signal's reason where it is
 * cancelled.
 */
export async function sendFile(sending: Sending): Promise<Sent> {
  const text = await (inOwnWindow ? sendAsStream(sending) : sendByRequest(sending))
  const result = resultOf(text)
  if (!result.ok) throw new ApiFailure(result.error)
  // as `uploads.finish` says
  return (result.value as { state: Sent }).state
}

function headersOf({ file, sender }: Sending): Record<string, string> {
  // names in any script: headers carry Latin letters alone
  const { name, size, lastModified } = file
  const said = { name: name.slice(-250) || 'photo', size, modified: Math.max(0, lastModified), sender }
  return { 'x-mantel': '1', [UPLOAD_HEADER]: encodeURIComponent(JSON.stringify(said)) }
}

function resultOf(text: string): Result<unknown> {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && 'ok' in body) return body as Result<unknown> // of the server's form
  } catch {
    // told below: a proxy may answer in the server's place
  }
  return { ok: false, error: brokenOff }
}

/** In browsers: they stream bodies over HTTP/2 alone, and tell how far a request is by no other means. */
function sendByRequest(sending: Sending): Promise<string> {
  const { share, file, signal, onProgress } = sending
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = new XMLHttpRequest()
    request.open('POST', uploadUrl(share))
    for (const [name, value] of Object.entries(headersOf(sending))) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
    request.addEventListener('load', () => resolve(request.responseText))
    request.addEventListener('error', () => reject(new ApiFailure(brokenOff)))
    request.addEventListener('abort', () => reject(signal.reason))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

/** In Mantel's own window, where a file that is handed over whole would be read into memory. */
async function sendAsStream(sending: Sending): Promise<string> {
  const { share, file, signal, onProgress } = sending
  let gone = 0
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      gone += bytes.byteLength
      onProgress(gone)
      controller.enqueue(bytes)
    },
  })
  const request = {
    method: 'POST',
    headers: headersOf(sending),
    body: file.stream().pipeThrough(counted),
    // needed for streams, and not in the types
    duplex: 'half',
    signal,
  }
  try {
    return await (await fetch(uploadUrl(share), request)).text()
  } catch {
    signal.throwIfAborted()
    throw new ApiFailure(brokenOff)
  }
}
