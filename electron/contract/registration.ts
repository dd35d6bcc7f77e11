import { z } from 'zod'
import { displayNameSchema, emailSchema, emptySchema, newPasswordSchema, usernameSchema } from './fields.ts'

export const registrationContract = {
  /**
   * Signs somebody up while the household lets people register. The shape is closed: a role, a flag or a folder is refused by its
   * key, so that nobody gives themself anything.
   */
  'registration.create': {
    input: z.strictObject({
      username: usernameSchema,
      name: displayNameSchema,
      email: emailSchema.optional(),
      password: newPasswordSchema,
    }),
    output: emptySchema,
  },
}
