import { invalidField } from '../../lib/refusal.ts'
import type { ManageNeeds } from './manage.ts'
import { type AccountRow, type Actor, askerOf } from './rules.ts'

/**
 * Asks whoever is inside for an account's current password. Wrong ones are limited like failed logins, but apart from those: a guess
 * from inside must lock nobody out. Throws {@link Refusal}: `invalid` naming `currentPassword`, `throttled`.
 */
export async function requireCurrentPassword(
  { passwords, throttle }: Pick<ManageNeeds, 'passwords' | 'throttle'>,
  by: Actor,
  { id, passwordHash }: AccountRow,
  given: string | undefined,
) {
  if (given === undefined) throw invalidField('currentPassword', 'current_password_needed')
  // the operator is never asked
  const askerId = by.kind === 'account' ? by.accountId : 0
  const counted = throttle.begin({ askerId, accountId: id })
  const right = await passwords.matches(given, passwordHash, askerOf(by)).catch((error) => {
    counted.takeBack()
    throw error
  })
  if (!right) throw invalidField('currentPassword', 'current_password_wrong')
  counted.takeBack()
}
