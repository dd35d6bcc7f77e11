import { TOTP } from 'otpauth'

/**
 * The code an authenticator app would show, by the reference parameters of RFC 6238.
 * @param now epoch ms
 * @param steps so many steps of 30 s later (or earlier)
 */
export const codeOf = (seed: string, now: number, steps = 0): string =>
  new TOTP({ secret: seed }).generate({ timestamp: now + steps * 30_000 })
