import { z } from 'zod'
import type { Reason } from './reasons.ts'
import { PASSWORD_MIN_CHARACTERS, PHOTOS_AT_ONCE } from './values.ts'

/** Gives a schema's failure one of the closed reasons; the spine turns it into `fields`. */
export const because = (reason: Reason) => ({ error: reason })

export { PASSWORD_MIN_CHARACTERS }
/** bcrypt reads 72 bytes and ignores the rest, so longer passwords are refused instead of cut. */
export const PASSWORD_MAX_BYTES = 72
const NAME_MAX_CHARACTERS = 100

/** Names of the system's own: the audit log tells the last two by them where no account acted. */
const RESERVED_USERNAMES = ['visitor', 'guest', 'deleted', 'operator', 'system']

export const idSchema = z.int().positive()

/** The photos that one call changes. */
export const photoIdsSchema = z.array(idSchema).min(1).max(PHOTOS_AT_ONCE)

/** A username as people type it: case does not matter, it is stored lowercase. */
export const usernameSchema = z
  .string()
  .transform((name) => name.toLowerCase())
  .refine((name) => /^[a-z0-9._-]{1,64}$/.test(name), because('username_form'))
  .refine((name) => !RESERVED_USERNAMES.includes(name), because('username_reserved'))

/** Length rules only; whether it is too common is checked by the server. Blanks at either end count. */
export const newPasswordSchema = z
  .string()
  .refine((password) => [...password].length >= PASSWORD_MIN_CHARACTERS, because('password_too_short'))
  .refine(
    (password) => new TextEncoder().encode(password).length <= PASSWORD_MAX_BYTES,
    because('password_too_long'),
  )

/** Any password that is only compared, never set. */
export const givenPasswordSchema = z.string().max(1000)

/** A code of the second factor as people type it: of the app, or a recovery code. */
export const codeSchema = z.string().max(100)

export const displayNameSchema = z.string().trim().max(NAME_MAX_CHARACTERS, because('name_too_long'))

/** Empty text means none. */
export const emailSchema = z.union(
  [z.literal('').transform(() => null), z.null(), z.email(because('email_form')).max(254)],
  because('email_form'),
)

export const accessSchema = z.enum(['read-write', 'read-only'], because('access_unknown'))
export type Access = z.output<typeof accessSchema>

export const emptySchema = z.strictObject({})
