import { z } from 'zod'
import {
  codeSchema,
  displayNameSchema,
  emptySchema,
  givenPasswordSchema,
  idSchema,
  newPasswordSchema,
  usernameSchema,
} from './fields.ts'
import { flagsSchema } from './flags.ts'
import { CAPABILITIES } from './roles.ts'
import { preferencesSchema } from './settings.ts'

/** Who is looking, and what this account may do at all. The renderer draws its frame from nothing else. */
const meSchema = z.object({
  account: z.object({
    id: idSchema,
    username: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.string(),
    superAdmin: z.boolean(),
    mustChangePassword: z.boolean(),
  }),
  /** where an admin sees Mantel as `account` does: who that is. All that changes something is false in `may` then */
  viewing: z.object({ by: z.object({ id: idSchema, username: z.string(), name: z.string() }) }).nullable(),
  may: z.record(z.enum(CAPABILITIES), z.boolean()),
  preferences: preferencesSchema,
  /** in the host's own window: folders may be picked from the whole disk */
  hostWindow: z.boolean(),
  /** the first super admin has not finished the first run's pages yet */
  onboarding: z.boolean(),
  /** the household's features */
  flags: flagsSchema,
  /** how many folders this account has */
  folderCount: z.number(),
  /** for admins: how many signed up and wait for a folder; 0 for all others */
  pendingCount: z.number(),
})
export type Me = z.output<typeof meSchema>

const sessionSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  username: z.string(),
  device: z.string(),
  address: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number(),
  expiresAt: z.number(),
  /** the session this request came with */
  current: z.boolean(),
})

const knownAccount = z.object({ username: z.string(), name: z.string() })

const loggedIn = z.object({ account: meSchema.shape.account })

export const sessionContract = {
  'session.login': {
    // no rule of form is told here: a name that cannot exist is answered like one that does not
    input: z.strictObject({
      username: z.string().max(200),
      password: givenPasswordSchema,
      code: codeSchema.optional(),
      /** the session outlasts the end of the browser or, in the host's window, of the program */
      remember: z.boolean().optional(),
    }),
    output: loggedIn,
  },
  'session.logout': { input: emptySchema, output: emptySchema },
  /** This session waits for its account's password; what is open of it ends at once. */
  'session.lock': { input: emptySchema, output: emptySchema },
  'session.unlock': {
    input: z.strictObject({ password: givenPasswordSchema, code: codeSchema.optional() }),
    output: loggedIn,
  },
  /** Makes room for somebody else: a remembered session stays for its account, any other and a locked one ends. */
  'session.leave': { input: emptySchema, output: emptySchema },
  /** Goes on with a session that this window remembers, without a password. */
  'session.resume': { input: z.strictObject({ username: z.string().max(200) }), output: loggedIn },
  /** From now on this session shows what that account sees, and changes nothing; in the audit log and that account's own. */
  'session.viewAs': { input: z.strictObject({ accountId: idSchema }), output: emptySchema },
  /** The session shows its own account again; also fine where it does already. */
  'session.stopViewing': { input: emptySchema, output: emptySchema },
  'session.me': { input: emptySchema, output: meSchema },
  /** What the login page knows: accounts that logged in on this device before, and whose session this door holds locked. */
  'session.known': {
    input: emptySchema,
    output: z.object({
      /** `remembered`: this window can go on with their session, without a password */
      accounts: z.array(knownAccount.extend({ remembered: z.boolean() })),
      locked: knownAccount.nullable(),
      /** whether a login can be remembered at this door */
      mayRemember: z.boolean(),
    }),
  },
  /** Of an account, left out: one's own. The operator, who has none of its own, is then told everybody's. */
  'sessions.list': {
    input: z.strictObject({ accountId: idSchema.optional() }),
    output: z.object({ sessions: z.array(sessionSchema) }),
  },
  'sessions.revoke': { input: z.strictObject({ id: idSchema }), output: emptySchema },
  'setup.status': {
    input: emptySchema,
    /** `open` while no account exists; `codeNeeded` outside the host's own window; `registration`: people may sign up */
    output: z.object({
      open: z.boolean(),
      codeNeeded: z.boolean(),
      hostWindow: z.boolean(),
      registration: z.boolean(),
    }),
  },
  'setup.create': {
    input: z.strictObject({
      code: z.string().max(100).optional(),
      username: usernameSchema,
      password: newPasswordSchema,
      name: displayNameSchema.optional(),
      folder: z.string().min(1).optional(),
    }),
    output: loggedIn,
  },
  /** The host's native directory picker while set-up is open; in its own window only. */
  'setup.pickFolder': { input: emptySchema, output: z.object({ path: z.string().nullable() }) },
  /** Closes the first run's pages. */
  'setup.finish': { input: emptySchema, output: emptySchema },
}
