import bcrypt from 'bcrypt'
import { PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARACTERS } from '../../contract/fields.ts'
import type { Reason } from '../../contract/reasons.ts'
import { type Asker, createHashQueue } from './hash-queue.ts'

/** bcrypt's work factor: 2^12 rounds, about a quarter of a second on a household's computer. */
const BCRYPT_COST = 12

/**
 * Hashes and compares passwords, one at a time: each takes a thread of the pool that files and the database need as well.
 * Both throw `throttled` where too many are waiting: see {@link createHashQueue}. Whoever is not told to be known is a stranger.
 */
export interface Passwords {
  hash(password: string, asker?: Asker): Promise<string>
  /** Without a hash (an unknown name) it costs the same comparison and answers false. */
  matches(password: string, hash: string | null, asker?: Asker): Promise<boolean>
  /** Comparisons made so far, so that tests can hold each attempt to exactly one. */
  readonly comparisons: number
}

const STRANGER: Asker = { kind: 'stranger' }

/**
 * Stands in for the hash of an unknown name: bcrypt's form (version, cost, 22 characters of salt, 31 of hash) and a cost like all
 * others', so that a comparison takes as long. Written down rather than made: the first unknown name would take twice as long.
 */
const hashOfNobody = (cost: number) =>
  `$2b$${String(cost).padStart(2, '0')}$ThisIsTheSaltOfNobody.NobodyHasSuchAPasswordAtAll.xyz`

/** `cost` is lowered by tests alone. */
export function createPasswords({ cost = BCRYPT_COST } = {}): Passwords {
  const queue = createHashQueue()
  let comparisons = 0
  const unknown = hashOfNobody(cost)

  return {
    hash: async (password, asker = STRANGER) => queue.run(asker, () => bcrypt.hash(password, cost)),
    matches: async (password, hash, asker = STRANGER) =>
      queue.run(asker, async () => {
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
