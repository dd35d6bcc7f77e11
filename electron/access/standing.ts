import type { Flags } from '../contract/flags.ts'
import type { accounts } from '../db/schema.ts'
import { capabilitiesOf, mayEnter } from './capabilities.ts'
import type { AccountPrincipal } from './principal.ts'

export type AccountRow = typeof accounts.$inferSelect

/**
 * What somebody shares is asked of them as an account, whether or not they are here: no session is theirs, and nothing is ever asked with this but
 * what they see.
 */
export const standingOf = (account: AccountRow, flags: Flags): AccountPrincipal => ({
  kind: 'account',
  accountId: account.id,
  sessionId: 0,
  username: account.username,
  name: account.name,
  role: account.role,
  superAdmin: account.superAdmin,
  mayShare: account.mayShare,
  webdav: account.webdav,
  // one that was told to choose a new password is not disabled
  mustChangePassword: false,
  flags,
})

/** Whether what an account shares is shown at this moment: it is neither disabled nor deleted, and may share. */
export function maySharesShow(account: AccountRow, flags: Flags): boolean {
  const isIn = account.mayLogIn && account.deletedAt === null && mayEnter(account)
  return isIn && capabilitiesOf(standingOf(account, flags)).has('share')
}
