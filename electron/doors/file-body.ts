import type { Core } from '../core.ts'
import { type BodyHooks, type StreamedBody, streamedBody } from './streamed-body.ts'

/** How much of a file is read at a time. */
const CHUNK_BYTES = 256 * 1024

/** What a body is read from. */
export type OpenFile = Awaited<ReturnType<Core['openFile']>>

interface Part {
  /** first byte */
  first: number
  /** last byte, included */
  last: number
}

/**
 * Streams `part` of a file and closes it at the end, when the reader leaves, or when destroyed. A file that shrank meanwhile, and one
 * whose disk stops answering, is broken off, never padded.
 */
export function fileBody(file: OpenFile, part: Part, hooks: BodyHooks): StreamedBody {
  let position = part.first
  return streamedBody(
    {
      async next() {
        const bytes = await readOn(file, position, part.last)
        if (bytes.length === 0) throw new Error('The file changed while it was read')
        position += bytes.length
        return bytes
      },
      isAtEnd: () => position > part.last,
      // waits for a read that is under way
      close: () => file.close(),
    },
    hooks,
  )
}

/** The next bytes of a file up to `last`, included; none where it is shorter, or another one, by now. */
export const readOn = (file: OpenFile, position: number, last: number): Promise<Uint8Array> =>
  file.read(position, Math.min(CHUNK_BYTES, last - position + 1))
