import type { Caller } from '../../electron/api/caller.ts'
import { type AccountsHousehold, PASSWORD } from './accounts.ts'
import { codeOf } from './totp.ts'

/** Switches the second factor of whoever is logged in at that browser on; answers its seed and recovery codes. */
export async function switchFactorOn(home: AccountsHousehold, caller: Caller) {
  const { secret } = await home.get(caller, 'totp.begin', { currentPassword: PASSWORD })
  const code = codeOf(secret, home.now())
  const { recoveryCodes } = await home.get(caller, 'totp.confirm', { code })
  return {
    seed: secret,
    recoveryCodes,
    /** what the app shows now, or so many steps later */
    code: (steps = 0) => codeOf(secret, home.now(), steps),
  }
}

/** A stranger's attempt with name, password and code, from an address of its own. */
export async function logInWith(
  home: AccountsHousehold,
  username: string,
  code?: string,
  address = '10.9.0.1',
) {
  const caller = await home.browser(address).caller()
  return home.outcome(caller, 'session.login', { username, password: PASSWORD, ...(code && { code }) })
}
