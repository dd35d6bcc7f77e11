import type { Secrets } from '../../lib/secrets.ts'

/** In use, or shown and waiting for its first right code. */
type SeedUse = 'totp' | 'pending totp'

interface Seed {
  /** base32 */
  seed: string
  /** epoch ms: when it was put to this use */
  since: number
}

/** Bound to the account and the use: a sealed seed that is copied to another account's row opens nothing. */
const purpose = (use: SeedUse, accountId: number) => `${use} of account ${accountId}`

/** A seed as the database keeps it. Throws errors of the file system. */
export const sealSeed = (secrets: Secrets, use: SeedUse, accountId: number, seed: Seed) =>
  secrets.seal(JSON.stringify(seed), purpose(use, accountId))

/** The seed; null where the household's key is gone, damaged or another one, or the text is not this account's. */
export function openSeed(secrets: Secrets, use: SeedUse, accountId: number, sealed: string): Seed | null {
  try {
    const text = secrets.open(sealed, purpose(use, accountId))
    // nobody but `sealSeed` can have written what opens
    return text === null ? null : (JSON.parse(text) as Seed)
  } catch {
    return null
  }
}
