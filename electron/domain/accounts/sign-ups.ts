import type { Clock } from '../../lib/clock.ts'
import { networkOf } from '../../lib/network.ts'
import { Refusal } from '../../lib/refusal.ts'

const WINDOW_MS = 60 * 60_000

/** What one address may do within an hour: accounts made, and tries that were refused. */
export const ALLOWED_SIGN_UPS = { made: 5, refused: 20 } as const

/** Beyond this many addresses the oldest are forgotten, so that a flood of them can't fill the memory. */
const MAX_ADDRESSES = 20_000

/** How a sign-up ended; `undone` where that was nobody's fault and counts for nothing. */
type End = 'made' | 'refused' | 'undone'

/**
 * Counts sign-ups by address (see {@link networkOf}), apart from logins. `begin` throws {@link Refusal} `throttled` with the wait, else counts the try as both
 * made and refused at once (so that tries at the same moment can't slip by together) and answers how to say which it was.
 */
export interface SignUps {
  begin(address: string): (end: End) => void
}

interface Counter {
  made: number
  refused: number
  until: number
}

/** Fixed windows: the first try opens one, and its end forgives all. */
export function createSignUps(clock: Clock): SignUps {
  const counters = new Map<string, Counter>()

  function counterOf(address: string): Counter {
    const known = counters.get(address)
    // a clock that was set back must not make a window of years out of it
    if (known) known.until = Math.min(known.until, clock() + WINDOW_MS)
    if (known && known.until > clock()) return known
    const fresh = { made: 0, refused: 0, until: clock() + WINDOW_MS }
    counters.delete(address)
    counters.set(address, fresh)
    return fresh
  }

  return {
    begin(address) {
      const counter = counterOf(networkOf(address))
      if (counter.made >= ALLOWED_SIGN_UPS.made || counter.refused >= ALLOWED_SIGN_UPS.refused) {
        const retryAfterSeconds = Math.ceil((counter.until - clock()) / 1000)
        throw new Refusal('throttled', { reason: 'too_many_sign_ups', retryAfterSeconds })
      }
      counter.made += 1
      counter.refused += 1
      for (const key of counters.keys()) {
        if (counters.size <= MAX_ADDRESSES) break
        counters.delete(key)
      }
      return (end) => {
        if (end !== 'made') counter.made -= 1
        if (end !== 'refused') counter.refused -= 1
      }
    },
  }
}
