import { basename } from 'node:path'
import { readMetadata } from '../domain/media/metadata.ts'
import { serveRequests } from './channel.ts'
import { clean } from './clean.ts'
import { decoder } from './decoder.ts'
import { failureOf } from './media-failure.ts'
import type {
  CleanReply,
  DecoderReply,
  InspectReply,
  MediaEvent,
  MediaRequest,
  RenderReply,
} from './media-messages.ts'
import { quickHashOf } from './quick-hash.ts'
import { withFile } from './read-input.ts'
import { render } from './render.ts'

// Metadata readers write their complaints about odd files to the console; what matters of them is in the replies.
console.warn = () => {}

serveRequests<MediaRequest, InspectReply | RenderReply | CleanReply | DecoderReply, MediaEvent>(
  async (request, { tell }) => {
    try {
      if (request.kind === 'decoder') return { ok: true, decoder }
      return await withFile(request.file, async (file) => {
        if (request.kind === 'render') return render(file, request, tell)
        if (request.kind === 'clean') return clean(file, request, tell)
        const metadata = await readMetadata(file, { name: basename(file.path), mtimeMs: request.mtimeMs })
        return { ok: true, metadata, quickHash: quickHashOf(file) }
      })
    } catch (error) {
      return failureOf(error)
    }
  },
)
