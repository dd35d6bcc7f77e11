import { Refusal } from '../../lib/refusal.ts'

/** How many may hold a place, the one whose turn it is included; whoever comes then is told to try again. */
export const PLACES = { host: 8, known: 8, stranger: 8 } as const
/** How many of them one asker may hold. */
export const PLACES_EACH = 2
/** After so many others in a row a stranger who waits has a turn, so that two busy devices keep nobody out for good. */
export const KNOWN_IN_A_ROW = 4
const BUSY_RETRY_SECONDS = 2

/** Who asks for a hash. */
export interface Asker {
  /**
   * Each kind has places of its own. `host`: the operator, work on accounts and the host's window go first; `known`: known devices and
   * whoever is logged in follow
   */
  kind: keyof typeof PLACES
  /** all that ask under one name hold {@link PLACES_EACH} together; left out where nobody has to be held back */
  who?: string
}

/**
 * Does one piece of work at a time. Whoever knocks in many loops at once, with the right password even, fills neither the places of
 * others nor those of the other kind. `run` throws {@link Refusal} `throttled` (`too_many_waiting`) without having begun.
 */
export function createHashQueue() {
  const waiting = { host: [] as (() => void)[], known: [] as (() => void)[], stranger: [] as (() => void)[] }
  const held = { host: 0, known: 0, stranger: 0 }
  const heldBy = new Map<string, number>()
  let busy = false
  let knownInARow = 0

  function hold({ kind, who }: Asker, change: 1 | -1): void {
    held[kind] += change
    if (who === undefined) return
    const own = (heldBy.get(who) ?? 0) + change
    if (own > 0) heldBy.set(who, own)
    else heldBy.delete(who)
  }

  function next(): void {
    const strangersTurn = knownInARow >= KNOWN_IN_A_ROW && waiting.stranger.length > 0
    const first = strangersTurn ? undefined : (waiting.host.shift() ?? waiting.known.shift())
    knownInARow = first ? knownInARow + 1 : 0
    const go = first ?? waiting.stranger.shift()
    if (go) go()
    else busy = false
  }

  return {
    async run<T>(asker: Asker, work: () => Promise<T>): Promise<T> {
      const own = asker.who === undefined ? 0 : (heldBy.get(asker.who) ?? 0)
      if (held[asker.kind] >= PLACES[asker.kind] || own >= PLACES_EACH)
        throw new Refusal('throttled', { reason: 'too_many_waiting', retryAfterSeconds: BUSY_RETRY_SECONDS })
      hold(asker, 1)
      try {
        if (busy) await new Promise<void>((resolve) => waiting[asker.kind].push(resolve))
        busy = true
        return await work()
      } finally {
        hold(asker, -1)
        next()
      }
    },
  }
}
