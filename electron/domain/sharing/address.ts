import type { Secrets } from '../../lib/secrets.ts'
import { hashToken, newToken } from '../../lib/token.ts'

const PURPOSE = 'link'

/** A new link's token with what the database keeps of it: a hash to find it by, and a sealed copy to show it to its owner again. */
export function newAddress(secrets: Secrets) {
  const token = newToken()
  return { token, columns: { tokenHash: hashToken(token), tokenSealed: secrets.seal(token, PURPOSE) } }
}

/** The token of a link; null where the key file is gone or another one. */
export const tokenOf = (secrets: Secrets, { tokenSealed }: { tokenSealed: string }) =>
  secrets.open(tokenSealed, PURPOSE)
