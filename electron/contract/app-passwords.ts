import { z } from 'zod'
import { accessSchema, because, emptySchema, givenPasswordSchema, idSchema } from './fields.ts'

const LABEL_MAX_CHARACTERS = 100

const label = z
  .string()
  .trim()
  .min(1, because('required'))
  .max(LABEL_MAX_CHARACTERS, because('name_too_long'))

/** Random passwords for WebDAV programs. */
export const appPasswordsContract = {
  /** `token` is shown once: it is kept as a hash. */
  'appPasswords.create': {
    input: z.strictObject({ label, access: accessSchema, currentPassword: givenPasswordSchema }),
    output: z.object({ id: idSchema, token: z.string() }),
  },
  /** Of an account, left out: one's own; the operator, who has none, names one. */
  'appPasswords.list': {
    input: z.strictObject({ accountId: idSchema.optional() }),
    output: z.object({
      appPasswords: z.array(
        z.object({
          id: idSchema,
          label: z.string(),
          access: accessSchema,
          createdAt: z.number(),
          lastUsedAt: z.number().nullable(),
        }),
      ),
    }),
  },
  'appPasswords.revoke': { input: z.strictObject({ id: idSchema }), output: emptySchema },
}
