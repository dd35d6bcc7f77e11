import type { AccountPrincipal } from '../../electron/access/principal.ts'
import { flagsWith } from '../../electron/domain/settings/flags.ts'

/** A user with a session, as a door would find it; what a test is about is given. */
export const accountPrincipal = (given: Partial<AccountPrincipal> = {}): AccountPrincipal => ({
  kind: 'account',
  accountId: 1,
  sessionId: 1,
  username: 'ada',
  name: 'Ada',
  role: 'user',
  superAdmin: false,
  mayShare: true,
  webdav: false,
  mustChangePassword: false,
  flags: flagsWith('{}'),
  ...given,
})
