/** What a slice may take of a frame of 16 ms, which also has to be drawn. */
const SLICE_MS = 6

/** Lets the browser draw and answer to people before going on. */
const nextTurn = () =>
  new Promise<void>((resolve) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      channel.port1.close()
      resolve()
    }
    channel.port2.postMessage(null)
  })

/**
 * Runs a computation that yields now and then. What is done within one slice is answered at once, so that short work
 * never shows a state in between; the rest goes on in later turns and is told to `done`.
 * Returns the value where it was ready at once, else null; aborting `signal` leaves the rest undone.
 */
export function runInSlices<T>(
  steps: Generator<undefined, T>,
  signal: AbortSignal,
  done: (value: T) => void,
): T | null {
  const first = runSlice(steps)
  if (first) return first.value
  void (async () => {
    for (;;) {
      await nextTurn()
      if (signal.aborted) return
      const result = runSlice(steps)
      if (result) return done(result.value)
    }
  })()
  return null
}

function runSlice<T>(steps: Generator<undefined, T>): { value: T } | null {
  const end = performance.now() + SLICE_MS
  do {
    const step = steps.next()
    if (step.done) return { value: step.value }
  } while (performance.now() < end)
  return null
}
