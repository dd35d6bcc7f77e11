import { readMetadata } from '../domain/media/metadata.ts'
import { serveRequests } from './channel.ts'
import { failureOf } from './media-failure.ts'
import type { InspectReply, MediaRequest, RenderReply } from './protocol.ts'
import { quickHashOf } from './quick-hash.ts'
import { render } from './render.ts'

// Metadata readers write their complaints about odd files to the console; what matters of them is in the replies.
console.warn = () => {}

serveRequests<MediaRequest, InspectReply | RenderReply>(async (request) => {
  try {
    if (request.kind === 'render') return await render(request.path, request.cacheDirectory, request.picture)
    const metadata = await readMetadata(request.path, request.mtimeMs)
    return { ok: true, metadata, quickHash: quickHashOf(request.path) }
  } catch (error) {
    return failureOf(error)
  }
})
