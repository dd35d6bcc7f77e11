import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'

const WINDOW_MS = 10 * 60_000

/**
 * Failed attempts allowed within ten minutes. Per account there are more than per address, so that a stranger on one
 * address never spends them all; a device the account logged in from before has an allowance of its own.
 */
export const ALLOWED_FAILURES = { address: 10, account: 50, device: 10 } as const

/** Beyond this many counters the oldest are forgotten, so that a flood of names can't fill the memory. */
const MAX_COUNTERS = 20_000

interface Attempt {
  address: string
  /** lowercase, as typed: also names that do not exist */
  username: string
  /** set for whoever is no stranger to the account: a device it logged in from, or someone inside who changes its password */
  knownAs: string | null
}

/**
 * Counts failed logins and wrong current passwords. `begin` throws {@link Refusal} `throttled` with the wait, else counts the attempt at once (so that
 * attempts at the same moment can't slip by together) and answers how to take that back when it did not fail.
 */
export interface Throttle {
  begin(attempt: Attempt): { takeBack(): void }
}

interface Counter {
  failures: number
  until: number
}

/** Fixed windows: the first failure opens one, and its end forgives all. */
export function createThrottle(clock: Clock): Throttle {
  const counters = new Map<string, Counter>()

  const live = (key: string) => {
    const counter = counters.get(key)
    if (counter && counter.until <= clock()) counters.delete(key)
    // a clock that was set back must not make a window of years out of it
    if (counter) counter.until = Math.min(counter.until, clock() + WINDOW_MS)
    return counters.get(key)
  }

  function keysOf({ address, username, knownAs }: Attempt): [key: string, allowed: number][] {
    if (knownAs !== null) return [[`known ${knownAs} ${username}`, ALLOWED_FAILURES.device]]
    return [
      [`address ${address}`, ALLOWED_FAILURES.address],
      [`account ${username}`, ALLOWED_FAILURES.account],
    ]
  }

  function count(key: string): Counter {
    const counter = live(key) ?? { failures: 0, until: clock() + WINDOW_MS }
    counter.failures += 1
    counters.set(key, counter)
    return counter
  }

  return {
    begin(attempt) {
      const keys = keysOf(attempt)
      for (const [key, allowed] of keys) {
        const counter = live(key)
        if (!counter || counter.failures < allowed) continue
        const retryAfterSeconds = Math.ceil((counter.until - clock()) / 1000)
        throw new Refusal('throttled', { reason: 'too_many_attempts', retryAfterSeconds })
      }
      const counted = keys.map(([key]) => count(key))
      for (const key of counters.keys()) {
        if (counters.size <= MAX_COUNTERS) break
        counters.delete(key)
      }
      return {
        takeBack: () => {
          for (const counter of counted) counter.failures -= 1
        },
      }
    },
  }
}
