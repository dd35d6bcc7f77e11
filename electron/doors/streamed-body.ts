/** Where a body's bytes come from. */
export interface ByteSource {
  /** The next bytes; null behind the last. */
  next(): Promise<Uint8Array | null>
  /** Whether all there are were answered, where that is known before `next` says so. */
  isAtEnd?(): boolean
  /** Lets go of what is open; may be called while `next` is under way. */
  close(): Promise<unknown>
}

export interface BodyHooks {
  /** called once, when the source is closed for whichever reason */
  onClosed(): void
  /** called with what went wrong when the source could not be read to the end */
  onFailed(error: unknown): void
  /** breaks the connection off; without it the stream fails instead */
  cut: (() => void) | undefined
}

/** A body that is read as fast as it is taken. */
export interface StreamedBody {
  readonly stream: ReadableStream<Uint8Array>
  /** Closes the source at once and breaks the answer off: its reader sees that it is not whole. */
  destroy(): void
  isClosed(): boolean
}

/** Streams what a source has, and closes it at the end, when the reader leaves, when it fails, or when destroyed. */
export function streamedBody(source: ByteSource, hooks: BodyHooks): StreamedBody {
  let closed = false
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined

  function close() {
    if (closed) return
    closed = true
    hooks.onClosed()
    source.close().catch(hooks.onFailed)
  }

  function destroy() {
    if (closed) return
    close()
    if (hooks.cut) hooks.cut()
    else controller?.error(new Error('The answer was broken off'))
  }

  async function pull(into: ReadableStreamDefaultController<Uint8Array>) {
    try {
      const bytes = await source.next()
      if (closed) return
      if (bytes) into.enqueue(bytes)
      if (bytes && !source.isAtEnd?.()) return
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
