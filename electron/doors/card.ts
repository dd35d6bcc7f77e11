import { ANONYMOUS } from '../access/principal.ts'
import { type Caller, NO_EFFECTS, NO_MEMORY } from '../api/caller.ts'
import { cardUrl, linkPath } from '../contract/values.ts'
import type { Core } from '../core.ts'
import { Refusal } from '../lib/refusal.ts'
import { answer } from './answer.ts'
import { cardTags } from './card-tags.ts'
import { readOn } from './file-body.ts'
import { isFromElsewhere } from './same-origin.ts'
import { MEDIA_HEADERS } from './security-headers.ts'
import type { Visit } from './visit.ts'

/** The meta tags of a link's page; none for a link that is closed, and where it can't be told at the moment: the page opens all the same. */
export async function tagsOfLink(core: Core, visit: Visit, token: string): Promise<string> {
  const result = await core.describeCard(nobody(visit), token)
  if (!result.ok) return ''
  const { origin } = new URL(visit.request.url)
  return cardTags(result.value, { page: origin + linkPath(token), picture: origin + cardUrl(token) })
}

/**
 * `GET|HEAD /card/<token>`: the picture on a link's card, a thumbnail, for messengers' robots, which bring no cookie. Whether the link shows it
 * is asked at each request; it is handed out in one piece. Throws {@link Refusal}.
 */
export async function serveCard(core: Core, visit: Visit, token: string): Promise<Response> {
  const { request } = visit
  if (isFromElsewhere(request)) throw new Refusal('forbidden', { reason: 'cross_site' })
  const result = await core.openCard(nobody(visit), token)
  if (!result.ok) return answer(result)
  const bytes = await bytesOf(core, result.value)
  const headers = {
    ...MEDIA_HEADERS,
    'cache-control': 'no-store',
    'content-disposition': 'inline',
    'content-length': String(bytes.length),
    'content-type': result.value.mime,
  }
  return new Response(request.method === 'HEAD' ? null : bytes, { headers })
}

async function bytesOf(core: Core, file: Parameters<Core['openFile']>[0]): Promise<Uint8Array<ArrayBuffer>> {
  const open = await core.openFile(file)
  try {
    const bytes = new Uint8Array(open.size)
    for (let position = 0; position < open.size; ) {
      const part = await readOn(open, position, open.size - 1)
      if (part.length === 0) throw new Refusal('unavailable')
      bytes.set(part, position)
      position += part.length
    }
    return bytes
  } finally {
    await open.close()
  }
}

/** A card is the same for everybody: who asks is not looked up. */
const nobody = ({ request, peer }: Visit): Caller => ({
  principal: ANONYMOUS,
  visitorToken: null,
  origin: new URL(request.url).origin,
  address: peer?.address ?? 'unknown',
  device: '',
  deviceToken: null,
  hostWindow: false,
  effects: NO_EFFECTS,
  memory: NO_MEMORY,
})
