import { Secret, TOTP } from 'otpauth'

/** RFC 6238 as every authenticator app takes it. */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** Steps before and after the present one whose codes are right as well (RFC 6238, 5.2): clocks differ, and typing takes a while. */
const STEPS_AROUND = 1
/** As long as SHA-1's hash: RFC 4226, 4. */
const SEED_BYTES = 20

/** A seed for an authenticator app, in base32 as people type it there. */
export const newSeed = () => new Secret({ size: SEED_BYTES }).base32

/** What a QR code tells an authenticator app: the seed, and under which name to show its codes. */
export const totpUri = (seed: string, username: string) =>
  new TOTP({ ...PARAMETERS, issuer: 'Mantel', label: username, secret: seed }).toString()

/** The time step (30 s since 1970) in which this moment lies. Epoch ms. */
const stepAt = (now: number) => Math.floor(now / 1000 / PARAMETERS.period)

/** The last time step whose code is right at this moment: one of a later step was taken while the clock was ahead. */
export const lastRightStep = (now: number) => stepAt(now) + STEPS_AROUND

/** Whether it has the form of an app's code; recovery codes have another. */
export const isAppCode = (code: string) => /^[0-9]{6}$/.test(code)

/** The time step whose code this is, of those right at this moment; null where it is none of them. */
export function stepOfCode(seed: string, code: string, now: number): number | null {
  if (!isAppCode(code)) return null
  const totp = new TOTP({ ...PARAMETERS, secret: seed })
  const steps = totp.validate({ token: code, timestamp: now, window: STEPS_AROUND })
  return steps === null ? null : stepAt(now) + steps
}
