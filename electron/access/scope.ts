import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Access } from '../contract/fields.ts'
import type { View } from '../contract/photos.ts'
import type { Read } from '../db/connect.ts'
import { areaAccess, areas, photos } from '../db/schema.ts'
import { readAreasInUse } from './areas-in-use.ts'
import { capabilitiesOf } from './capabilities.ts'
import type { AccountPrincipal, OperatorPrincipal } from './principal.ts'

declare const minted: unique symbol

type Shelf = (typeof photos.$inferSelect)['shelf']

/** How an account reaches one area. */
interface Reach {
  readonly access: Access
  readonly mayShare: boolean
}

/**
 * Which photos somebody reaches. Every query over photos demands one, and only this file can make one: reading or
 * counting photos without asking here does not compile.
 */
export interface Scope {
  readonly [minted]: true
  readonly areas: ReadonlyMap<number, Reach>
  readonly shelves: readonly Shelf[]
  readonly by: AccountPrincipal | OperatorPrincipal
}

const mint = (scope: Omit<Scope, typeof minted>) => scope as Scope // the brand exists in types only

/**
 * What an account's timeline holds: nothing archived, private, trashed or missing. `mine`: the folders granted to it;
 * `everyone`: the whole household, for those who may see it (others get their own).
 */
export async function timelineScope(db: Read, by: AccountPrincipal, view: View = 'mine'): Promise<Scope> {
  const reach = view === 'everyone' ? await widestReach(db, by) : await ownReach(db, by)
  return mint({ areas: reach, shelves: ['shown'], by })
}

/**
 * What an account may look at by id: for admins every folder of the household, for others their own; for viewers
 * nothing private, archived or in the trash.
 */
export async function reachableScope(db: Read, by: AccountPrincipal): Promise<Scope> {
  const shelves: Shelf[] = capabilitiesOf(by).has('viewHidden')
    ? ['shown', 'archived', 'private', 'trashed']
    : ['shown']
  return mint({ areas: await widestReach(db, by), shelves, by })
}

async function ownReach(db: Read, by: AccountPrincipal): Promise<Map<number, Reach>> {
  if (!capabilitiesOf(by).has('viewLibrary')) return new Map()
  const rows = await db
    .select({ areaId: areaAccess.areaId, access: areaAccess.access, mayShare: areaAccess.mayShare })
    .from(areaAccess)
    .where(eq(areaAccess.accountId, by.accountId))
  return new Map(rows.map(({ areaId, ...reach }) => [areaId, reach]))
}

async function widestReach(db: Read, by: AccountPrincipal): Promise<Map<number, Reach>> {
  const own = await ownReach(db, by)
  if (!capabilitiesOf(by).has('viewHousehold')) return own
  const every = await readAreasInUse(db)
  return new Map(every.map(({ id }) => [id, own.get(id) ?? { access: 'read-only', mayShare: false }]))
}

/** Counting for the admin area: every folder, every shelf but the missing. Empty for whoever does not administer. */
export async function administrationScope(
  db: Read,
  by: AccountPrincipal | OperatorPrincipal,
): Promise<Scope> {
  const every = capabilitiesOf(by).has('administer') ? await db.select({ id: areas.id }).from(areas) : []
  const reach: Reach = { access: 'read-only', mayShare: false }
  const shelves: Shelf[] = ['shown', 'archived', 'private', 'trashed']
  return mint({ areas: new Map(every.map(({ id }) => [id, reach])), shelves, by })
}

/** Areas whose jobs this actor may see, start and stop: all for whoever administers, else those of its own folders. */
export async function scannableAreas(db: Read, by: AccountPrincipal | OperatorPrincipal): Promise<number[]> {
  const held = capabilitiesOf(by)
  if (held.has('administer')) return (await db.select({ id: areas.id }).from(areas)).map(({ id }) => id)
  if (by.kind !== 'account' || !held.has('ownJobs')) return []
  return [...(await ownReach(db, by)).keys()]
}

/** The condition that keeps a query over `photos` inside the scope. */
export function photosIn(scope: Scope): SQL {
  const ids = [...scope.areas.keys()]
  if (ids.length === 0) return sql`0`
  return and(inArray(photos.areaId, ids), inArray(photos.shelf, [...scope.shelves])) ?? sql`0`
}

/** What the scope's owner may do with a photo of this area: travels with each item and page. */
export function mayWith(scope: Scope, areaId: number): { download: boolean; edit: boolean; share: boolean } {
  const held = capabilitiesOf(scope.by)
  const reach = scope.areas.get(areaId)
  if (!reach) return { download: false, edit: false, share: false }
  return {
    download: held.has('download'),
    edit: held.has('correct') && (reach.access === 'read-write' || held.has('viewHousehold')),
    share: held.has('share') && (reach.mayShare || held.has('viewHousehold')),
  }
}
