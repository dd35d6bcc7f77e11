import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as URL-safe text. */
export const newToken = () => randomBytes(32).toString('base64url')

/** SHA-256 of a token, hex: what the database keeps. Random tokens need no slow hash. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** Compares two secrets in a time that tells nothing about where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

/** Without the letters and digits that look alike. */
const READABLE = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** A code for people to type, such as `K7QW-3MXD`: 30^4 possibilities (19.6 bits) for each group of four. */
export function newReadableCode(groups = 2): string {
  const pick = () => {
    for (;;) {
      const byte = randomBytes(1)[0] ?? 255
      // bytes beyond the last whole multiple would favour some letters
      if (byte < 240) return READABLE[byte % READABLE.length]
    }
  }
  const four = () => Array.from({ length: 4 }, pick).join('')
  return Array.from({ length: groups }, four).join('-')
}

/** {@link hashToken} of a readable code as people type it: in any case, with hyphens and blanks where they like. */
export const hashReadableCode = (typed: string) =>
  hashToken(typed.replaceAll(/[^a-z0-9]/gi, '').toUpperCase())
