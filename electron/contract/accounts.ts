import { z } from 'zod'
import {
  accessSchema,
  because,
  displayNameSchema,
  emailSchema,
  emptySchema,
  givenPasswordSchema,
  idSchema,
  newPasswordSchema,
  usernameSchema,
} from './fields.ts'
import { ROLES } from './roles.ts'

const NOTE_MAX_CHARACTERS = 2000
const FOLDERS_MAX = 200

const role = z.enum(ROLES, because('role_unknown'))

const folderGrant = z.strictObject({
  path: z.string().min(1),
  access: accessSchema,
  mayShare: z.boolean().optional(),
})

const folderGrants = z.array(folderGrant).max(FOLDERS_MAX, because('folders_too_many'))

const editable = {
  username: usernameSchema,
  role,
  superAdmin: z.boolean().optional(),
  name: displayNameSchema.optional(),
  email: emailSchema.optional(),
  folders: folderGrants.optional(),
  mayLogIn: z.boolean().optional(),
  webdav: z.boolean().optional(),
  mayShare: z.boolean().optional(),
  quotaBytes: z.int(because('quota_form')).nonnegative(because('quota_form')).nullable().optional(),
  note: z.string().max(NOTE_MAX_CHARACTERS, because('note_too_long')).optional(),
  mustChangePassword: z.boolean().optional(),
}

/** One row of the user panel. `may` tells what its reader may do with this account. */
const accountSchema = z.object({
  id: idSchema,
  username: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  /** also roles this version does not know */
  role: z.string(),
  superAdmin: z.boolean(),
  mayLogIn: z.boolean(),
  webdav: z.boolean(),
  mayShare: z.boolean(),
  quotaBytes: z.number().nullable(),
  note: z.string(),
  mustChangePassword: z.boolean(),
  /** signed up by themself, and waits until an admin gives a folder */
  pending: z.boolean(),
  /** the second factor is on */
  totp: z.boolean(),
  createdAt: z.number(),
  lastSeenAt: z.number().nullable(),
  folders: z.array(
    z.object({
      id: idSchema,
      path: z.string(),
      access: accessSchema,
      mayShare: z.boolean(),
      online: z.boolean(),
    }),
  ),
  photoCount: z.number(),
  may: z.object({
    edit: z.boolean(),
    /** change role, flag and log-in switch, or delete */
    demote: z.boolean(),
    setSuperAdmin: z.boolean(),
    /** change WebDAV, may share and quota: not one's own, but for super admins */
    setAllowances: z.boolean(),
    /** see Mantel as this account does */
    viewAs: z.boolean(),
    /** there is a second factor to clear, and the reader may */
    clearTotp: z.boolean(),
    resetPassword: z.enum(['freely', 'with-current', 'no']),
  }),
})
export type Account = z.output<typeof accountSchema>

const changed = z.object({ id: idSchema, account: accountSchema })

export const accountsContract = {
  'accounts.list': { input: emptySchema, output: z.object({ accounts: z.array(accountSchema) }) },
  'accounts.create': { input: z.strictObject({ ...editable, password: newPasswordSchema }), output: changed },
  'accounts.update': {
    input: z.strictObject({
      ...editable,
      id: idSchema,
      username: usernameSchema.optional(),
      role: role.optional(),
      password: newPasswordSchema.optional(),
    }),
    output: changed,
  },
  /**
   * A dry run of giving these folders to an account, a new one without `id`: who else sees them, and how many photos would appear
   * and vanish. Refuses what `accounts.update` would refuse; changes nothing.
   */
  'accounts.preview': {
    input: z.strictObject({ id: idSchema.optional(), folders: folderGrants }),
    output: z.object({
      folders: z.array(
        z.object({
          path: z.string(),
          photoCount: z.number(),
          /** names of the others who have it, or a folder around it */
          alsoSeenBy: z.array(z.string()),
          /** not looked into yet, so the count will grow */
          isNew: z.boolean(),
        }),
      ),
      appear: z.number(),
      vanish: z.number(),
    }),
  },
  'accounts.changePassword': {
    input: z.strictObject({
      id: idSchema,
      password: newPasswordSchema,
      currentPassword: givenPasswordSchema.optional(),
      mustChange: z.boolean().optional(),
      /** the account's app passwords, which stay otherwise, are revoked as well */
      revokeAppPasswords: z.boolean().optional(),
      /** switches off the second factor of somebody who has lost it: super admins', and others' accounts alone */
      clearTotp: z.boolean().optional(),
    }),
    output: emptySchema,
  },
}
