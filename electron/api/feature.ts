import type { AccountPrincipal } from '../access/principal.ts'
import type { Flag } from '../contract/values.ts'
import { Refusal } from '../lib/refusal.ts'

/**
 * For what everybody with a library may look at while the household has the feature on: no capability tells it, as whoever views as another
 * account is left with seeing alone. Throws `Refusal` `forbidden` (`switched_off`).
 */
export function requireFeature(by: AccountPrincipal, flag: Flag): void {
  if (!by.flags[flag]) throw new Refusal('forbidden', { reason: 'switched_off' })
}
