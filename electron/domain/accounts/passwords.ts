import bcrypt from 'bcrypt'
import { PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARACTERS } from '../../contract/fields.ts'
import type { Reason } from '../../contract/reasons.ts'
import { Refusal } from '../../lib/refusal.ts'

/** bcrypt's work factor: 2^12 rounds, about a quarter of a second on a household's computer. */
const BCRYPT_COST = 12

/** How many hashes may wait for their turn; whoever comes then is told to try again. */
const MAX_WAITING = 8
const BUSY_RETRY_SECONDS = 2

/**
 * Hashes and compares passwords, one at a time: each takes a thread of the pool that files and the database need as well.
 * Both throw {@link Refusal} `throttled` where too many are waiting.
 */
export interface Passwords {
  hash(password: string): Promise<string>
  /** Without a hash (an unknown name) it costs the same comparison and answers false. */
  matches(password: string, hash: string | null): Promise<boolean>
  /** Comparisons made so far, so that tests can hold each attempt to exactly one. */
  readonly comparisons: number
}

/**
 * Stands in for the hash of an unknown name: bcrypt's form (version, cost, 22 characters of salt, 31 of hash) and a cost like all
 * others', so that a comparison takes as long. Written down rather than made: the first unknown name would take twice as long.
 */
const hashOfNobody = (cost: number) =>
  `$2b$${String(cost).padStart(2, '0')}$ThisIsTheSaltOfNobody.NobodyHasSuchAPasswordAtAll.xyz`

/** `cost` is lowered by tests alone. */
export function createPasswords({ cost = BCRYPT_COST } = {}): Passwords {
  let tail: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let comparisons = 0
  const unknown = hashOfNobody(cost)

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (waiting >= MAX_WAITING)
      throw new Refusal('throttled', { reason: 'too_many_waiting', retryAfterSeconds: BUSY_RETRY_SECONDS })
    waiting += 1
    const turn = tail.then(work).finally(() => {
      waiting -= 1
    })
    tail = turn.catch(() => undefined)
    return turn
  }

  return {
    hash: async (password) => inTurn(() => bcrypt.hash(password, cost)),
    matches: async (password, hash) =>
      inTurn(async () => {
        comparisons += 1
        const same = await bcrypt.compare(password, hash ?? unknown)
        // bcrypt ignores what follows byte 72: such a password was never accepted, so it can't be right
        return same && hash !== null && Buffer.byteLength(password) <= PASSWORD_MAX_BYTES
      }),
    get comparisons() {
      return comparisons
    },
  }
}

let common: Promise<ReadonlySet<string>> | undefined

/** What is wrong with a new password, or null. The list of common ones is zxcvbn's, loaded on first use. */
export async function passwordProblem(password: string): Promise<Reason | null> {
  if ([...password].length < PASSWORD_MIN_CHARACTERS) return 'password_too_short'
  if (Buffer.byteLength(password) > PASSWORD_MAX_BYTES) return 'password_too_long'
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  )
  return (await common).has(password.toLowerCase()) ? 'password_common' : null
}
