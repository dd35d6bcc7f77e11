import type { Clock } from '../../lib/clock.ts'
import { networkOf } from '../../lib/network.ts'
import { Refusal } from '../../lib/refusal.ts'

const WINDOW_MS = 10 * 60_000
/** Codes from known devices are counted for so long: see {@link ALLOWED_FAILURES}. */
const KNOWN_CODE_WINDOW_MS = 60 * 60_000

/**
 * Failed attempts allowed within ten minutes (`knownCode`: within an hour). Per account there are more than per address, so that a stranger on one
 * address never spends them all; a device the account logged in from before has an allowance of its own. Someone inside who is
 * asked for an account's current password has one too, and all others inside who ask for it share one. Strangers who know the
 * password share ten codes of the second factor, from whatever addresses: of a million codes three are right at a time. All devices
 * that the account knows share thirty in an hour, apart from those, so that strangers keep no member out. Links that do not exist are
 * counted by address; passwords of one link by address, and more loosely for the link. Files that somebody sends through a link and that are not taken,
 * by link and address.
 */
export const ALLOWED_FAILURES = {
  address: 10,
  account: 50,
  device: 10,
  asker: 10,
  askers: 50,
  code: 10,
  knownCode: 30,
  linkGuess: 30,
  linkPassword: 10,
  linkPasswords: 60,
  upload: 200,
} as const

/** Beyond this many counters those that rested longest are forgotten, so that a flood of names can't fill the memory. */
export const MAX_COUNTERS = 20_000

interface LoginAttempt {
  /** counted by its {@link networkOf} */
  address: string
  /** lowercase, as typed: also names that do not exist */
  username: string
  /** set for whoever is no stranger to the account: a device it logged in from */
  knownAs: string | null
}

/** Somebody who is logged in names the current password of an account, by id: a new name gives no new guesses. */
interface InsideAttempt {
  askerId: number
  accountId: number
}

/** Somebody gives a code of the second factor, beside the right password; counted beside the attempt to log in. */
interface CodeAttempt {
  codeOf: number
  /** from a device the account logged in from */
  isKnown: boolean
}

/** Somebody opens a link that does not exist. */
interface LinkGuess {
  /** an address, counted by its {@link networkOf} */
  linkGuessedFrom: string
}

/** Somebody gives the password of a link. */
interface LinkPasswordAttempt {
  linkPasswordOf: number
  address: string
}

/** Somebody sends a file through a link. */
interface UploadAttempt {
  uploadTo: number
  address: string
}

type Attempt = LoginAttempt | InsideAttempt | CodeAttempt | LinkGuess | LinkPasswordAttempt | UploadAttempt

/** How an attempt that did not fail is taken back. */
export interface Counted {
  takeBack(): void
}

/**
 * Counts failed logins, codes and wrong current passwords. `begin` throws {@link Refusal} `throttled` with the wait until nothing stands
 * in the way any more, else counts the attempt at once (so that attempts at the same moment can't slip by together) and answers
 * how to take that back when it did not fail. Guesses from inside are counted apart from logins: they lock nobody out.
 */
export interface Throttle {
  begin(attempt: Attempt): Counted
}

type Keys = readonly (readonly [key: string, allowed: number, windowMs?: number])[]

interface Counter {
  failures: number
  until: number
  windowMs: number
}

/** Fixed windows: the first failure opens one, and its end forgives all. */
export function createThrottle(clock: Clock): Throttle {
  const counters = new Map<string, Counter>()

  const live = (key: string) => {
    const counter = counters.get(key)
    if (counter && counter.until <= clock()) counters.delete(key)
    // a clock that was set back must not make a window of years out of it
    if (counter) counter.until = Math.min(counter.until, clock() + counter.windowMs)
    return counters.get(key)
  }

  function count(key: string, windowMs = WINDOW_MS): Counter {
    const counter = live(key) ?? { failures: 0, until: clock() + windowMs, windowMs }
    counter.failures += 1
    // behind all others: the ones in front are forgotten first
    counters.delete(key)
    counters.set(key, counter)
    return counter
  }

  function takeBack(key: string, counter: Counter): void {
    counter.failures -= 1
    // what counts nothing must not push out what does
    if (counter.failures === 0 && counters.get(key) === counter) counters.delete(key)
  }

  return {
    begin(attempt) {
      const keys = keysOf(attempt)
      const spent = keys.flatMap(([key, allowed]) => {
        const counter = live(key)
        return counter && counter.failures >= allowed ? [counter.until] : []
      })
      if (spent.length > 0) {
        const retryAfterSeconds = Math.ceil((Math.max(...spent) - clock()) / 1000)
        throw new Refusal('throttled', { reason: 'too_many_attempts', retryAfterSeconds })
      }
      const counted = keys.map(([key, , windowMs]) => [key, count(key, windowMs)] as const)
      for (const key of counters.keys()) {
        if (counters.size <= MAX_COUNTERS) break
        counters.delete(key)
      }
      return {
        takeBack: () => {
          for (const [key, counter] of counted) takeBack(key, counter)
        },
      }
    },
  }
}

function keysOf(attempt: Attempt): Keys {
  if ('linkGuessedFrom' in attempt)
    return [[`link guess ${networkOf(attempt.linkGuessedFrom)}`, ALLOWED_FAILURES.linkGuess]]
  if ('uploadTo' in attempt)
    return [[`upload ${attempt.uploadTo} ${networkOf(attempt.address)}`, ALLOWED_FAILURES.upload]]
  if ('linkPasswordOf' in attempt) {
    const { linkPasswordOf, address } = attempt
    return [
      [`link ${linkPasswordOf} ${networkOf(address)}`, ALLOWED_FAILURES.linkPassword],
      [`link ${linkPasswordOf}`, ALLOWED_FAILURES.linkPasswords],
    ]
  }
  if ('codeOf' in attempt) {
    const { codeOf, isKnown } = attempt
    return isKnown
      ? [[`known code ${codeOf}`, ALLOWED_FAILURES.knownCode, KNOWN_CODE_WINDOW_MS]]
      : [[`code ${codeOf}`, ALLOWED_FAILURES.code]]
  }
  if ('askerId' in attempt) {
    const { askerId, accountId } = attempt
    const own = [`asker ${askerId} ${accountId}`, ALLOWED_FAILURES.asker] as const
    return askerId === accountId ? [own] : [own, [`askers ${accountId}`, ALLOWED_FAILURES.askers]]
  }
  const { address, username, knownAs } = attempt
  if (knownAs !== null) return [[`known ${knownAs} ${username}`, ALLOWED_FAILURES.device]]
  return [
    [`address ${networkOf(address)}`, ALLOWED_FAILURES.address],
    [`account ${username}`, ALLOWED_FAILURES.account],
  ]
}
