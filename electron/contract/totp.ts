import { z } from 'zod'
import { codeSchema, emptySchema, givenPasswordSchema, idSchema } from './fields.ts'

/** Own password, and a code of the app or a recovery code. */
const proof = z.strictObject({ currentPassword: givenPasswordSchema, code: codeSchema })

/** Shown once: they are kept as hashes. */
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

/** The second factor: codes of an authenticator app (RFC 6238). */
export const totpContract = {
  'totp.status': {
    input: emptySchema,
    output: z.object({
      on: z.boolean(),
      /** epoch ms; null where it is off or can't be read */
      since: z.number().nullable(),
      /** false where the key that opens the seed is gone or another one: recovery codes alone are taken */
      readable: z.boolean(),
      /** recovery codes that were not used */
      codesLeft: z.number(),
    }),
  },
  /** Makes a seed for an app; it counts from the first right code on. */
  'totp.begin': {
    input: z.strictObject({ currentPassword: givenPasswordSchema }),
    /** `uri` is for the QR code, `secret` (base32) to be typed instead */
    output: z.object({ uri: z.string(), secret: z.string() }),
  },
  /** Switches it on and ends all other sessions of the account. */
  'totp.confirm': { input: z.strictObject({ code: codeSchema }), output: recoveryCodes },
  'totp.disable': { input: proof, output: emptySchema },
  'totp.renewCodes': { input: proof, output: recoveryCodes },
  /** Switches off somebody else's, who has lost it. */
  'totp.clear': { input: z.strictObject({ accountId: idSchema }), output: emptySchema },
}
