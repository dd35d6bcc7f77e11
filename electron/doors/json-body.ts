import { Refusal } from '../lib/refusal.ts'

/** Larger bodies are refused: no procedure needs more. */
const MAX_BODY_BYTES = 1024 * 1024

/**
 * The JSON body of a request; an empty one is `{}`. Throws {@link Refusal}: `too_large`, or `invalid` (`body_not_json`) for
 * anything that is not JSON in UTF-8 or does not call itself so.
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request)
  if (bytes.byteLength === 0) return {}
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) throw notJson()
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw notJson()
  }
}

const notJson = () => new Refusal('invalid', { reason: 'body_not_json' })
const tooLarge = () => new Refusal('too_large', { reason: 'body_too_large' })

async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  while (reader) {
    // a client that leaves in the middle sent no JSON
    const { done, value } = await reader.read().catch(() => Promise.reject(notJson()))
    if (done) break
    length += value.byteLength
    if (length > MAX_BODY_BYTES) {
      await reader.cancel().catch(() => undefined)
      throw tooLarge()
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}
