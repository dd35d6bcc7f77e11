import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../lib/clock.ts'

interface KeptNeeds<T> {
  /** finds the value; asks the signal now and then whether there is still somebody to find it for */
  find: (signal: AbortSignal) => Promise<T>
  clock: Clock
  /** called when there is a newer value than somebody was given, or it is time to ask for one */
  changed: () => void
  /** called where it could not be found; the value of before stays */
  failed: (error: unknown) => void
  /** how long somebody waits for a value that is being found, milliseconds */
  patienceMs?: number
  /** shortest time between two looks, milliseconds */
  restMs?: number
}

/** A value that takes its time to find: kept, and found anew when what it is taken of has changed and somebody wants it. */
export interface Kept<T> {
  /** The value as it is known, after a short wait where a newer one is being found; null before the first. */
  get(): Promise<{ value: T; at: number } | null>
  /** What it is taken of has changed. Cheap. */
  touch(): void
  close(): void
}

/** Finding may take one part of the time in so many. */
const restPerWork = 9

/** Builds a {@link Kept}: never found more than once at a time, and never for more than a tenth of the time. */
export function createKept<T>(needs: KeptNeeds<T>): Kept<T> {
  const { find, clock, changed, failed, patienceMs = 300, restMs = 500 } = needs
  const closing = new AbortController()
  let last: { value: T; at: number } | null = null
  let finding: Promise<void> | undefined
  let isStale = true
  /** somebody holds an older value, or none */
  let isWanted = false
  let restUntil = 0
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    isStale = false
    const started = performance.now()
    try {
      last = { value: await find(closing.signal), at: clock() }
    } catch (error) {
      isStale = true
      if (!closing.signal.aborted) failed(error)
    }
    const ended = performance.now()
    restUntil = ended + Math.max(restMs, restPerWork * (ended - started))
    finding = undefined
    if (isWanted && !isStale) tell()
    else if (isWanted) tellLater()
  }

  function tell(): void {
    clearTimeout(timer)
    timer = undefined
    isWanted = false
    if (!closing.signal.aborted) changed()
  }

  function tellLater(): void {
    if (timer || closing.signal.aborted) return
    timer = setTimeout(tell, Math.max(0, restUntil - performance.now()))
    timer.unref()
  }

  return {
    async get() {
      if (isStale && !finding && performance.now() >= restUntil) finding = look()
      if (finding) {
        const late = new AbortController()
        const patience = wait(patienceMs, undefined, { signal: late.signal, ref: false })
        await Promise.race([finding, patience.catch(() => undefined)])
        late.abort()
      }
      // whoever has what is known by now is told when more is
      isWanted = true
      if (isStale && !finding) tellLater()
      return last
    },
    touch() {
      isStale = true
      if (isWanted && !finding) tellLater()
    },
    close() {
      clearTimeout(timer)
      closing.abort()
    },
  }
}
