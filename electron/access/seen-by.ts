import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Read } from '../db/connect.ts'
import { accounts, areaAccess } from '../db/schema.ts'
import { capabilitiesOf, heldBy } from './capabilities.ts'
import type { Whereabouts } from './photo-actions.ts'
import type { AccountPrincipal } from './principal.ts'

/** Somebody who sees a photo. */
export interface Seer {
  accountId: number
  /** display name, or the username where there is none; null for an admin without one, as their usernames are told to admins alone */
  name: string | null
  /** `folder`: it lies in a folder of theirs; `household`: they see every folder */
  by: 'folder' | 'household'
}

/**
 * Everybody who sees a photo at this moment, or will at their next login: whose role lets them, by a folder of theirs or as admins, those with a
 * folder first. The same capabilities decide as when they ask themselves.
 */
export async function whoSees(
  db: Read,
  { areaId, shelf }: Whereabouts,
  by: AccountPrincipal,
): Promise<Seer[]> {
  const tellsAll = capabilitiesOf(by).has('administer')
  const reaches = and(eq(areaAccess.accountId, accounts.id), eq(areaAccess.areaId, areaId))
  const rows = await db
    .select({ account: accounts, grantedArea: areaAccess.areaId })
    .from(accounts)
    .leftJoin(areaAccess, reaches)
    .where(and(eq(accounts.mayLogIn, true), isNull(accounts.deletedAt)))
    .orderBy(asc(accounts.username))
  const seers: Seer[] = []
  for (const { account, grantedArea } of rows) {
    const { id: accountId, name, username } = account
    const held = heldBy({ ...account, flags: by.flags })
    if (!held.has('viewLibrary') || (shelf !== 'shown' && !held.has('viewHidden'))) continue
    const told = name || (tellsAll || !held.has('administer') ? username : null)
    if (grantedArea !== null) seers.push({ accountId, name: told, by: 'folder' })
    else if (held.has('viewHousehold')) seers.push({ accountId, name: told, by: 'household' })
  }
  return [...seers.filter(({ by }) => by === 'folder'), ...seers.filter(({ by }) => by === 'household')]
}
