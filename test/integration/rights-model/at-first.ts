import type { Caller } from '../../../electron/api/caller.ts'
import type { TestHousehold } from '../../support/household.ts'
import { codeOf } from '../../support/totp.ts'
import { type Furnishing, nothingFurnished, WITH_APP_PASSWORD, WITH_FACTOR, WITH_SEED } from './cast.ts'

interface Furnished {
  household: TestHousehold
  now: number
  password: string
}

/** Gives an account of the cast what it has made for itself before any story; it may use WebDAV if it is to have an app password. */
export async function furnish(
  { household, now, password }: Furnished,
  { id, username }: { id: number; username: string },
): Promise<Furnishing> {
  const own = await household.as(id)
  const made = nothingFurnished()
  if (WITH_APP_PASSWORD.includes(username)) {
    const wish = { label: 'a program', access: 'read-only', currentPassword: password } as const
    const { id: one } = await household.get(own, 'appPasswords.create', wish)
    made.appPasswords.set(one, 'read-only')
  }
  if (WITH_SEED.includes(username)) {
    const { secret: seed } = await household.get(own, 'totp.begin', { currentPassword: password })
    made.pending = { seed, since: now }
  }
  if (WITH_FACTOR.includes(username)) Object.assign(made, await switchOn({ household, now, password }, own))
  await household.get(own, 'session.logout', {})
  return made
}

async function switchOn({ household, now, password }: Furnished, own: Caller): Promise<Partial<Furnishing>> {
  const { secret: seed } = await household.get(own, 'totp.begin', { currentPassword: password })
  const code = codeOf(seed, now)
  const { recoveryCodes: recovery } = await household.get(own, 'totp.confirm', { code })
  return { totp: { seed, lastStep: Math.floor(now / 30_000) }, recovery, spentCode: code }
}
