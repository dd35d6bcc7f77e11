import type { Core } from '../core.ts'

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

interface Hooks {
  /** called once, when the file is closed for whichever reason */
  onClosed(): void
  /** called with what went wrong when the file could not be read to the end */
  onFailed(error: unknown): void
  /** breaks the connection off; without it the stream fails instead */
  cut: (() => void) | undefined
}

/** A part of an open file as a body that is read as fast as it is taken. */
export interface FileBody {
  readonly stream: ReadableStream<Uint8Array>
  /** Closes the file at once and breaks the answer off: its reader sees that it is not whole. */
  destroy(): void
  isClosed(): boolean
}

/**
 * Streams `part` of a file and closes it at the end, when the reader leaves, or when destroyed. A file that shrank meanwhile, and one
 * whose disk stops answering, is broken off, never padded.
 */
export function fileBody(file: OpenFile, part: Part, hooks: Hooks): FileBody {
  let position = part.first
  let closed = false
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined

  function close() {
    if (closed) return
    closed = true
    hooks.onClosed()
    // waits for a read that is under way
    file.close().catch(hooks.onFailed)
  }

  function destroy() {
    if (closed) return
    close()
    if (hooks.cut) hooks.cut()
    else controller?.error(new Error('The answer was broken off'))
  }

  async function pull(into: ReadableStreamDefaultController<Uint8Array>) {
    try {
      const length = Math.min(CHUNK_BYTES, part.last - position + 1)
      const bytes = await file.read(position, length)
      if (closed) return
      if (bytes.length === 0) throw new Error('The file changed while it was read')
      position += bytes.length
      into.enqueue(bytes)
      if (position <= part.last) return
      close()
      into.close()
    } catch (error) {
      if (closed) return
      hooks.onFailed(error)
      destroy()
    }
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given
      },
      pull,
      cancel: close,
    },
    { highWaterMark: 0 },
  )
  return { stream, destroy, isClosed: () => closed }
}
